"""Many L2-penalised logistic models on parts of one table, fitted together.

Newton's method on all models at once; each Newton system is solved by conjugate gradients, preconditioned by one
Hessian for all: models on random parts of one table have nearly the same. All the work is then in products of the
table with a block of as many columns as there are models.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.linalg.blas import dsyrk
from scipy.special import expit, softmax

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import DataError

TOLERANCE = 1e-8
ROUGHLY = 1e-4
WORTH_A_FACTOR = 8
"""Products of the table in one Newton step, from which on another factor would have saved time."""
MOST_STEPS = 60
MOST_PRODUCTS = 60
SHORTEST = 2.0**-20


@dataclass(frozen=True, eq=False)
class LogisticStack:
    """k models over d features and c outputs; c is 1 for two classes, else the number of classes.

    coefficients (k, d, c), intercepts (k, c), as of the features given to `fit_logistic_stack`, unscaled.
    converged    (k,) the largest gradient, per record, is under the tolerance.
    products     how many times the table was multiplied, for the cost.
    """

    coefficients: FloatArray
    intercepts: FloatArray
    converged: BoolArray
    products: int

    def decisions(self, features: FloatArray, model: int) -> FloatArray:
        """(n, c) linear outputs of one model."""
        return np.asarray(features @ self.coefficients[model] + self.intercepts[model])

    def probabilities(self, features: FloatArray, model: int) -> FloatArray:
        """(n, classes) rows that sum to one."""
        z = self.decisions(features, model)
        if z.shape[1] == 1:
            p = expit(z[:, 0])
            return np.column_stack([expit(-z[:, 0]), p])
        return np.asarray(softmax(z, axis=1))


def fit_logistic_stack(
    features: FloatArray,
    codes: IntArray,
    trained_on: BoolArray,
    *,
    classes: int,
    c: float = 1.0,
    intercept: bool = True,
    standardise: bool = False,
    tolerance: float = TOLERANCE,
) -> LogisticStack:
    """Minimises C * sum of losses + |coefficients|^2 / 2, as scikit-learn's LogisticRegression does, for each model.

    features     (n, d) finite.   codes (n,) from 0 to classes - 1.   trained_on (k, n) bool.
    c            inverse of the penalty; the intercept is not penalised.
    standardise  each feature is centred and scaled by the mean and deviation of the model's own records first, as a
                 StandardScaler before the model does; the penalty then bears on the scaled coefficients.
    Raises       DataError if a model lacks one of the classes, or the table is not finite.
    """
    if not np.isfinite(features).all():
        raise DataError("the table holds values that are not finite", where=_WHERE, fix="impute or drop them")
    present = np.stack([(trained_on & (codes == label)).any(axis=1) for label in range(classes)])
    if not present.all():
        raise DataError(
            f"{int((~present.all(axis=0)).sum())} of {len(trained_on)} models lack a class",
            where=_WHERE,
            fix="fit them one by one, or audit more records",
        )
    problem = _Problem.of(features, codes, trained_on, classes=classes, c=c, intercept=intercept, scale=standardise)
    return problem.solve(tolerance=tolerance)


_WHERE = "targets.linear.logistic"


@dataclass(eq=False)
class _Problem:
    """All models as one: parameters (d + 1, k, c), the intercept last; loss per record trained on.

    x      (n, d) centred on the whole table.   weight (n, k) 0 or 1.   count (k,) records of each model.
    shift, scale  (d, k) of each model's features, taken off and divided by.
    """

    x: FloatArray
    truth: FloatArray
    weight: FloatArray
    count: FloatArray
    shift: FloatArray
    scale: FloatArray
    centre: FloatArray
    ridge: FloatArray
    intercept: bool
    products: int = 0

    @classmethod
    def of(
        cls,
        features: FloatArray,
        codes: IntArray,
        trained_on: BoolArray,
        *,
        classes: int,
        c: float,
        intercept: bool,
        scale: bool,
    ) -> "_Problem":
        centre = features.mean(axis=0)
        x = np.ascontiguousarray(features - centre)
        weight = np.ascontiguousarray(trained_on.T, dtype=np.float64)
        count = weight.sum(axis=0)
        d, k = x.shape[1], len(trained_on)
        # Without scaling, features are used as they are: the shift undoes the centring.
        shift, spread = np.repeat(-centre[:, None], k, axis=1), np.ones((d, k))
        if scale:
            shift = x.T @ weight / count
            variance = np.maximum((x * x).T @ weight / count - shift**2, 0.0)
            constant = variance <= 10 * np.finfo(float).eps * (np.square(x).mean(axis=0)[:, None] + shift**2)
            spread = np.where(constant, 1.0, np.sqrt(np.where(constant, 1.0, variance)))
        truth = (codes[:, None] == (np.arange(1, 2) if classes == 2 else np.arange(classes))).astype(float)
        return cls(x, truth, weight, count, shift, spread, centre, 1.0 / (c * count), intercept)

    def outputs(self, beta: FloatArray) -> FloatArray:
        """(n, k, c) linear outputs."""
        self.products += 1
        d, k, c = self.x.shape[1], beta.shape[1], beta.shape[2]
        slopes = beta[:d] / self.scale[:, :, None]
        offset = beta[d] - np.einsum("dk,dkc->kc", self.shift, slopes)
        z: FloatArray = (self.x @ slopes.reshape(d, k * c)).reshape(len(self.x), k, c)
        z += offset
        return z

    def pulled_back(self, residual: FloatArray) -> FloatArray:
        """(d + 1, k, c): the transpose of `outputs`."""
        self.products += 1
        n, k, c = residual.shape
        total = residual.sum(axis=0)
        slopes = (self.x.T @ residual.reshape(n, k * c)).reshape(-1, k, c)
        slopes = (slopes - self.shift[:, :, None] * total) / self.scale[:, :, None]
        return np.concatenate([slopes, total[None] if self.intercept else np.zeros((1, k, c))])

    def penalty(self, beta: FloatArray) -> FloatArray:
        """Gradient of the penalty, per record."""
        pulled = beta * self.ridge[None, :, None]
        pulled[-1] = 0.0
        return pulled

    def value(self, z: FloatArray, beta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """(k,) loss and penalty, per record, and (n, k, c) probabilities, which share their exponentials."""
        if z.shape[2] == 1:
            e = np.exp(-np.abs(z))
            losses = (np.log1p(e) + np.maximum(z, 0.0) - z * self.truth[:, None, :])[:, :, 0]
            p = np.where(z >= 0, 1.0, e) / (1.0 + e)
        else:
            top = z.max(axis=2)
            e = np.exp(z - top[:, :, None])
            total = e.sum(axis=2)
            losses = top + np.log(total) - np.einsum("nkc,nc->nk", z, self.truth)
            p = e / total[:, :, None]
        smooth = np.einsum("nk,nk->k", losses, self.weight) / self.count
        value: FloatArray = smooth + 0.5 * self.ridge * np.square(beta[:-1]).sum(axis=(0, 2))
        return value, p

    def gradient(self, p: FloatArray, beta: FloatArray) -> FloatArray:
        """(d + 1, k, c) gradient per record, from the probabilities."""
        residual = (p - self.truth[:, None, :]) * (self.weight / self.count)[:, :, None]
        return self.pulled_back(residual) + self.penalty(beta)

    def curved(self, v: FloatArray, p: FloatArray) -> FloatArray:
        """Hessian times v, per record."""
        u = self.outputs(v)
        if u.shape[2] == 1:
            u *= p * (1.0 - p)
        else:
            u = p * (u - np.einsum("nkc,nkc->nk", p, u)[:, :, None])
        u *= (self.weight / self.count)[:, :, None]
        return self.pulled_back(u) + self.penalty(v)

    def preconditioner(self, p: FloatArray) -> list[tuple[FloatArray, bool]]:
        """One Cholesky factor per output: the mean over models of the curvature, on the mean scaling."""
        z = self._typical
        share = (self.weight / self.count).mean(axis=1)
        weights = np.einsum("nkc,nk->nc", p * (1.0 - p), self.weight)
        weights *= (share / np.maximum(self.weight.sum(axis=1), 1.0))[:, None]
        factors = []
        for output in range(p.shape[2]):
            scaled = z * np.sqrt(weights[:, output])[:, None]
            # Fortran's view of a row-major table is its transpose: half of the products, by symmetry.
            hessian = dsyrk(1.0, scaled.T, lower=True)
            hessian[np.diag_indices(len(hessian))] += np.append(np.full(len(hessian) - 1, self.ridge.mean()), 1e-12)
            if not self.intercept:
                hessian[-1, -1] = 1.0
            factors.append(cho_factor(hessian, lower=True, overwrite_a=True))
        return factors

    @cached_property
    def _typical(self) -> FloatArray:
        """(n, d + 1) the table on the mean scaling of all models, with a column for the intercept."""
        z = np.empty((len(self.x), self.x.shape[1] + 1))
        z[:, :-1] = (self.x - self.shift.mean(axis=1)) / self.scale.mean(axis=1)
        z[:, -1] = float(self.intercept)
        return z

    def solve(self, *, tolerance: float) -> LogisticStack:
        d = self.x.shape[1]
        beta, size = self.optimum(self.start(), tolerance=tolerance)
        slopes = beta[:d] / self.scale[:, :, None]
        offset = beta[d] - np.einsum("dk,dkc->kc", self.shift + self.centre[:, None], slopes)
        return LogisticStack(slopes.transpose(1, 0, 2), offset, size <= tolerance, self.products)

    def optimum(self, beta: FloatArray, *, tolerance: float) -> tuple[FloatArray, FloatArray]:
        """(d + 1, k, c) where Newton's steps from `beta` end, and (k,) the largest gradient there."""
        z = self.outputs(beta)
        value, p = self.value(z, beta)
        factors = self.preconditioner(p)
        for _ in range(MOST_STEPS):
            gradient = self.gradient(p, beta)
            size: FloatArray = np.abs(gradient).max(axis=(0, 2))
            if (size <= tolerance).all():
                break
            before = self.products
            step = self.newton(gradient, p, size, factors)
            if self.products - before > WORTH_A_FACTOR:
                factors = self.preconditioner(p)
            beta, z, value, p = self.along(step, gradient, beta, z, value)
        return beta, size

    def start(self) -> FloatArray:
        """(d + 1, k, c): where one model of all their records has its optimum, roughly; it is near those of its parts."""
        d, k, c = self.x.shape[1], self.weight.shape[1], self.truth.shape[1]
        nowhere = np.zeros((d + 1, 1, c))
        if k == 1:
            return nowhere
        voices = (self.weight / self.count).sum(axis=1, keepdims=True)
        shift, scale = self.shift.mean(axis=1, keepdims=True), self.scale.mean(axis=1, keepdims=True)
        ridge = self.ridge.mean(keepdims=True)
        pooled = _Problem(self.x, self.truth, voices, voices.sum(0), shift, scale, self.centre, ridge, self.intercept)
        beta, _ = pooled.optimum(nowhere, tolerance=ROUGHLY)
        slopes = beta[:d] / scale[:, :, None]
        begun = np.empty((d + 1, k, c))
        begun[:d] = slopes * self.scale[:, :, None]
        # Without an intercept outputs pass through 0 at each model's own shift.
        begun[d] = 0.0
        if self.intercept:
            begun[d] = beta[d] + np.einsum("dk,dc->kc", self.shift - shift, slopes[:, 0])
        return begun

    def newton(
        self, gradient: FloatArray, p: FloatArray, size: FloatArray, factors: list[tuple[FloatArray, bool]]
    ) -> FloatArray:
        """(d + 1, k, c) steps: conjugate gradients on all systems at once, to a tenth of what the step will leave."""

        def conditioned(r: FloatArray) -> FloatArray:
            return np.stack([cho_solve(f, r[:, :, o]) for o, f in enumerate(factors)], axis=2)

        step, r = np.zeros_like(gradient), -gradient
        y = conditioned(r)
        direction = y.copy()
        old = np.einsum("dkc,dkc->k", r, y)
        goal = np.minimum(0.1, np.sqrt(size)) * size
        for _ in range(MOST_PRODUCTS):
            h = self.curved(direction, p)
            bend = np.einsum("dkc,dkc->k", direction, h)
            a = np.where(bend > 0, old / np.where(bend > 0, bend, 1.0), 0.0)
            step += a[None, :, None] * direction
            r -= a[None, :, None] * h
            if (np.abs(r).max(axis=(0, 2)) <= goal).all():
                break
            y = conditioned(r)
            new = np.einsum("dkc,dkc->k", r, y)
            direction = y + np.where(old > 0, new / np.where(old > 0, old, 1.0), 0.0)[None, :, None] * direction
            old = new
        return step

    def along(
        self, step: FloatArray, gradient: FloatArray, beta: FloatArray, z: FloatArray, value: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """As far along the steps as the objective falls: halved for the models where it does not."""
        dz = self.outputs(step)
        slope = np.einsum("dkc,dkc->k", step, gradient)
        length = np.ones(len(value))
        while True:
            moved, there = beta + length[None, :, None] * step, z + length[None, :, None] * dz
            reached, p = self.value(there, moved)
            # Near the optimum the objective no longer tells, to the last digits, whether it fell.
            short = (reached > value + 1e-4 * length * slope + 1e-14 * np.abs(value)) & (length > SHORTEST)
            if not short.any():
                return moved, there, reached, p
            length[short] /= 2.0
