"""How many queries it takes until a model has gone on with a text, from the probability that one query does.

A query yields the suffix with probability p_z, independently of the others, so n queries yield it at least once with
probability 1 - (1 - p_z)^n. A text is (n, p)-discoverable if this is p or more. Probabilities come as logarithms: those of
long suffixes are often below what a float can hold. Greedy decoding is the case where p_z is 0 or 1.

Source  Hayes et al. (2024), arXiv:2410.19482, "Measuring memorization through probabilistic discoverable extraction".
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, SignalError
from vidocq.measure.demands import require_counts, require_share, require_some
from vidocq.measure.intervals import lower_bound

EVEN = 0.5
_ROUNDED = 1e-12
"""Relative error of a quotient of logarithms: a whole number of queries must not become the next one."""


def queries_needed(log_p: FloatArray, *, share: float) -> FloatArray:
    """(n,) fewest queries, whole, that yield each text with probability `share` or more; inf where none ever does.

    log_p    (n,) log-probability, in nats, that one query yields the text; 0 at most, -inf where it never does.
    share    in (0, 1); p of the paper.
    Returns  1 where one query does; inf too above the largest float, which no budget reaches.
    Raises   SignalError if a log-probability is NaN or above 0.
    """
    where = "measure.extraction.queries_needed"
    require_share(share, name="share", where=where)
    _require_log_p(log_p, where=where)
    with np.errstate(over="ignore", divide="ignore"):
        needed = np.exp(np.log(-np.log1p(-share)) - _log_rate(log_p))
    return np.asarray(np.maximum(np.ceil(needed * (1.0 - _ROUNDED)), 1.0))


def discovered_within(log_p: FloatArray, queries: float) -> FloatArray:
    """(n,) probability that so many queries yield each text at least once. queries >= 0."""
    where = "measure.extraction.discovered_within"
    _require_log_p(log_p, where=where)
    _require_queries(queries, where=where)
    if queries == 0:
        return np.zeros(len(log_p))
    return np.asarray(-np.expm1(-np.exp(np.log(queries) + _log_rate(log_p))))


def sampled_within(hits: IntArray, times: int, queries: int) -> FloatArray:
    """(n,) the same where p_z is not known: unbiased estimate from `hits` among `times` real queries.

    hits  (n,) of the queries that yielded the text.   queries  from 1 to `times`: nothing is known of more.
    Of the ways to choose `queries` of the queries made, the share that holds a hit.
    Source  Chen et al. (2021), arXiv:2107.03374, equation 1 (there for programs that pass).
    """
    where = "measure.extraction.sampled_within"
    require_counts(hits, times, where=where)
    if not 1 <= queries <= times:
        raise ConfigurationError(
            f"{times} queries tell nothing of {queries}", where=where, fix=f"ask about 1 to {times} queries"
        )
    missing = times - np.asarray(hits, dtype=np.float64)
    enough = missing >= queries
    left = np.where(enough, missing, float(queries))
    log_missed = gammaln(left + 1.0) - gammaln(left - queries + 1.0) - gammaln(times + 1.0)
    log_missed += gammaln(times - queries + 1.0)
    return np.asarray(np.where(hits == 0, 0.0, np.where(enough, -np.expm1(np.minimum(log_missed, 0.0)), 1.0)))


def log_p_at_least(hits: IntArray, times: int, *, level: float = 0.95) -> FloatArray:
    """(n,) log of the exact lower bound of p_z (Clopper-Pearson, one-sided) from real queries; -inf without a hit."""
    where = "measure.extraction.log_p_at_least"
    require_share(level, name="level", where=where)
    require_some(times, what="queries", where=where)
    with np.errstate(divide="ignore"):
        return np.log(lower_bound(hits, times, error=1.0 - level))


@dataclass(frozen=True, eq=False)
class Yields:
    """How readily one query yields each of n texts: known in closed form, or counted on real queries.

    log_p  (n,) log-probability; where it was counted, that of the share of queries that yielded the text.
    hits   (n,) queries that did, of `times`; None where the probability is known.
    """

    log_p: FloatArray
    hits: IntArray | None = None
    times: int = 0

    @classmethod
    def known(cls, log_p: FloatArray) -> "Yields":
        """Of log-probabilities (n,); rounding may have put one a hair above 0."""
        rounded = np.where((log_p > 0.0) & (log_p < 1e-4), 0.0, log_p)
        _require_log_p(rounded, where="measure.extraction.Yields")
        return cls(rounded)

    @classmethod
    def counted(cls, hits: IntArray, times: int) -> "Yields":
        """Of real queries: hits (n,) of `times` each. Raises SampleTooSmall without queries."""
        where = "measure.extraction.Yields"
        require_some(times, what="queries", where=where)
        require_counts(hits, times, where=where)
        with np.errstate(divide="ignore"):
            return cls(np.log(np.asarray(hits) / times), np.asarray(hits), times)

    def __getitem__(self, rows: BoolArray | IntArray) -> "Yields":
        return Yields(self.log_p[rows], None if self.hits is None else self.hits[rows], self.times)

    def within(self, queries: int) -> FloatArray:
        """(n,) probability that so many queries yield it. Raises ConfigurationError beyond those that were made."""
        if self.hits is None:
            return discovered_within(self.log_p, queries)
        return sampled_within(self.hits, self.times, queries)

    def needed(self, *, share: float) -> FloatArray:
        """(n,) queries for probability `share`; where it was counted, enough of them with confidence 95 % for each text."""
        log_p = self.log_p if self.hits is None else log_p_at_least(self.hits, self.times)
        return queries_needed(log_p, share=share)

    def obtained(self, queries: int) -> BoolArray:
        """(n,) whether the text counts as extracted within so many queries.

        Known: they yield it more likely than not. Counted: one of the queries that were made did, or one of the first
        `queries` of them more likely than not.
        """
        if self.hits is None:
            return self.needed(share=EVEN) <= queries
        if queries >= self.times:
            return self.hits > 0
        return self.within(queries) >= EVEN


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What an attacker pays for each text he obtains, if he asks `queries` times about every prefix he has.

    He does not know which of the answers is right, so he cannot stop at the first. Tokens are those sent and received;
    money is in the unit of the price; None where no price was given. `items` is how many texts he obtains, expected.
    """

    queries: int
    items: float
    queries_per_item: float
    tokens_per_item: float
    money_per_item: float | None


def cost_per_item(
    within: FloatArray,
    *,
    queries: int,
    sent: FloatArray | IntArray,
    received: FloatArray | IntArray,
    price: tuple[float, float] | None = None,
) -> Cost | None:
    """within          (n,) probability that `queries` queries yield each text.
    sent, received     (n,) tokens of one query: of the prefix, of the answer.
    price              of one token sent, of one received.
    Returns            None where less than a thousandth of a text is expected: there is no item to divide by.
    """
    items = float(within.sum())
    if items < 1e-3:
        return None
    sent_in_all, received_in_all = queries * float(np.sum(sent)), queries * float(np.sum(received))
    money = None if price is None else (price[0] * sent_in_all + price[1] * received_in_all) / items
    return Cost(
        queries=queries,
        items=items,
        queries_per_item=queries * len(within) / items,
        tokens_per_item=(sent_in_all + received_in_all) / items,
        money_per_item=money,
    )


def _log_rate(log_p: FloatArray) -> FloatArray:
    """log(-log(1 - p)): to first order log p, where p is so small that 1 - p is 1 or p itself is 0 in a float."""
    tiny = log_p < -30.0
    with np.errstate(divide="ignore"):
        exact = np.log(-np.log1p(-np.exp(np.where(tiny, -1.0, log_p))))
    return np.where(tiny, log_p, exact)


def _require_log_p(log_p: FloatArray, *, where: str) -> None:
    if np.isnan(log_p).any() or (log_p > 0.0).any():
        raise SignalError(
            "a log-probability is above 0, or not a number",
            where=where,
            fix="give natural logarithms of probabilities; -inf for 0",
        )


def _require_queries(queries: float, *, where: str) -> None:
    if not queries >= 0:
        raise ConfigurationError("a number of queries is negative", where=where, fix="give 0 or more queries")
