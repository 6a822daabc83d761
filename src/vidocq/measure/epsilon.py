"""What an attack proves about the epsilon of differential privacy: a lower bound."""

import math

from vidocq.core.errors import ConfigurationError
from vidocq.measure.demands import require_share, require_some
from vidocq.measure.intervals import lower_bound, upper_bound


def epsilon_lower(
    tp: int, members: int, fp: int, non_members: int, *, level: float = 0.95, delta: float = 0.0
) -> float:
    """The training is not (epsilon, delta)-private for any epsilon below this, with confidence `level`.

    tp, fp   accused among `members` and `non_members`, at a threshold fixed beforehand.
    delta    in [0, 1).
    Returns  in nats, >= 0: the larger of what the attack shows by accusing, log((TPR - delta) / FPR), and by
             sparing, log((1 - FPR - delta) / (1 - TPR)), TPR at its lower and FPR at its upper Clopper-Pearson
             bound, each at half the error. 0 means that nothing was proved.
    Raises   SampleTooSmall if a group is empty; ConfigurationError on impossible counts, level or delta.
    Source   Jagielski et al. (2020), arXiv:2006.07709; Nasr et al. (2021), arXiv:2101.04535.
    """
    where = "measure.epsilon.epsilon_lower"
    require_share(level, name="level", where=where)
    require_some(members, what="members", where=where)
    require_some(non_members, what="non-members", where=where)
    if not 0.0 <= delta < 1.0:
        raise ConfigurationError(f"delta is {delta:g}", where=where, fix="give a delta in [0, 1)")
    error = (1.0 - level) / 2.0
    tpr, fpr = lower_bound(tp, members, error=error), upper_bound(fp, non_members, error=error)
    # The bounds of the complement are not 1 - tpr: a rate close to 1 would round it to 0.
    fnr = upper_bound(members - tp, members, error=error)
    tnr = lower_bound(non_members - fp, non_members, error=error)
    return max(0.0, _log_ratio(tpr - delta, fpr), _log_ratio(tnr - delta, fnr))


def _log_ratio(above: float, below: float) -> float:
    return math.log(above / below) if above > 0.0 else 0.0
