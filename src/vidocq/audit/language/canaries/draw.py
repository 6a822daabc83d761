"""Drawing canaries: which texts, how often, and a fair coin for each - registered before anybody trains."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from vidocq.audit.language.canaries.canary import KINDS, Kind, TextCanary
from vidocq.audit.language.canaries.invented import canary_of, invented, names_there_are, nonsense
from vidocq.audit.language.canaries.outliers import natural_outliers
from vidocq.audit.language.canaries.register import TextDraw, canaries_hash, sealed
from vidocq.core.errors import ConfigurationError
from vidocq.core.language import ScoresTexts
from vidocq.core.text import Lang
from vidocq.dossier.canary_draw import CanaryDraw, register_draw
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.measure.demands import require_share
from vidocq.measure.guesses import plan_guesses
from vidocq.measure.one_run_bounds import bound_named

NUMBERS: Mapping[int, int] = {1: 100, 4: 20, 16: 20, 64: 20}
_WHERE = "draw_text_canaries"


def draw_text_canaries(
    *,
    rng: np.random.Generator,
    numbers: Mapping[int, int] = NUMBERS,
    kinds: Sequence[Kind] = ("secret", "person"),
    text_lang: str = "fr",
    corpus: Sequence[str] | None = None,
    reference: ScoresTexts | None = None,
    epsilon: float | None = None,
    delta: float | None = None,
    guesses: int | None = None,
    bound: str = "f-dp",
    level: float = 0.95,
    dossier: str | None = None,
) -> TextDraw:
    """Draws canaries, throws a fair coin for each, and registers all that is fixed before training.

    numbers    repetitions: how many canaries; about half of each are planted, the others are their controls.
    kinds      of the canaries, in turn: "secret" and "person" are invented texts whose secret can be counted; "outlier" is a
               text of the corpus; "nonsense" is words of the corpus (or invented ones) at random, the strongest for
               epsilon, for nothing else that is learnt makes it likelier.   text_lang  "fr" or "en", of invented texts.
    corpus     texts to be trained on, from which outliers and words are taken; outliers whose coin says so have to be taken out of it
               (`insert_text_canaries` does).   reference  a model by which outliers are chosen.
    delta      of a claim of differential privacy, about the canaries planted once; with `epsilon`, expected, from which
               the number of guesses is planned, or with their number, `guesses`, even. None: epsilon is not asked about.
    bound      as of `draw_canaries`.
    dossier    SQLAlchemy URL of the ledger; without one nothing proves that all this was fixed beforehand.
    Raises     ConfigurationError, SampleTooSmall, LedgerError.
    """
    _require(numbers, kinds, corpus)
    canaries = _canaries(numbers, kinds, Lang(text_lang), corpus, reference, rng)
    once = sum(canary.repetition == 1 for canary in canaries)
    number = _guesses(once, epsilon=epsilon, delta=delta, guesses=guesses, bound=bound, level=level)
    included, salt = rng.random(len(canaries)) < 0.5, rng.bytes(16).hex()
    terms = CanaryDraw(
        canaries=canaries_hash(canaries),
        coins=sealed(included, salt),
        count=once,
        guesses=number,
        delta=0.0 if delta is None else delta,
        level=level,
        bound=bound,
    )
    if dossier is not None:
        with Ledger.open(require_kept(dossier)) as ledger:
            register_draw(ledger, terms)
    return TextDraw(canaries=canaries, included=included, salt=salt, terms=terms, registered=dossier is not None)


def _canaries(
    numbers: Mapping[int, int],
    kinds: Sequence[Kind],
    lang: Lang,
    corpus: Sequence[str] | None,
    reference: ScoresTexts | None,
    rng: np.random.Generator,
) -> tuple[TextCanary, ...]:
    wanted = [times for times, number in sorted(numbers.items()) for _ in range(number)]
    kind_of = [kinds[i % len(kinds)] for i in range(len(wanted))]
    sources: dict[Kind, Iterator[tuple[str, str, str, str]]] = {}
    for kind in dict.fromkeys(kinds):
        if kind == "outlier":
            texts = corpus or []
            rows = natural_outliers(texts, kind_of.count(kind), reference=reference)
            # The most surprising are not all planted once: chance says how often each is.
            sources[kind] = iter([(texts[i], "", "", "") for i in rng.permutation(rows)])
        elif kind == "nonsense":
            sources[kind] = nonsense(corpus, rng=rng)
        else:
            sources[kind] = invented(kind, lang=lang, rng=rng)
    return tuple(
        canary_of(kind, next(sources[kind]), repetition=times) for kind, times in zip(kind_of, wanted, strict=True)
    )


def _guesses(
    canaries: int, *, epsilon: float | None, delta: float | None, guesses: int | None, bound: str, level: float
) -> int:
    require_share(level, name="level", where=_WHERE)
    bound_named(bound)
    if delta is None:
        if epsilon is not None or guesses is not None:
            raise ConfigurationError("epsilon means nothing without delta", where=_WHERE, fix="give delta too")
        return 0
    require_share(delta, name="delta", where=_WHERE)
    if (epsilon is None) == (guesses is None):
        raise ConfigurationError(
            "the number of guesses is planned from an expected epsilon, or given",
            where=_WHERE,
            fix="give one of the two",
        )
    if guesses is None:
        guesses = plan_guesses(canaries, epsilon=float(epsilon or 0.0), delta=delta, bound=bound, level=level).number
    if guesses < 2 or guesses % 2 or guesses > canaries:
        raise ConfigurationError(
            f"{guesses} guesses cannot be made about {canaries} canaries planted once",
            where=_WHERE,
            fix="give an even number, from 2 to the number of canaries planted once",
        )
    return guesses


def _require(numbers: Mapping[int, int], kinds: Sequence[Kind], corpus: Sequence[str] | None) -> None:
    if not numbers or not all(times >= 1 and number >= 1 for times, number in numbers.items()):
        raise ConfigurationError(
            "no canary was asked for, or one planted less than once",
            where=_WHERE,
            fix="give numbers such as {1: 100}",
        )
    if not kinds or not set(kinds) <= set(KINDS):
        raise ConfigurationError(
            "there is no such kind of canary", where=_WHERE, fix=f"choose among: {', '.join(KINDS)}"
        )
    if "outlier" in kinds and not corpus:
        raise ConfigurationError(
            "outliers are taken from a corpus, and none was given",
            where=_WHERE,
            fix="give the texts to be trained on",
        )
    if sum(numbers.values()) > names_there_are() // 4:
        raise ConfigurationError(
            "so many canaries cannot all bear a name of their own",
            where=_WHERE,
            fix=f"draw {names_there_are() // 4} at most",
        )
