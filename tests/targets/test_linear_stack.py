"""Regressions trained together are those that scikit-learn trains alone, or are left to it."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.targets.linear.least_squares import fit_linear_stack
from vidocq.targets.linear.stacked import StackedRegression
from vidocq.targets.sklearn import SklearnRecipe


def table(n=400, d=12, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d)) * rng.uniform(0.1, 30.0, d) + 5.0
    y = x @ rng.normal(size=d) + 3.0 * rng.normal(size=n) + 40.0
    return Records(x, y, tuple(f"c{j}" for j in range(d))), rng.random((5, n)) < 0.5


def test_a_line_by_hand():
    x, y = np.array([[0.0], [1.0], [2.0], [9.0]]), np.array([1.0, 3.0, 5.0, 0.0])
    found = fit_linear_stack(x, y, np.array([[True, True, True, False]]))
    np.testing.assert_allclose([found.coefficients[0, 0], found.intercepts[0]], [2.0, 1.0])
    ridge = fit_linear_stack(x, y, np.array([[True, True, True, False]]), alpha=2.0)
    np.testing.assert_allclose([ridge.coefficients[0, 0], ridge.intercepts[0]], [1.0, 2.0])  # 4 / (2 + 2)


@pytest.mark.parametrize(
    "estimator",
    [
        LinearRegression(),
        LinearRegression(fit_intercept=False),
        Ridge(3.0),
        Ridge(0.5, fit_intercept=False, solver="cholesky"),
        make_pipeline(StandardScaler(), Ridge(10.0)),
        make_pipeline(StandardScaler(), LinearRegression()),
    ],
    ids=str,
)
def test_a_stack_gives_what_fit_gives(estimator):
    records, on = table()
    recipe = SklearnRecipe(estimator)
    assert recipe.stacking(records).size > 1
    for model, row in zip(recipe.fit_stack(records, on, seeds=range(5)), on, strict=True):
        assert isinstance(model, StackedRegression)
        alone = recipe.fit(records.take(row), seed=0)
        np.testing.assert_allclose(model.predictions(records), alone.predictions(records), rtol=1e-9, atol=1e-9)


def test_a_constant_column_is_no_trouble_behind_a_scaler():
    records, on = table()
    records.features[:, 3] = 7.0
    recipe = SklearnRecipe(make_pipeline(StandardScaler(), Ridge(1.0)))
    (model, *_) = recipe.fit_stack(records, on, seeds=range(5))
    alone = recipe.fit(records.take(on[0]), seed=0)
    np.testing.assert_allclose(model.predictions(records), alone.predictions(records), rtol=1e-9)


def test_a_singular_table_is_left_to_scikit_learn():
    records, on = table()
    records.features[:, 5] = records.features[:, 4]
    recipe = SklearnRecipe(LinearRegression())
    assert not fit_linear_stack(records.features, records.labels, on).solved.any()
    assert recipe.stacking(records).size == 1
    for model, row in zip(recipe.fit_stack(records, on, seeds=range(5)), on, strict=True):
        assert not isinstance(model, StackedRegression)
        np.testing.assert_array_equal(
            model.predictions(records), recipe.fit(records.take(row), seed=0).predictions(records)
        )


@pytest.mark.parametrize(
    "estimator", [Ridge(solver="sag"), LinearRegression(positive=True), Ridge(np.ones(1))], ids=str
)
def test_what_stops_early_or_is_constrained_is_trained_alone(estimator):
    assert SklearnRecipe(estimator).stacking(table()[0]).size == 1


def test_what_is_not_finite_is_refused():
    records, on = table()
    records.features[0, 0] = np.nan
    with pytest.raises(DataError, match="not finite"):
        fit_linear_stack(records.features, records.labels, on)
