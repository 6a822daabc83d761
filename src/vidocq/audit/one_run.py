"""One training run with canaries: draw the coins before it, guess them after it, and bound epsilon.

    draw = vidocq.draw_canaries(X, y, rng=np.random.default_rng(), epsilon=4.0, delta=1e-5, dossier="sqlite:///d.db")
    model.fit(np.vstack([X_train, X[draw.included]]), np.concatenate([y_train, y[draw.included]]))
    print(vidocq.one_run(model, draw, dossier="sqlite:///d.db"))

Good canaries are unlike everything else: a feature of their own, or a label that nothing else suggests.
"""

import hashlib
import io
import zipfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from vidocq.attacks.one_run import OneRun
from vidocq.audit.sampling.fingerprint import fingerprints
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.canonical import sha256
from vidocq.core.cards import AttackCard
from vidocq.core.errors import ConfigurationError, DataError, SignalError
from vidocq.core.estimate import Estimate
from vidocq.core.files import write_atomic
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.text import Lang, Text
from vidocq.dossier.canary_draw import CanaryDraw, record_guesses, register_draw
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.measure.demands import require_share
from vidocq.measure.guesses import plan_guesses
from vidocq.measure.one_run_bounds import bound_named
from vidocq.targets.memory import from_arrays
from vidocq.targets.observe import observe
from vidocq.targets.sklearn import SklearnModel

FORMAT = "vidocq.canaries/1"
_SHOWN = Text(
    fr="{v} réponses justes sur {r} : ε dépasse {low} pour δ = {delta} (au niveau {level} %) ; tant de réponses "
    "pouvaient démontrer {top} au plus.",
    en="{v} of {r} guesses right: epsilon exceeds {low} at delta = {delta} ({level} % level); so many guesses could "
    "show {top} at most.",
)
_NOTHING = Text(
    fr="{v} réponses justes sur {r} : rien n'est démontré sur ε pour δ = {delta} (au niveau {level} %), ce qui ne prouve "
    "pas qu'il soit petit.",
    en="{v} of {r} guesses right: nothing is shown about epsilon at delta = {delta} ({level} % level), which does not "
    "prove it small.",
)


@dataclass(frozen=True, eq=False)
class Draw:
    """Canaries and their coins; secret until the model is trained and asked.

    included    (m,) bool: train on these canaries, and on none of the others.
    terms       what was registered, or would have been.
    registered  whether a ledger holds it.
    """

    records: Records
    included: BoolArray
    salt: str
    terms: CanaryDraw
    registered: bool

    def save(self, path: str | Path) -> None:
        """Keeps the coins, not the records, readable by their owner only."""
        stream = io.BytesIO()
        np.savez(
            stream,
            allow_pickle=False,
            format=np.array(FORMAT),
            included=self.included,
            salt=np.array(self.salt),
            registered=np.array(self.registered),
            **{name: np.array(value) for name, value in asdict(self.terms).items()},
        )
        write_atomic(Path(path), stream.getvalue(), mode=0o600)


@dataclass(frozen=True, kw_only=True)
class OneRunResult:
    """What one run showed: `correct` of the registered guesses were right.

    epsilon_low  the training is not (epsilon, delta)-private below this, at the registered level.
    ceiling      what the same number of guesses would have shown, all of them right.
    baseline     the bound from guesses made blindly.   control  the bound against coins that trained nothing.
    queries      asked of the model.
    """

    terms: CanaryDraw
    correct: int
    epsilon_low: float
    ceiling: float
    baseline: float
    control: float
    queries: int
    registration: str | None
    lang: Lang = Lang.fr
    card: ClassVar[AttackCard] = OneRun.card

    def to_dict(self) -> dict[str, Any]:
        """An entry of `results` in audit.json. The interval goes from what was shown to the ceiling."""
        return {
            "id": self.card.id,
            "criterion": "singling_out",
            "quantity": self._quantity().to_dict(),
            "estimate": self._estimate(self.epsilon_low),
            "baseline": self._estimate(self.baseline),
            "control": self._estimate(self.control),
            "p_holm": None,
            "cost": {"queries": self.queries, "reference_models": 0},
            "canaries": self.terms.count,
            "guesses": self.terms.guesses,
            "correct": self.correct,
            "delta": self.terms.delta,
            "bound": self.terms.bound,
            "ceiling": self.ceiling,
            "registration": self.registration,
            "limits": self.card.limits.to_dict(),
            "source": self.card.source,
        }

    @property
    def sentence(self) -> Text:
        """What was shown, to read aloud."""
        terms = self.terms
        told = {
            "v": self.correct,
            "r": terms.guesses,
            "delta": f"{terms.delta:g}",
            "level": f"{100 * terms.level:g}",
            "low": f"{self.epsilon_low:.2f}",
            "top": f"{self.ceiling:.2f}",
        }
        with_commas = {name: str(value).replace(".", ",") for name, value in told.items()}
        text = _SHOWN if self.epsilon_low > 0.0 else _NOTHING
        return Text(text.fr.format(**with_commas), text.en.format(**told))

    def __str__(self) -> str:
        return self.sentence.to(self.lang)

    def _estimate(self, shown: float) -> dict[str, Any]:
        return Estimate(shown, shown, max(self.ceiling, shown), self.terms.level, self.terms.guesses).to_dict()

    def _quantity(self) -> Text:
        delta, m, r = self.terms.delta, self.terms.count, self.terms.guesses
        gaussian = self.terms.bound == "f-dp-gaussian"
        return Text(
            fr=f"Borne inférieure de ε pour δ = {delta:g}{', si le bruit ajouté est gaussien' if gaussian else ''} "
            f"({r} réponses sur {m} marqueurs insérés) ; l'intervalle va de ce qui est démontré à ce que tant de "
            "réponses démontreraient au plus",
            en=f"Lower bound of epsilon at delta = {delta:g}{', if the noise added is Gaussian' if gaussian else ''} "
            f"({r} guesses about {m} canaries); the interval goes from what was shown to the most that so many guesses "
            "could show",
        )


def draw_canaries(
    features: Any,
    labels: Any,
    *,
    rng: np.random.Generator,
    delta: float,
    epsilon: float | None = None,
    guesses: int | None = None,
    bound: str = "f-dp",
    level: float = 0.95,
    dossier: str | None = None,
) -> Draw:
    """Throws a fair coin for each canary record, and registers all that is fixed before training.

    features, labels  (m, d) and (m,): the canaries. They must be nowhere else in the training data.
    epsilon           expected of the training, from which the number of guesses is planned.
    guesses           their number, even, instead of `epsilon`.
    bound             "f-dp" or "steinke" for any training; "f-dp-gaussian" if its claim rests on Gaussian noise.
    delta             in (0, 1), as claimed.   level  of the bound.
    dossier           SQLAlchemy URL of the ledger; without one nothing proves that the number was fixed beforehand.
    Raises            DataError, ConfigurationError, LedgerError.
    """
    records = from_arrays(features, labels, name="canaries")
    ledger = None if dossier is None else Ledger.open(require_kept(dossier))
    try:
        return draw_records(
            records, rng=rng, delta=delta, epsilon=epsilon, guesses=guesses, bound=bound, level=level, ledger=ledger
        )
    finally:
        if ledger is not None:
            ledger.close()


def draw_records(
    records: Records,
    *,
    rng: np.random.Generator,
    delta: float,
    epsilon: float | None,
    guesses: int | None,
    bound: str,
    level: float,
    ledger: Ledger | None,
) -> Draw:
    """`draw_canaries` on records that are loaded, with an open ledger or none."""
    where = "draw_canaries"
    require_share(delta, name="delta", where=where)
    require_share(level, name="level", where=where)
    bound_named(bound)
    if (epsilon is None) == (guesses is None):
        raise ConfigurationError(
            "the number of guesses is planned from an expected epsilon, or given",
            where=where,
            fix="give one of the two",
        )
    if guesses is None:
        guesses = plan_guesses(
            len(records), epsilon=float(epsilon or 0.0), delta=delta, bound=bound, level=level
        ).number
    if guesses < 2 or guesses % 2 or guesses > len(records):
        raise ConfigurationError(
            f"{guesses} guesses cannot be made about {len(records)} canaries",
            where=where,
            fix="give an even number, from 2 to the number of canaries",
        )
    included, salt = rng.random(len(records)) < 0.5, rng.bytes(16).hex()
    terms = CanaryDraw(
        canaries=_records_in_order(records),
        coins=_sealed(included, salt),
        count=len(records),
        guesses=guesses,
        delta=delta,
        level=level,
        bound=bound,
    )
    if ledger is not None:
        register_draw(ledger, terms)
    return Draw(records, included, salt, terms, ledger is not None)


def load_draw(path: str | Path, records: Records) -> Draw:
    """What `Draw.save` kept, for the same records in the same order. Raises DataError if the two do not fit."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            held = {name: archive[name] for name in archive.files}
        if str(held["format"]) != FORMAT:
            raise KeyError("format")
        terms = CanaryDraw(
            canaries=str(held["canaries"]),
            coins=str(held["coins"]),
            count=int(held["count"]),
            guesses=int(held["guesses"]),
            delta=float(held["delta"]),
            level=float(held["level"]),
            bound=str(held["bound"]),
        )
        draw = Draw(records, held["included"].astype(bool), str(held["salt"]), terms, bool(held["registered"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as reason:
        raise DataError(
            f"the coins cannot be read ({type(reason).__name__})",
            where=Path(path).name,
            fix="give the file that the draw wrote",
        ) from None
    _require_whole(draw)
    return draw


def one_run(
    model: Any, draw: Draw, *, scores: Any = None, dossier: str | None = None, lang: str = "fr"
) -> OneRunResult:
    """Guesses the coins from what the trained model says of the canaries, once, and bounds epsilon.

    model    a fitted scikit-learn model, or any with `classes` and `probabilities` or `predictions` (core.protocols);
             not asked, and may be None, if scores are given.
    scores   (m,) rising with training on the canary, such as its gradient's projection; the confidence without it.
    dossier  the ledger of the draw; there the guesses are recorded before their success is told.
    Raises   DataError if the draw was tampered with, SignalError, LedgerError if it was not registered there or was
             guessed in another way.
    """
    ledger = None if dossier is None else Ledger.open(require_kept(dossier), must_exist=True)
    try:
        return replace(guess_draw(model, draw, scores=scores, ledger=ledger), lang=Lang(lang))
    finally:
        if ledger is not None:
            ledger.close()


def guess_draw(model: Any, draw: Draw, *, scores: Any, ledger: Ledger | None) -> OneRunResult:
    """`one_run` with an open ledger or none."""
    _require_whole(draw)
    if draw.registered and ledger is None:
        raise ConfigurationError(
            "these canaries were registered", where="one_run", fix="give the ledger that they were registered in"
        )
    told = _confidence(model, draw.records) if scores is None else _given(scores, draw.terms.count)
    queries = draw.terms.count if scores is None else 0
    return guess_coins(draw.terms, draw.included, draw.salt, told, ledger=ledger, queries=queries)


def guess_coins(
    terms: CanaryDraw, coins: BoolArray, salt: str, scores: FloatArray, *, ledger: Ledger | None, queries: int
) -> OneRunResult:
    """Guesses `terms.count` coins from as many scores, once, and bounds epsilon; recorded in the ledger if there is one.

    coins, scores  (count,).   salt  of the draw, in hexadecimal.
    """
    # Equal scores are ordered by a stream of the draw's own, so that a replay makes the same guesses.
    seeds = Seeds(int(salt, 16))
    guesses = OneRun().guess(scores, number=terms.guesses, rng=seeds.generator("ties"))
    correct = _right(guesses, coins)
    shown = _bound(terms, correct)
    if ledger is not None:
        digest = sha256(guesses.astype(np.int8).tobytes())
        record_guesses(ledger, terms, guesses=digest, correct=correct, epsilon_low=shown)
    blindly = seeds.generator("baseline").permutation(guesses)
    other_coins = seeds.generator("control").random(terms.count) < 0.5
    return OneRunResult(
        terms=terms,
        correct=correct,
        epsilon_low=shown,
        ceiling=_bound(terms, terms.guesses),
        baseline=_bound(terms, _right(blindly, coins)),
        control=_bound(terms, _right(guesses, other_coins)),
        queries=queries,
        registration=terms.hash if ledger is not None else None,
    )


def _bound(terms: CanaryDraw, correct: int) -> float:
    return bound_named(terms.bound)(terms.count, terms.guesses, correct, delta=terms.delta, level=terms.level)


def _right(guesses: IntArray, coins: BoolArray) -> int:
    return int(((guesses == 1) & coins).sum() + ((guesses == -1) & ~coins).sum())


def _given(scores: Any, count: int) -> FloatArray:
    try:
        told = np.asarray(scores, dtype=np.float64)
    except (TypeError, ValueError):
        told = np.empty(0)
    if told.shape != (count,):
        raise SignalError(
            f"scores of shape {told.shape} are not one number for each of {count} canaries",
            where="one_run, scores",
            fix="give one score per canary, in their order",
        )
    return told


def _confidence(model: Any, records: Records) -> FloatArray:
    asked: Model = model if hasattr(model, "classes") and hasattr(model, "predictions") else SklearnModel(model)
    scale = None if asked.classes is not None else float(np.std(records.labels.astype(float)))
    # The tolerance settles which answers are correct, and no guess is made from that.
    return observe(asked, records, outputs="probabilities", scale=scale, tolerance=0.0).confidence


def _records_in_order(records: Records) -> str:
    return sha256(fingerprints(records).tobytes())


def _sealed(included: BoolArray, salt: str) -> str:
    return hashlib.sha256(salt.encode() + np.packbits(included).tobytes()).hexdigest()


def _require_whole(draw: Draw) -> None:
    same_records = draw.terms.canaries == _records_in_order(draw.records)
    if not same_records or draw.terms.coins != _sealed(draw.included, draw.salt):
        raise DataError(
            "the canaries or their coins are not those that were drawn",
            where="canaries",
            fix="give the same canaries in the same order, and the coins as they were written",
        )
