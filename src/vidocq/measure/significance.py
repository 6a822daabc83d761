"""Is it chance? Exact one-sided tests, and what many tests cost."""

from typing import overload

import numpy as np

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import ConfigurationError
from vidocq.measure import hypergeometric
from vidocq.measure.demands import require_counts, require_some

EXACTNESS = 1e-12  # what the conditional test may add to its p-value
SMALLEST = float(np.finfo(np.float64).tiny)


@overload
def fisher_greater(tp: int, members: int, fp: int, non_members: int) -> float: ...
@overload
def fisher_greater(
    tp: IntArray, members: IntArray | int, fp: IntArray, non_members: IntArray | int
) -> FloatArray: ...
def fisher_greater(
    tp: IntArray | int, members: IntArray | int, fp: IntArray | int, non_members: IntArray | int
) -> FloatArray | float:
    """One-sided p of Fisher's exact test that members are accused more often than non-members.

    tp, fp   accused among `members` and `non_members`; counts, or arrays that broadcast.
    Returns  p in (0, 1]; 1 where nobody is accused; 2e-308 where it is too small for a float.
    Raises   SampleTooSmall if a group is empty; ConfigurationError on impossible counts.
    Source   Fisher (1935), JRSS 98; conditional on how many are accused in all.
    """
    where = "measure.significance.fisher_greater"
    require_some(members, what="members", where=where)
    require_some(non_members, what="non-members", where=where)
    require_counts(tp, members, where=where)
    require_counts(fp, non_members, where=where)
    p = hypergeometric.upper_tail(
        np.asarray(tp), np.asarray(members), np.asarray(non_members), np.asarray(np.add(tp, fp))
    )
    p = np.maximum(p, SMALLEST)
    return p if p.ndim else float(p)


def holm(p: FloatArray) -> FloatArray:
    """Adjusted p-values: rejecting those below a level errs anywhere with at most that probability.

    p        (k,) in [0, 1], of tests that may depend on each other in any way.
    Returns  (k,) in the order given; empty if `p` is.
    Raises   ConfigurationError if a p lies outside of [0, 1] or is NaN.
    Source   Holm (1979), Scandinavian Journal of Statistics 6.
    """
    if not np.all((p >= 0.0) & (p <= 1.0)):
        raise ConfigurationError(
            "a p-value lies outside of [0, 1]",
            where="measure.significance.holm",
            fix="leave out what was not measured",
        )
    order = np.argsort(p, kind="stable")
    raised = np.minimum(np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1)), 1.0)
    adjusted = np.empty_like(raised)
    adjusted[order] = raised
    return adjusted


def stratified_greater(hit_in: IntArray, n_in: IntArray, hit_out: IntArray, n_out: IntArray) -> float:
    """One-sided p that models accuse the persons they were trained on more often than the others do.

    hit_in, n_in    (P,) of the n_in models trained on a person, hit_in accuse him.
    hit_out, n_out  (P,) the same over the models not trained on him; a total of 0 on one side adds no evidence.
    Returns         P(sum of independent hypergeometrics >= sum of hit_in), each given its person's hits in all.
                    At most 1e-12 above the exact value, never below it: a p under 1e-12 is not told apart.
                    Exact even if some models accuse everybody, provided that each person's models were drawn
                    apart from the other persons'.
    Raises          ConfigurationError on impossible counts.
    Source          Birch (1964), JRSS B 26; Mantel and Haenszel (1959), without their normal approximation.
    """
    where = "measure.significance.stratified_greater"
    require_counts(hit_in, n_in, where=where)
    require_counts(hit_out, n_out, where=where)
    both = n_in + n_out > 0
    good, bad, drawn = n_in[both], n_out[both], (hit_in + hit_out)[both]
    # Where a law is wide, only what lies within 9 deviations and 30 counts of its mean: outside is less than
    # 1e-17 by Bernstein's inequality.
    mean = drawn * good / (good + bad)
    deviation = np.sqrt(mean * bad / (good + bad))
    first = np.maximum(np.maximum(0, drawn - bad), np.floor(mean - 9.0 * deviation - 30.0)).astype(np.int64)
    last = np.minimum(np.minimum(drawn, good), np.ceil(mean + 9.0 * deviation + 30.0)).astype(np.int64)

    spare = EXACTNESS / (5.0 * max(drawn.size, 1))  # per person: two ends of his law, two of the sum, one outside
    width = last - first + 1
    who = np.repeat(np.arange(drawn.size), width)
    end = np.cumsum(width)
    counts = first[who] + np.arange(who.size) - (end - width)[who]
    masses = hypergeometric.mass(counts, good[who], bad[who], drawn[who])

    law, start, dropped = np.ones(1), 0, drawn.size * spare
    for i in np.argsort(width, kind="stable"):
        own, own_start, own_dropped = _trimmed(masses[end[i] - width[i] : end[i]], spare)
        law, shift, sum_dropped = _trimmed(np.convolve(law, own), spare)
        start += int(first[i]) + own_start + shift
        dropped += own_dropped + sum_dropped
    observed = int(np.sum(hit_in[both]))
    return float(min(1.0, np.sum(law[max(observed - start, 0) :]) + dropped))


def _trimmed(law: FloatArray, spare: float) -> tuple[FloatArray, int, float]:
    """A law without its ends of mass at most `spare` each, how many terms went at the start, what mass went."""
    first = int(np.searchsorted(np.cumsum(law), spare, side="right"))
    last = law.size - int(np.searchsorted(np.cumsum(law[::-1]), spare, side="right"))
    return law[first:last], first, float(np.sum(law[:first]) + np.sum(law[last:]))
