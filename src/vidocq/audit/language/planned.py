"""Which measurements an audit makes of a language model besides membership, and which it cannot, with the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from vidocq.attacks.canary import Canary
from vidocq.attacks.divergence import Divergence
from vidocq.attacks.extraction import Extraction
from vidocq.attacks.person_prompt import PersonPrompt
from vidocq.attacks.retrieval import Retrieval
from vidocq.audit.configuration import LanguageSection
from vidocq.audit.language.asking import Asking
from vidocq.audit.language.canaries.measure import measure_canaries
from vidocq.audit.language.corpus import Corpus as Compared
from vidocq.audit.language.divergence import measure_divergence
from vidocq.audit.language.extraction import measure_extraction
from vidocq.audit.language.material import Material
from vidocq.audit.language.measuring import Measurement, Scope
from vidocq.audit.language.options import (
    canary_options,
    divergence_options,
    extraction_options,
    persons_options,
    queries_of,
    retrieval_options,
)
from vidocq.audit.language.passages import Side
from vidocq.audit.language.persons import measure_persons
from vidocq.audit.language.population import TextPopulation
from vidocq.audit.language.retrieval import measure_retrieval
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
from vidocq.targets.served.openai_terms import Form

NO_TEXTS = Text(
    fr="Il faut des textes d'entraînement et des textes témoins ; aucun n'a été fourni.",
    en="Training texts and control texts are needed; none were given.",
)
NO_CANARIES = Text(
    fr="Aucun registre de marqueurs n'a été fourni : il faut en insérer avant l'entraînement.",
    en="No register of canaries was given: they have to be inserted before training.",
)
NO_PERSONS = Text(
    fr="Aucun fichier de personnes n'a été fourni : il n'y a personne sur qui interroger le modèle.",
    en="No file of persons was given: there is nobody to ask the model about.",
)
NO_DOCUMENTS = Text(
    fr="Aucun fichier de documents n'a été fourni : ce que livre le système n'est pas essayé.",
    en="No file of documents was given: what the system hands over is not tried.",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """All that a measurement may need.

    subject     what is audited.   model  the audited model, opened for this audit.   base  what it was fine-tuned from, or None.
    sides       texts of both sides; None without members.
    folder      where texts are indexed meanwhile.   store  where answers are kept; None where the model keeps them itself.
    """

    subject: LanguageSubject
    model: LanguageModel
    base: LanguageModel | None
    sides: TextPopulation | None
    material: Material
    section: LanguageSection
    form: Form
    seed: int
    folder: Path
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
    tested: Callable[[LanguageSubject, Material], Scope | None] = lambda *_: None
    queries: Callable[[LanguageSubject, Material, LanguageSection], int | None] = lambda *_: None


@dataclass(frozen=True, eq=False)
class Planned:
    """kinds  to be measured, in order, each with what its registered test speaks of, if it registers one.
    absent  what was asked for by the suite or by a file, and cannot be.
    """

    kinds: tuple[Kind, ...]
    tested: tuple[Scope | None, ...]
    absent: tuple[NotMeasured, ...]

    def tests(self, scope: Scope) -> tuple[tuple[str, Scope], ...]:
        """Registered direct tests. Through a system, everything that is tested is the system."""
        held = zip(self.kinds, self.tested, strict=True)
        return tuple((kind.id, "system" if scope == "system" else of) for kind, of in held if of is not None)

    def measurements(self, asked: Asked) -> list[Measurement]:
        return [Measurement(kind.id, _bound(kind, asked)) for kind in self.kinds]


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
    tested = tuple(kind.tested(subject, material) for kind in kinds)
    return Planned(tuple(kinds), tested, tuple(absent))


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


def _extraction(asked: Asked) -> Measured:
    assert asked.sides is not None  # noqa: S101 - planned only where there are texts
    section = asked.section
    members, others = passages_of(asked.sides, most=section.passages, seed=asked.seed)
    options = extraction_options(section, asked.subject, asked.form)
    return measure_extraction(
        asked.model, members, others, decoding=section.decoding, seed=asked.seed, base=asked.base, options=options
    )


def _asking(asked: Asked) -> Asking:
    section = asked.section
    return Asking(
        decoding=section.decoding,
        seed=asked.seed,
        most_tokens=section.most_tokens,
        store=asked.store,
        progress=asked.progress,
    )


def _persons(asked: Asked) -> Measured:
    assert asked.material.persons is not None  # noqa: S101 - planned only where there are some
    options = persons_options(asked.section, asked.material, asked.form)
    return measure_persons(asked.model, asked.material.persons, asking=_asking(asked), options=options)


def _divergence(asked: Asked) -> Measured:
    """Compared with the corpus that was named, or else with the texts of both sides."""
    named, sides = asked.material.corpus, asked.sides
    options = divergence_options(asked.section, asked.form)
    measure = partial(measure_divergence, asked.model, asking=_asking(asked), options=options)
    if named is not None:
        units = None if named.persons is None else named.persons.tolist()
        with Compared.of(named.texts, [], folder=asked.folder, units=units) as corpus:
            return measure(corpus=corpus)
    if sides is None:
        return measure(corpus=None)
    texts, inside = np.array(sides.texts, dtype=object), sides.people.is_member_record
    persons = [sides.people.person[rows].tolist() for rows in (inside, ~inside)]
    with Compared.of(
        texts[inside].tolist(), texts[~inside].tolist(), folder=asked.folder, units=[*persons[0], *persons[1]]
    ) as corpus:
        return measure(corpus=corpus)


def _retrieval(asked: Asked) -> Measured:
    assert asked.material.documents is not None  # noqa: S101 - planned only where there are some
    options = retrieval_options(asked.section, asked.form)
    return measure_retrieval(
        asked.model, asked.material.documents, asking=_asking(asked), options=options, folder=asked.folder
    )


def _canaries(asked: Asked) -> Measured:
    assert asked.material.canaries is not None  # noqa: S101 - planned only where there are some
    return measure_canaries(
        asked.model,
        asked.material.canaries,
        decoding=asked.section.decoding,
        seed=asked.seed,
        options=canary_options(asked.section, asked.subject, asked.form),
        ledger=asked.ledger,
    )


def _extraction_queries(subject: LanguageSubject, material: Material, section: LanguageSection) -> int | None:
    """What is really asked: in closed form each beginning is read once or twice, otherwise answered."""
    sides = (subject.members, subject.non_members)
    passages = sum(min(len(side), section.passages) for side in sides if side is not None)
    once = 0 if section.decoding.is_greedy else 1
    if subject.outputs == "logprobs" and isinstance(subject.model, ScoresContinuations):
        return passages * (1 + once)
    return passages * (once + (queries_of(section, subject) if once else 1))


def _of_model(subject: LanguageSubject, material: Material) -> Scope | None:
    return "model"


def _of_system(subject: LanguageSubject, material: Material) -> Scope | None:
    return "system"


def _where_held_out(subject: LanguageSubject, material: Material) -> Scope | None:
    """Recitals are tested only beside texts that the model never saw."""
    return "model" if subject.members is not None and material.corpus is None else None


def _always(subject: LanguageSubject, material: Material) -> Text | None:
    return None


KINDS = (
    Kind(Extraction.card.id, _no_texts, _extraction, _of_model, _extraction_queries),
    Kind(
        Canary.card.id,
        lambda _, material: NO_CANARIES if material.canaries is None else None,
        _canaries,
    ),
    Kind(
        PersonPrompt.card.id,
        lambda _, material: NO_PERSONS if material.persons is None else None,
        _persons,
        _of_model,
        lambda _, material, section: (
            section.person_queries
            * sum(len(one.withheld) for one in material.persons or ())
            * (1 + (section.person_controls if all(one.is_member for one in material.persons or ()) else 0))
        ),
    ),
    Kind(
        Divergence.card.id,
        _always,
        _divergence,
        _where_held_out,
        lambda _, __, section: section.answers,
    ),
    Kind(
        Retrieval.card.id,
        lambda _, material: NO_DOCUMENTS if material.documents is None else None,
        _retrieval,
        _of_system,
        lambda _, material, section: section.document_queries * len(material.documents or ()),
    ),
)
"""In the order in which they are made: cheapest first."""
