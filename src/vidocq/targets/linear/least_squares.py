"""Many linear regressions on parts of one table, least squares or ridge, by one Gram matrix each.

A model on half of n records over d columns costs n d^2 / 2 products, once, and nothing is copied; scikit-learn's least
squares decompose each table instead, which takes many times as long and serves tables that are nearly singular. Those
are recognised, and left to it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve, lapack
from scipy.linalg.blas import dsyrk

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import DataError

WORST_CONDITION = 1e-10
"""Smallest reciprocal condition of a Gram matrix that is solved: half of the digits of a float are then left."""


@dataclass(frozen=True, eq=False)
class LinearStack:
    """k models over d features: coefficients (k, d), intercepts (k,); solved (k,) false where a table was singular."""

    coefficients: FloatArray
    intercepts: FloatArray
    solved: BoolArray

    def values(self, features: FloatArray, model: int) -> FloatArray:
        """(n,) predictions of one model."""
        return np.asarray(features @ self.coefficients[model] + self.intercepts[model])


def fit_linear_stack(
    features: FloatArray,
    values: FloatArray,
    trained_on: BoolArray,
    *,
    alpha: float = 0.0,
    intercept: bool = True,
    standardise: bool = False,
) -> LinearStack:
    """Minimises |y - Xw - b|^2 + alpha |w|^2 for each model, as scikit-learn's LinearRegression and Ridge do.

    features     (n, d) finite.   values (n,) finite.   trained_on (k, n) bool.
    standardise  each feature is centred and scaled by the mean and deviation of the model's own records first; the
                 penalty then bears on the scaled coefficients.
    Raises       DataError if the table or the values are not finite.
    """
    if not (np.isfinite(features).all() and np.isfinite(values).all()):
        raise DataError(
            "the table holds values that are not finite",
            where="targets.linear.least_squares",
            fix="impute or drop them",
        )
    k, d = len(trained_on), features.shape[1]
    # Centred on the whole table: sums of squares far from 0 would lose digits.
    centre, level = (features.mean(axis=0), values.mean()) if intercept else (np.zeros(d), 0.0)
    x, y = np.ascontiguousarray(features - centre), values - level
    coefficients, intercepts, solved = np.zeros((k, d)), np.zeros(k), np.zeros(k, dtype=bool)
    for place, row in enumerate(trained_on):
        own, target = x[row], y[row]
        mean, height = (own.mean(axis=0), target.mean()) if intercept else (np.zeros(d), 0.0)
        scale = np.ones(d)
        if standardise:
            spread = own.std(axis=0)
            scale = np.where(spread > 10 * np.finfo(float).eps * np.abs(own).max(axis=0, initial=0.0), spread, 1.0)
        own = (own - mean) / scale
        slopes = _solved(own, target - height, alpha)
        if slopes is None:
            continue
        coefficients[place] = slopes / scale
        intercepts[place] = level + height - (centre + mean) @ coefficients[place]
        solved[place] = True
    return LinearStack(coefficients, intercepts, solved)


def _solved(x: FloatArray, y: FloatArray, alpha: float) -> FloatArray | None:
    """(d,) the minimum, refined once; None where the Gram matrix is nearly singular."""
    gram = dsyrk(1.0, x.T, lower=True)
    gram[np.diag_indices(len(gram))] += alpha
    whole = np.abs(gram)
    size = (whole.sum(axis=0) + whole.sum(axis=1) - whole.diagonal()).max()  # the half that is not stored mirrors it
    try:
        factor = cho_factor(gram, lower=True)
    except LinAlgError:
        return None
    if lapack.dpocon(factor[0], size, uplo="L")[0] < WORST_CONDITION:
        return None
    found = cho_solve(factor, x.T @ y)
    return np.asarray(found + cho_solve(factor, x.T @ (y - x @ found) - alpha * found))
