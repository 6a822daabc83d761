"""Which measurements an audit makes of a language model besides membership, and which it cannot, with the reason."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vidocq.attacks.canary import Canary
from vidocq.attacks.extraction import Extraction
from vidocq.audit.configuration import LanguageSection
from vidocq.audit.language.canaries.measure import CanaryOptions, measure_canaries
from vidocq.audit.language.extraction import ExtractionOptions, measure_extraction
from vidocq.audit.language.material import Material
from vidocq.audit.language.measuring import Measurement, Scope
from vidocq.audit.language.passages import Side
from vidocq.audit.language.population import TextPopulation
from vidocq.audit.language.subject import LanguageSubject
from vidocq.audit.suite import Suite
from vidocq.core.language import LanguageModel, ScoresContinuations
from vidocq.core.measured import Measured
from vidocq.core.seeds import Seeds
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.dossier.ledger import Ledger
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store

KNOWN_QUERIES, REAL_QUERIES = 1000, 20
"""Budget of an attacker for one beginning of a text: where probabilities are told, and where each answer is asked for."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """All that a measurement may need.

    subject     what is audited.   model  the audited model, opened for this audit.   base  what it was fine-tuned from, or None.
    sides       texts of both sides; None without members.
    """

    subject: LanguageSubject
    model: LanguageModel
    base: LanguageModel | None
    sides: TextPopulation | None
    material: Material
    section: LanguageSection
    form: str
    seed: int
    ledger: Ledger | None = None
    store: Store | None = None
    progress: Progress | None = None


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of measurement.

    lacks   why it cannot be made of this subject and material; None if it can.
    tested  what its registered test speaks of; None if it registers none.
    queries  most questions put to the model; None where nobody can tell beforehand.
    """

    id: str
    lacks: Callable[[LanguageSubject, Material], Text | None]
    run: Callable[[Asked], Measured]
    tested: Scope | None = None
    queries: Callable[[LanguageSubject, Material, LanguageSection], int | None] = lambda *_: None


@dataclass(frozen=True, eq=False)
class Planned:
    """kinds  to be measured, in order.   absent  what was asked for by the suite or by a file, and cannot be."""

    kinds: tuple[Kind, ...]
    absent: tuple[NotMeasured, ...]

    def tests(self, scope: Scope) -> tuple[tuple[str, Scope], ...]:
        """Registered direct tests. Through a system, everything that is tested is the system."""
        tested = [(kind.id, kind.tested) for kind in self.kinds if kind.tested is not None]
        return tuple((name, "system" if scope == "system" else of) for name, of in tested)

    def measurements(self, asked: Asked) -> list[Measurement]:
        return [Measurement(kind.id, _bound(kind, asked), kind.tested) for kind in self.kinds]


def plan_measurements(subject: LanguageSubject, material: Material, suite: Suite) -> Planned:
    """What the suite names, and what a file was given for."""
    given = {"corpus": "divergence", "canaries": "canary", "persons": "person-prompt", "documents": "retrieval"}
    wanted = {*suite.attacks, *(given[name] for name in material.files if name in given)}
    kinds, absent = [], []
    for kind in KINDS:
        if kind.id in wanted:
            lacking = kind.lacks(subject, material)
            if lacking is None:
                kinds.append(kind)
            else:
                absent.append(NotMeasured(kind.id, lacking))
    return Planned(tuple(kinds), tuple(absent))


def passages_of(population: TextPopulation, *, most: int, seed: int) -> tuple[Side, Side]:
    """Texts of members and of the others, at most so many of each, with their persons and how often each was trained on."""
    people, texts = population.people, population.texts
    found = []
    for name, inside in (("members", True), ("non_members", False)):
        rows = np.flatnonzero(people.is_member_record == inside)
        if len(rows) > most:
            rows = np.sort(Seeds(seed).generator(f"passages: {name}").permutation(rows)[:most])
        of = [texts[row] for row in rows]
        found.append(Side(texts=of, persons=people.person[rows], repeated=population.copies[rows]))
    return found[0], found[1]


def _bound(kind: Kind, asked: Asked) -> Callable[[], Measured]:
    return lambda: kind.run(asked)


def _no_texts(subject: LanguageSubject, material: Material) -> Text | None:
    return NO_TEXTS if subject.members is None else None


def _no_canaries(subject: LanguageSubject, material: Material) -> Text | None:
    return NO_CANARIES if material.canaries is None else None


def _extraction(asked: Asked) -> Measured:
    assert asked.sides is not None  # noqa: S101 - planned only where there are texts
    section = asked.section
    members, others = passages_of(asked.sides, most=section.passages, seed=asked.seed)
    options = ExtractionOptions(
        prefix=section.prefix,
        suffix=section.suffix,
        queries=queries_of(section, asked.subject),
        edits=section.edits,
        form=asked.form,
        system=section.system,
    )
    return measure_extraction(
        asked.model, members, others, decoding=section.decoding, seed=asked.seed, base=asked.base, options=options
    )


def _canaries(asked: Asked) -> Measured:
    assert asked.material.canaries is not None  # noqa: S101 - planned only where there are some
    return measure_canaries(
        asked.model,
        asked.material.canaries,
        decoding=asked.section.decoding,
        seed=asked.seed,
        options=CanaryOptions(
            queries=queries_of(asked.section, asked.subject), form=asked.form, system=asked.section.system
        ),
        ledger=asked.ledger,
    )


def queries_of(section: LanguageSection, subject: LanguageSubject) -> int:
    """The attacker's budget, unless the user sets it: counted where it is computed, small where it is really asked."""
    if section.queries is not None:
        return section.queries
    computed = subject.outputs == "logprobs" and isinstance(subject.model, ScoresContinuations)
    return KNOWN_QUERIES if computed else REAL_QUERIES


def _extraction_queries(subject: LanguageSubject, material: Material, section: LanguageSection) -> int | None:
    """What is really asked: in closed form each beginning is read once or twice, otherwise answered."""
    sides = (subject.members, subject.non_members)
    passages = sum(min(len(side), section.passages) for side in sides if side is not None)
    once = 0 if section.decoding.is_greedy else 1
    if subject.outputs == "logprobs" and isinstance(subject.model, ScoresContinuations):
        return passages * (1 + once)
    return passages * (once + (queries_of(section, subject) if once else 1))


KINDS = (
    Kind(Extraction.card.id, _no_texts, _extraction, "model", _extraction_queries),
    Kind(Canary.card.id, _no_canaries, _canaries),
)
"""In the order in which they are made: cheapest first."""
NO_TEXTS = Text(
    fr="Il faut des textes d'entraînement et des textes témoins ; aucun n'a été fourni.",
    en="Training texts and control texts are needed; none were given.",
)
NO_CANARIES = Text(
    fr="Aucun registre de marqueurs n'a été fourni : il faut en insérer avant l'entraînement.",
    en="No register of canaries was given: they have to be inserted before training.",
)
