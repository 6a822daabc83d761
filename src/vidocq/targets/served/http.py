"""A served model behind HTTP: asked in batches, as a configuration says, and never twice for what was kept.

Nobody sees the weights behind an address. The hash of such a model names the address and how it is asked, and nothing
proves that the same model answered throughout, or will tomorrow.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.canonical import content_hash, sha256
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.records import Records
from vidocq.engine.store import Store
from vidocq.targets.described import described
from vidocq.targets.served.client import Client
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.mapping import HttpMapping
from vidocq.targets.served.meter import Load, Meter, Tally

RESUMED_SAMPLE = 8
"""Records asked about again when an audit that was stopped goes on."""
SAME = 1e-6
"""Answers this close are the same."""
Reading = Literal["labels", "probabilities", "values"]


@dataclass(frozen=True)
class Resumed:
    """What came of asking again about records that were answered before the audit was stopped.

    records    how many.   differing  how many are answered otherwise now.
    varies     whether two answers of today differ as well: then the endpoint never answers alike, retrained or not.
    """

    records: int
    differing: int
    varies: bool

    @property
    def queries(self) -> int:
        return self.records * (2 if self.differing else 1)


@dataclass(frozen=True, eq=False)
class _Earlier:
    """A batch that an earlier run of the audit asked about: its first records, and what was answered."""

    records: Records
    reading: Reading
    answers: NDArray[Any]


class HttpModel:
    """A model that answers at an endpoint.

    classes              those it may answer with, in the order of its lists of probabilities; None for a regression.
    gives_probabilities  false if only labels are mapped.
    tally                what was asked; of the whole audit, earlier runs of it included, once `opened` with its store.
    resumed              what came of asking again, where this run goes on with answers of an earlier one; or None.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        mapping: HttpMapping,
        *,
        classes: NDArray[Any] | None = None,
        top: int | None = None,
        store: Store | None = None,
        audit: str = "",
        answered: Callable[["HttpModel"], None] | None = None,
    ) -> None:
        """`top` classes are served where not all are. `store`, `audit` and `answered` come by `opened`.

        Raises ConfigurationError if classes and mapping do not fit.
        """
        given = {name for name in ("labels", "probabilities", "values") if getattr(mapping, name) is not None}
        if (classes is None and given != {"values"}) or (
            classes is not None and (not given or "values" in given or len(classes) < 2)
        ):
            raise ConfigurationError(
                "classes and places of answers do not fit",
                where="[model] classes and [model.http]",
                fix="a classifier has classes, and labels or probabilities or both; a regression has values alone",
            )
        if mapping.form == "object" and endpoint.batch_size != 1:
            raise ConfigurationError(
                "one record alone is written where a batch holds more",
                where="[model.http] form",
                fix="set batch_size = 1, or another form",
            )
        self.endpoint = endpoint
        self.mapping = mapping
        self.classes = None if classes is None else np.asarray(classes)
        self.gives_probabilities = mapping.probabilities is not None
        self.tally = Tally()
        self.resumed: Resumed | None = None
        self._earlier: list[_Earlier] = []
        self._top = top
        self._store = store
        self._answered = answered
        self._client: Client | None = None
        self._times: Counter[str] = Counter()
        self._fresh: set[str] = set()
        self._tally_key = content_hash({"http": "tally", "model": self.describe(), "audit": audit})
        kept = None if store is None else store.get(self._tally_key)
        if kept is not None:
            self.tally = Tally(*(int(kept[name]) for name in ("queries", "requests", "answered")))

    @property
    def name(self) -> str:
        """How reports call it: the host that answers."""
        return self.endpoint.host

    def describe(self) -> dict[str, Any]:
        """What the hash of the model is made of: the address, how it is asked and how its answers are read."""
        mapping = self.mapping
        return {
            "kind": "http",
            "endpoint": self.endpoint.describe(),
            "mapping": {
                "form": mapping.form,
                "records_at": mapping.records_at,
                "body": described(dict(mapping.body)),
                "labels": mapping.labels,
                "probabilities": mapping.probabilities,
                "values": mapping.values,
                "pairs": list(mapping.pairs),
                "sums_within": mapping.sums_within,
            },
            "classes": None if self.classes is None else described(self.classes),
        }

    def require_ready(self) -> None:
        """Asks nothing. Raises MissingExtra without httpx, ConfigurationError if a secret or a certificate is missing."""
        Client(self.endpoint, Meter(self.endpoint, Tally(), _nothing))

    def opened(
        self,
        *,
        top: int | None = None,
        store: Store | None = None,
        audit: str = "",
        answered: Callable[["HttpModel"], None] | None = None,
    ) -> "HttpModel":
        """The same model, to be asked for one audit.

        store     where answers are kept, so that an audit that was stopped asks no batch again.
        audit     names the audit whose queries are counted together.
        answered  called after each batch, whether asked or found in the store.
        """
        return HttpModel(
            self.endpoint,
            self.mapping,
            classes=self.classes,
            top=top if top is not None else self._top,
            store=store,
            audit=audit,
            answered=answered,
        )

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) as served. Raises ModelError if the endpoint does not answer as it should."""
        if not self.gives_probabilities:
            raise ModelError("this endpoint gives labels only", where=self.name, fix='set outputs = "labels"')
        return np.concatenate([np.empty((0, self._count)), *self._asked(records, "probabilities")])

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) labels (the likeliest class where the endpoint serves none), or (n,) values of a regression."""
        if self.classes is None:
            return np.concatenate([np.empty(0), *self._asked(records, "values")])
        if self.mapping.labels is None:
            likeliest: NDArray[Any] = self.classes[self.probabilities(records).argmax(axis=1)]
            return likeliest
        positions = np.concatenate([np.empty(0, dtype=np.int64), *self._asked(records, "labels")])
        labels: NDArray[Any] = self.classes[positions]
        return labels

    @property
    def _count(self) -> int:
        return 0 if self.classes is None else len(self.classes)

    def _asked(self, records: Records, reading: Reading) -> list[NDArray[Any]]:
        size = self.endpoint.batch_size
        rows = np.arange(len(records))
        return [self._batch(records.take(rows[i : i + size]), reading) for i in range(0, len(records), size)]

    def _batch(self, records: Records, reading: Reading) -> NDArray[Any]:
        """One batch's answers: as they were kept, or asked for, checked, and kept.

        A batch asked about a second time has a key of its own: whoever asks twice wants two answers.
        """
        body = self.mapping.request(records)
        about = sha256(body)
        asked = f"{reading} {about}"
        self._times[asked] += 1
        key = content_hash(
            {
                "model": self.describe(),
                "batch": about,
                "records": len(records),
                "reading": reading,
                "top": self._top,
                "time": self._times[asked],
            }
        )
        kept = None if self._store is None else self._store.get(key)
        if kept is not None and key not in self._fresh:
            self._remember(records, reading, kept["answers"])
        if kept is None:
            self._require_same_model()
            self._fresh.add(key)
            kept = {"answers": self._fetched(body, len(records), reading)}
            if self._store is not None:
                self._store.put(key, kept)
            self.tally.answered += len(records)
            self._keep_tally()
        if self._answered is not None:
            self._answered(self)
        return kept["answers"]

    def _remember(self, records: Records, reading: Reading, answers: NDArray[Any]) -> None:
        """Keeps the first records that an earlier run asked about."""
        wanted = RESUMED_SAMPLE - sum(len(batch.records) for batch in self._earlier)
        if wanted > 0:
            some = np.arange(min(len(records), wanted))
            self._earlier.append(_Earlier(records.take(some), reading, answers[some]))

    def _require_same_model(self) -> None:
        """Before the first answer that is new: asks again about some records that an earlier run asked about.

        Raises ModelError if they are answered otherwise than before, and alike twice now: it is another model.
        """
        if not self._earlier or self.resumed is not None:
            return
        before, n = self._earlier, sum(len(batch.records) for batch in self._earlier)
        now = self._again(before)
        differing = sum(int(_differs(batch.answers, one).sum()) for batch, one in zip(before, now, strict=True))
        varies = bool(differing) and any(
            bool(_differs(one, other).any()) for one, other in zip(now, self._again(before), strict=True)
        )
        self.resumed = Resumed(n, differing, varies)
        if differing and not varies:
            folder = "" if self._store is None else f" the folder {self._store.folder.name} among the results and"
            raise ModelError(
                f"the endpoint answers {differing} of {n} records otherwise than before the audit was stopped: the model "
                "behind it has changed",
                where=self.name,
                fix=f"begin afresh: remove{folder} start again; answers of two models are never mixed",
            )

    def _again(self, batches: list[_Earlier]) -> list[NDArray[Any]]:
        return [self._fetched(self.mapping.request(b.records), len(b.records), b.reading) for b in batches]

    def _fetched(self, body: bytes, n: int, reading: Reading) -> NDArray[Any]:
        if self._client is None:
            self._client = Client(self.endpoint, Meter(self.endpoint, self.tally, self._keep_tally))
        try:
            return self._read(self._client.ask(body, Load(n)), n, reading)
        except ModelError as error:
            raise ModelError(error.what, where=error.where, fix=f"{error.fix}; {self._so_far()}") from None

    def _read(self, content: Any, n: int, reading: Reading) -> NDArray[Any]:
        if self.classes is None or reading == "values":
            return self.mapping.read_values(content, n=n)
        if reading == "labels":
            return self.mapping.read_labels(content, n=n, classes=self.classes)
        return self.mapping.read_probabilities(content, n=n, classes=self.classes, top=self._top)

    def _so_far(self) -> str:
        tally, price = self.tally, self.endpoint.price
        cost = (
            ""
            if price is None
            else f", {price.cost(queries=tally.queries, requests=tally.requests):g} {price.currency}"
        )
        kept = "" if self._store is None else "; answers had so far are kept and will not be asked for again"
        return f"so far {tally.queries} queries in {tally.requests} requests{cost}{kept}"

    def _keep_tally(self) -> None:
        if self._store is not None:
            tally = self.tally
            self._store.put(
                self._tally_key,
                {name: np.array(getattr(tally, name)) for name in ("queries", "requests", "answered")},
            )


def _differs(first: NDArray[Any], second: NDArray[Any]) -> BoolArray:
    """(n,) whether answers about a record differ: rows of probabilities, values, or places of labels."""
    apart = ~np.isclose(first, second, rtol=SAME, atol=SAME)
    return np.asarray(apart.reshape(len(first), -1).any(axis=1))


def _nothing() -> None:
    """Nothing is counted."""
