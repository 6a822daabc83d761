"""The risk r = TPR - FPR: how much more often members are accused than outsiders."""

from dataclasses import dataclass

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.measure.demands import require_some
from vidocq.measure.intervals import lower_bound, upper_bound


@dataclass(frozen=True)
class Risk:
    """TPR - FPR with its lower and upper bounds, in [-1, 1]; low <= value <= high."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, eq=False)
class PanelRisk:
    """The same for each of P persons: low, value and high are (P,), in [-1, 1]."""

    low: FloatArray
    value: FloatArray
    high: FloatArray


def risk_bounds(tp: int, members: int, fp: int, non_members: int, *, error: float) -> Risk:
    """Risk, its upper bound U and its lower bound L (verdict rule, line 3).

    tp, fp   members and non-members accused, out of `members` and `non_members`.
    error    spent once on each of the two rates that make a bound: U fails with probability at most
             2 * error, and so does L. The verdict passes half of what the look may spend.
    Raises   SampleTooSmall if a group is empty; ConfigurationError on impossible counts or error.
    """
    require_some(members, what="members", where="measure.risk.risk_bounds")
    require_some(non_members, what="non-members", where="measure.risk.risk_bounds")
    return Risk(
        low=lower_bound(tp, members, error=error) - upper_bound(fp, non_members, error=error),
        value=float(tp / members - fp / non_members),
        high=upper_bound(tp, members, error=error) - lower_bound(fp, non_members, error=error),
    )


def panel_risk(hit_in: IntArray, n_in: IntArray, hit_out: IntArray, n_out: IntArray, *, error: float) -> PanelRisk:
    """`risk_bounds` for every person of a panel; the trials are models instead of persons (line 6).

    hit_in, n_in    (P,) of the n_in models trained on the person, hit_in accuse him.
    hit_out, n_out  (P,) the same over the models that were not trained on him.
    Raises          SampleTooSmall if a person has no model on one side.
    """
    require_some(n_in, what="models trained on a person of the panel", where="measure.risk.panel_risk")
    require_some(n_out, what="models not trained on a person of the panel", where="measure.risk.panel_risk")
    return PanelRisk(
        low=lower_bound(hit_in, n_in, error=error) - upper_bound(hit_out, n_out, error=error),
        value=hit_in / n_in - hit_out / n_out,
        high=upper_bound(hit_in, n_in, error=error) - lower_bound(hit_out, n_out, error=error),
    )
