"""What asking an endpoint has taken so far, and the budgets that it may not pass."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from vidocq.core.errors import ModelError
from vidocq.targets.served.endpoint import Endpoint


@dataclass
class Tally:
    """What was asked so far, every attempt that set out counted; `answered` are the queries that need no other."""

    queries: int = 0
    requests: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Tokens:
    """Tokens that a model is given and tokens that it writes."""

    given: int = 0
    written: int = 0


@dataclass(frozen=True, kw_only=True)
class TokenPrice:
    """What 1,000 tokens cost, those given to the model and those it writes."""

    given: float
    written: float
    currency: str

    def cost(self, tokens: Tokens) -> float:
        return (self.given * tokens.given + self.written * tokens.written) / 1000


@dataclass(frozen=True)
class Load:
    """What one request asks for: so many queries, and the tokens that it takes at most."""

    queries: int
    tokens: Tokens = Tokens()


@dataclass
class Spending:
    """Tokens and money so far. What a request may take counts as taken until its answer tells.

    guessed  requests of which no answer told how many tokens they took: they count with what they may have taken.
    """

    given: int = 0
    written: int = 0
    cost: float = 0.0
    guessed: int = 0


@dataclass(eq=False)
class Meter:
    """Counts what sets out and what comes of it, for any number of threads.

    Every count is on the tally before the attempt that it counts sets out.

    price      of tokens; None where queries or requests are paid for, or nothing is.
    most_cost  in the currency of `price`; None for no limit.
    kinds      how often which failure or oddity was met.
    changed    called when an attempt sets out, when it turns out to have cost nothing, and when an answer is kept.
    """

    endpoint: Endpoint
    tally: Tally
    changed: Callable[[], None]
    price: TokenPrice | None = None
    most_cost: float | None = None
    spending: Spending = field(default_factory=Spending)
    kinds: Counter[str] = field(default_factory=Counter)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def sets_out(self, load: Load) -> None:
        """Before an attempt. Raises ModelError, and counts nothing, where a budget would be passed."""
        with self.lock:
            budget = self.endpoint.budget
            if budget is not None and self.tally.queries + load.queries > budget:
                raise ModelError(
                    f"the budget of {budget} queries is spent, retries included",
                    where=self.endpoint.host,
                    fix=f"raise budget in {self.endpoint.table} and start the same audit again",
                )
            cost = self._cost(load.tokens)
            if self.price is not None and self.most_cost is not None and self.spending.cost + cost > self.most_cost:
                raise ModelError(
                    f"the budget of {self.most_cost:g} {self.price.currency} does not allow for another request",
                    where=self.endpoint.host,
                    fix=f"raise budget_cost in {self.endpoint.table} and start the same audit again",
                )
            self.tally.queries += load.queries
            self.tally.requests += 1
            self._spend(load.tokens, 1)
            self.spending.guessed += bool(load.tokens.given)
            self.changed()

    def unsent(self, load: Load) -> None:
        """The attempt never left."""
        with self.lock:
            self.tally.queries -= load.queries
            self.tally.requests -= 1
            self.unbilled(load)

    def unbilled(self, load: Load) -> None:
        """The attempt was refused: no token was read or written for it."""
        with self.lock:
            self._spend(load.tokens, -1)
            self.spending.guessed -= bool(load.tokens.given)
            self.changed()

    def took(self, load: Load, tokens: Tokens) -> None:
        """The answer tells how many tokens it took."""
        with self.lock:
            self._spend(load.tokens, -1)
            self._spend(tokens, 1)
            self.spending.guessed -= bool(load.tokens.given)

    def noted(self, kind: str, times: int = 1) -> None:
        """Counts a failure or an oddity."""
        with self.lock:
            self.kinds[kind] += times

    def answered(self, queries: int) -> None:
        """So many queries need no other."""
        with self.lock:
            self.tally.answered += queries
            self.changed()

    def _spend(self, tokens: Tokens, sign: int) -> None:
        self.spending.given += sign * tokens.given
        self.spending.written += sign * tokens.written
        self.spending.cost = self._cost(Tokens(self.spending.given, self.spending.written))

    def _cost(self, tokens: Tokens) -> float:
        return 0.0 if self.price is None else self.price.cost(tokens)
