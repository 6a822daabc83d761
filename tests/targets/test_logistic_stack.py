"""Fitted together or one by one, the optimum is the same."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from vidocq.core.errors import DataError
from vidocq.targets.linear.logistic import fit_logistic_stack

N, D, K = 600, 12, 6


@pytest.fixture
def table():
    rng = np.random.default_rng(1)
    rare = (rng.random((N, 6)) < [0.5, 0.2, 0.1, 0.05, 0.02, 0.01]).astype(float)
    features = np.hstack([rng.normal(size=(N, 6)), rare])
    score = features @ rng.normal(size=D)
    trained_on = np.stack([rng.permutation(N) < N // 2 for _ in range(K)])
    return features, score + rng.logistic(size=N), trained_on


def one_by_one(features, codes, rows, **parameters):
    return LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000, **parameters).fit(
        features[rows], codes[rows]
    )


@pytest.mark.parametrize("c", [0.01, 1.0, 100.0])
def test_two_classes_have_the_optimum_of_scikit_learn(table, c):
    features, score, trained_on = table
    codes = (score > 0).astype(int)
    stack = fit_logistic_stack(features, codes, trained_on, classes=2, c=c)
    assert stack.converged.all()
    for k, rows in enumerate(trained_on):
        model = one_by_one(features, codes, rows, C=c)
        np.testing.assert_allclose(stack.coefficients[k, :, 0], model.coef_[0], atol=1e-5)
        np.testing.assert_allclose(stack.intercepts[k], model.intercept_, atol=1e-5)
        np.testing.assert_allclose(stack.probabilities(features, k), model.predict_proba(features), atol=1e-6)


def test_several_classes_have_the_optimum_of_scikit_learn(table):
    features, score, trained_on = table
    codes = np.digitize(score, [-1.0, 1.0])
    stack = fit_logistic_stack(features, codes, trained_on, classes=3)
    assert stack.converged.all()
    for k, rows in enumerate(trained_on):
        model = LogisticRegression(solver="newton-cg", tol=1e-10, max_iter=1000).fit(features[rows], codes[rows])
        np.testing.assert_allclose(stack.probabilities(features, k), model.predict_proba(features), atol=1e-6)


def test_scaling_is_that_of_each_model_s_own_records(table):
    features, score, trained_on = table
    features = features * 50 + 300
    features[:, 0] = 7.0  # a constant feature is centred and not divided by 0
    codes = (score > 0).astype(int)
    stack = fit_logistic_stack(features, codes, trained_on, classes=2, c=10.0, standardise=True)
    assert stack.converged.all()
    rows = trained_on[1]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=10, solver="newton-cholesky", tol=1e-12))
    expected = model.fit(features[rows], codes[rows]).predict_proba(features)
    np.testing.assert_allclose(stack.probabilities(features, 1), expected, atol=1e-6)


def test_without_an_intercept(table):
    features, score, trained_on = table
    codes = (score > 0).astype(int)
    stack = fit_logistic_stack(features, codes, trained_on, classes=2, intercept=False)
    model = one_by_one(features, codes, trained_on[0], fit_intercept=False)
    np.testing.assert_allclose(stack.coefficients[0, :, 0], model.coef_[0], atol=1e-5)
    assert (stack.intercepts == 0).all()


def test_a_model_is_the_same_alone_and_in_company(table):
    features, score, trained_on = table
    codes = (score > 0).astype(int)
    together = fit_logistic_stack(features, codes, trained_on, classes=2)
    alone = fit_logistic_stack(features, codes, trained_on[2:3], classes=2)
    np.testing.assert_allclose(together.coefficients[2], alone.coefficients[0], atol=1e-6)


def test_separable_records_with_hardly_a_penalty_still_converge_or_say_so(table):
    features, _, trained_on = table
    codes = (features[:, 0] > 0).astype(int)
    stack = fit_logistic_stack(features, codes, trained_on, classes=2, c=1e4)
    assert np.isfinite(stack.coefficients).all()
    for k in np.flatnonzero(stack.converged):
        assert (stack.probabilities(features, k)[trained_on[k]].argmax(axis=1) == codes[trained_on[k]]).all()


def test_a_model_without_one_of_the_classes_is_refused(table):
    features, score, trained_on = table
    codes = (score > 0).astype(int)
    trained_on = trained_on.copy()
    trained_on[3] &= codes == 1
    with pytest.raises(DataError, match="1 of 6 models"):
        fit_logistic_stack(features, codes, trained_on, classes=2)
    features = features.copy()
    features[0, 0] = np.nan
    with pytest.raises(DataError, match="not finite"):
        fit_logistic_stack(features, codes, trained_on, classes=2)


def records_of(table, *, seed=3):
    from vidocq.core.records import Records

    features, score = table[:2]
    return Records(features, (score > 0).astype(int), tuple(f"c{j}" for j in range(features.shape[1])))


@pytest.mark.parametrize(
    ("estimator", "stacks"),
    [
        (LogisticRegression(max_iter=2000, tol=1e-8), True),
        (make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000, tol=1e-8)), True),
        (LogisticRegression(max_iter=2), False),  # stops long before the optimum, as would the target
        (LogisticRegression(class_weight="balanced"), False),
    ],
)
def test_a_recipe_stacks_where_that_gives_what_it_would_fit(table, estimator, stacks):
    from vidocq.targets.sklearn import SklearnRecipe

    records = records_of(table)
    recipe = SklearnRecipe(estimator, classes=np.unique(records.labels))
    planned = recipe.stacking(records)
    assert (planned.size > 1) == stacks
    assert (planned.because is None) == stacks
    if not stacks:
        return
    on = np.random.default_rng(5).random((3, len(records))) < 0.5
    for model, row in zip(recipe.fit_stack(records, on, seeds=[1, 2, 3]), on, strict=True):
        alone = recipe.fit(records.take(row), seed=1)
        np.testing.assert_allclose(model.probabilities(records), alone.probabilities(records), atol=1e-4)
        assert (model.predictions(records) == alone.predictions(records)).mean() > 0.99
