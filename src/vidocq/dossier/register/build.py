"""From facts and decisions to the register of article 30 that is ours to keep."""

from collections.abc import Iterable, Iterator, Mapping

from vidocq.core.text import Text
from vidocq.dossier.decision import UNDETERMINED, Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Actor, Operation
from vidocq.dossier.reading import Reading
from vidocq.dossier.register import content, parties
from vidocq.dossier.register.entry import Column, NotEntered, Register, RegisterEntry
from vidocq.dossier.register.place import DECIDING, Place, part_path
from vidocq.dossier.register.transfers import transfers

NO_PERSONAL_DATA = Text(
    fr="Aucun des jeux de cette opération ne contient de données personnelles : pas d'entrée au registre.",
    en="None of this operation's sets holds personal data: no entry in the register.",
)
NOT_OURS = Text(
    fr="Aucun acteur déclaré comme étant vous n'y prend part : cette entrée ne vous revient pas.",
    en="No party stated to be you takes part in it: this entry is not yours to keep.",
)
UNKNOWN = Text(
    fr="On ne sait pas encore qui y prend part, ni si c'est vous : l'entrée reste à compléter.",
    en="It is not known yet who takes part in it, or whether that is you: the entry is to be completed.",
)
ROLE_UNKNOWN = Text(
    fr="Votre qualification pour cette opération n'est pas établie : l'entrée reste à compléter.",
    en="Your role in this operation is not settled: the entry is to be completed.",
)
SETTLE_ROLE = Text(
    fr="Apprécier votre qualification : responsable de traitement, responsable conjoint ou sous-traitant ?",
    en="Judge your role: controller, joint controller or processor?",
)


def build_register(facts: Facts, decisions: Iterable[Decision]) -> Register:
    """The entries that the parties stated to be us must keep, in the order of the operations.

    decisions  those of the rules "role" and "transfer" count; without them the columns that rest on them are to be
               completed. Where "legal-basis" does not take a set to be without persons, a "no" counts as not said. The exemption of article 30.5 is not assumed. Never raises on facts.
    """
    known = tuple(decisions)
    facts = _as_found(facts, known)
    roles = _roles(known)
    lacking = {each.subject: each.missing for each in known if each.rule == "role"}
    moved = {each.subject: each for each in known if each.rule == "transfer"}
    entries: list[RegisterEntry] = []
    left: list[NotEntered] = []
    read = Reading()
    for operation in read.of(facts, "operations", at="") or ():
        found = _skipped(facts, operation)
        if found is not None:
            left.append(found)
            continue
        for actor in _ours(facts, operation):
            made = list(_entries(facts, operation, actor, roles, moved))
            entries += made
            if not made:
                left.append(_unsettled(part_path(operation.id, actor.id), roles, lacking))
    if facts.operations is None:
        left.append(NotEntered(subject="", reason=UNKNOWN, missing=read.missing))
    return Register(
        controller=tuple(entry for entry in entries if entry.capacity == "controller"),
        processor=tuple(entry for entry in entries if entry.capacity == "processor"),
        not_entered=tuple(left),
    )


def _roles(decisions: Iterable[Decision]) -> dict[str, str]:
    """One role for each part; two that differ, of an actor listed twice in an operation, are to be judged."""
    found: dict[str, str] = {}
    for decision in decisions:
        if decision.rule == "role":
            is_same = found.get(decision.subject, decision.value) == decision.value
            found[decision.subject] = decision.value if is_same else "to_judge"
    return found


def _ours(facts: Facts, operation: Operation) -> Iterator[Actor]:
    taking_part = {part.actor for part in operation.parts or ()}
    for actor in facts.actors or ():
        if actor.id in taking_part and actor.is_us:
            yield actor


def _as_found(facts: Facts, decisions: Iterable[Decision]) -> Facts:
    """Facts in which a set that is stated to hold no personal data, against a scan or without proof, says nothing of it."""
    held = {one.subject for one in decisions if one.rule == "legal-basis" and one.value != "not_needed"}
    if facts.datasets is None or not held:
        return facts
    sets = tuple(
        dataset.model_copy(update={"personal_data": None})
        if dataset.personal_data is False and f"datasets.{dataset.id}" in held
        else dataset
        for dataset in facts.datasets
    )
    return facts.model_copy(update={"datasets": sets})


def _skipped(facts: Facts, operation: Operation) -> NotEntered | None:
    """Why the operation has no entry at all, where that can be said; None if some of us takes part in it."""
    subject = f"operations.{operation.id}"
    if _without_personal_data(facts, operation):
        return NotEntered(subject=subject, reason=NO_PERSONAL_DATA, missing={})
    if any(_ours(facts, operation)):
        return None
    read = Reading()
    read.of(operation, "parts", at=subject)
    listed = {actor.id: actor for actor in read.of(facts, "actors", at="") or ()}
    for part in operation.parts or ():
        if part.actor in listed:
            read.of(listed[part.actor], "is_us", at=f"actors.{part.actor}")
        else:
            read.lacks(f"actors.{part.actor}", parties.DESCRIBE_ACTOR)
    return NotEntered(subject=subject, reason=UNKNOWN if read.missing else NOT_OURS, missing=read.missing)


def _without_personal_data(facts: Facts, operation: Operation) -> bool:
    """True only if every set of the operation is stated to hold none."""
    held = {dataset.id: dataset.personal_data for dataset in facts.datasets or ()}
    return bool(operation.datasets) and all(held.get(name) is False for name in operation.datasets or ())


def _unsettled(subject: str, roles: Mapping[str, str], lacking: Mapping[str, Mapping[str, Text]]) -> NotEntered:
    missing = lacking.get(subject, {}) if roles.get(subject) == UNDETERMINED else {}
    return NotEntered(subject=subject, reason=ROLE_UNKNOWN, missing=missing or {subject: SETTLE_ROLE})


def _entries(
    facts: Facts,
    operation: Operation,
    actor: Actor,
    roles: Mapping[str, str],
    moved: Mapping[str, Decision],
) -> Iterator[RegisterEntry]:
    """None where the role is not settled; two for a processor that reuses the data on its own account."""
    role = roles.get(part_path(operation.id, actor.id), UNDETERMINED)

    def place(*, is_own_reuse: bool) -> Place:
        return Place(
            facts=facts, operation=operation, actor=actor, is_own_reuse=is_own_reuse, roles=roles, transfers=moved
        )

    if role in DECIDING or role == "controller_of_reuse":
        here = place(is_own_reuse=role == "controller_of_reuse")
        yield RegisterEntry(
            capacity="controller",
            operation=operation.id,
            actor=actor.id,
            is_own_reuse=here.is_own_reuse,
            columns=_as_controller(here),
        )
    if role in {"processor", "controller_of_reuse"}:
        here = place(is_own_reuse=False)
        yield RegisterEntry(capacity="processor", operation=operation.id, actor=actor.id, columns=_as_processor(here))


def _as_controller(place: Place) -> tuple[Column, ...]:
    return (
        parties.controller(place),
        content.purposes(place),
        content.persons(place),
        content.data(place),
        parties.recipients(place),
        transfers(place, article="30.1.e"),
        content.retention(place),
        content.security(place, article="30.1.g"),
    )


def _as_processor(place: Place) -> tuple[Column, ...]:
    return (
        parties.processor(place),
        content.processing(place),
        transfers(place, article="30.2.c"),
        content.security(place, article="30.2.d"),
    )
