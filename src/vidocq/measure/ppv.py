"""Positive predictive value: of the accused, how many are members, if so many of all persons are."""

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.core.estimate import Estimate
from vidocq.measure.demands import require_share


def ppv(prior: float, *, tpr: Estimate, fpr: Estimate) -> Estimate:
    """Share of members among the accused, when a share `prior` of all persons are members.

    prior    in (0, 1).   tpr, fpr  rates with their intervals.
    Returns  Estimate in [0, 1]; low from (low TPR, high FPR), high from (high TPR, low FPR). Its level is
             tpr.level + fpr.level - 1: both intervals may fail. An end that reads 0 / 0 is the worst: 0 or 1.
    Raises   SampleTooSmall if nobody at all was accused: there is no share of nothing.
    Source   Jayaraman et al. (2021), arXiv:2005.10881.
    """
    where = "measure.ppv.ppv"
    require_share(prior, name="prior", where=where)
    level = tpr.level + fpr.level - 1.0
    if level <= 0.0:
        raise ConfigurationError(
            f"intervals at {tpr.level:g} and {fpr.level:g} promise nothing together",
            where=where,
            fix="give both rates at a level above 0.5",
        )
    if tpr.value == 0.0 and fpr.value == 0.0:
        raise SampleTooSmall("nobody was accused", where=where, fix="give more records, or ask for a higher rate")
    return Estimate(
        value=_share(prior, tpr.value, fpr.value, otherwise=0.0),
        low=_share(prior, tpr.low, fpr.high, otherwise=0.0),
        high=_share(prior, tpr.high, fpr.low, otherwise=1.0),
        level=level,
        n=tpr.n + fpr.n,
    )


def _share(prior: float, tpr: float, fpr: float, *, otherwise: float) -> float:
    caught, wronged = prior * tpr, (1.0 - prior) * fpr
    return caught / (caught + wronged) if caught + wronged > 0.0 else otherwise
