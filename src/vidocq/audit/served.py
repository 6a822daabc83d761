"""A target behind an address: what asking it will take, whether the budget allows it, and what it took in the end."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vidocq.audit.references.repeat import SAMPLE
from vidocq.core.errors import ConfigurationError
from vidocq.core.protocols import Model
from vidocq.core.text import Text
from vidocq.engine.progress import Noting, Progress
from vidocq.engine.store import Store
from vidocq.targets.served.http import RESUMED_SAMPLE, HttpModel


@dataclass(frozen=True)
class Asked:
    """Queries (records sent), requests (batches), the least seconds they take at the rate allowed, and their cost.

    seconds, cost  None where no rate is set, or no price.
    budget         most queries, or None.
    """

    queries: int
    requests: int
    seconds: float | None
    cost: float | None
    currency: str | None
    budget: int | None

    @property
    def within_budget(self) -> bool:
        return self.budget is None or self.queries <= self.budget

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "within_budget": self.within_budget}

    def lines(self) -> list[Text]:
        """For `vidocq plan`."""
        found = [
            Text(
                f"Au modèle servi : {self.queries} requêtes en {self.requests} appels, vérification des réponses "
                "comprise, sans compter les appels à refaire.",
                f"At the endpoint: {self.queries} queries in {self.requests} requests, answers asked twice included, "
                "retries left out.",
            )
        ]
        if self.seconds is not None:
            found.append(
                Text(
                    f"Durée au débit fixé : au moins {self.seconds:.0f} s.",
                    f"Time at the rate set: at least {self.seconds:.0f} s.",
                )
            )
        if self.cost is not None:
            found.append(
                Text(
                    f"Coût : {self.cost:.2f}".replace(".", ",") + f" {self.currency}.",
                    f"Cost: {self.cost:.2f} {self.currency}.",
                )
            )
        if self.budget is not None:
            found.append(
                Text(f"Budget : {self.budget} requêtes.", f"Budget: {self.budget} queries.")
                if self.within_budget
                else Text(
                    f"Budget : {self.budget} requêtes ; il n'y suffit pas, et l'audit serait refusé.",
                    f"Budget: {self.budget} queries; it does not suffice, and the audit would be refused.",
                )
            )
        return found


def to_be_asked(model: Model, *, records: int, copies: int) -> Asked | None:
    """What an audit of so many records asks, `copies` changed copies of each included; None without an endpoint."""
    if not isinstance(model, HttpModel):
        return None
    endpoint, again = model.endpoint, min(SAMPLE, records)
    queries = records * (1 + copies) + again
    requests = (1 + copies) * -(-records // endpoint.batch_size) + -(-again // endpoint.batch_size)
    price = endpoint.price
    return Asked(
        queries,
        requests,
        None if endpoint.per_second is None else (requests - 1) / endpoint.per_second,
        None if price is None else price.cost(queries=queries, requests=requests),
        None if price is None else price.currency,
        endpoint.budget,
    )


@dataclass(frozen=True, eq=False)
class Target:
    """The audited model as one audit asks it, to be closed when nothing more is asked."""

    model: Model
    watcher: "_Watcher | None" = None

    def close(self) -> None:
        if isinstance(self.model, HttpModel):
            self.model.close()
        if self.watcher is not None:
            self.watcher.end()


def prepared(
    model: Model,
    *,
    records: int,
    copies: int,
    top: int | None,
    audit: str,
    store_at: Path | None,
    progress: Progress | None,
) -> Target:
    """The target, asked nothing yet: a served one keeps its answers, counts, and tells how far it has come.

    audit   names everything that its questions depend on.
    Raises  ConfigurationError if the budget does not suffice for what is still to be asked or a secret is missing,
            MissingExtra without httpx.
    """
    needed = to_be_asked(model, records=records, copies=copies)
    if needed is None or not isinstance(model, HttpModel):
        return Target(model)
    model.require_ready()
    store = None if store_at is None else Store(store_at)
    watcher = None if progress is None else _Watcher(progress, model.name, needed.requests)
    served = model.opened(top=top, store=store, audit=audit, answered=None if watcher is None else watcher.answered)
    left, spent = max(needed.queries - served.tally.answered, 0), served.tally.queries
    if left and served.tally.answered:  # some records are asked about again, in case the model has changed meanwhile
        left += min(RESUMED_SAMPLE, served.tally.answered)
    if needed.budget is not None and spent + left > needed.budget:
        before = f" and {spent} were asked before" if spent else ""
        raise ConfigurationError(
            f"the plan needs {left} queries{before}, and the budget is {needed.budget}",
            where="[model.http] budget",
            fix="raise the budget, give fewer records, or lower queries_per_record",
        )
    return Target(served, watcher)


def was_asked(model: Model) -> dict[str, Any] | None:
    """For run.json: every attempt that set out, failed ones included, over all runs of this audit."""
    if not isinstance(model, HttpModel):
        return None
    tally, price = model.tally, model.endpoint.price
    cost = None if price is None else price.cost(queries=tally.queries, requests=tally.requests)
    return {
        **asdict(tally),
        "cost": cost,
        "currency": None if price is None else price.currency,
        "budget": model.endpoint.budget,
        **({} if model.resumed is None else {"resumed": asdict(model.resumed)}),
    }


def cautions(model: Model) -> list[dict[str, str]]:
    """What whoever reads the audit has to know of a model that nobody could look at."""
    return [{"code": "served-model", **UNSEEN.to_dict()}] if isinstance(model, HttpModel) else []


class _Watcher:
    """Shows the batches answered, and the cost so far; begins with the first answer, since most audits ask nobody."""

    def __init__(self, progress: Progress, title: str, total: int) -> None:
        self._progress, self._title, self._total, self._begun = progress, title, total, False

    def answered(self, model: HttpModel) -> None:
        if not self._begun:
            self._progress.begin(self._title, total=self._total, done=0)
            self._begun = True
        price, tally = model.endpoint.price, model.tally
        if price is not None and isinstance(self._progress, Noting):
            self._progress.note(f"{price.cost(queries=tally.queries, requests=tally.requests):.2f} {price.currency}")
        self._progress.advance()

    def end(self) -> None:
        if self._begun:
            self._progress.end()


UNSEEN = Text(
    fr="Le modèle a été interrogé à une adresse : l'empreinte inscrite est celle de cette adresse et de la manière "
    "d'interroger, non celle des poids. Rien ne prouve que le même modèle ait répondu d'un bout à l'autre, ni qu'il "
    "réponde encore.",
    en="The model was asked at an address: the hash registered is that of the address and of how it was asked, not of "
    "the weights. Nothing proves that the same model answered throughout, nor that it still does.",
)
