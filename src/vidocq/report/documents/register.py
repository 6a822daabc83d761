"""The register of processing activities (article 30), as entries to keep; what is missing is said, never invented."""

from collections.abc import Iterator

from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.register import Register, build_register
from vidocq.dossier.register.entry import RegisterEntry
from vidocq.report.documents.tree import Block, Document, Grid, Listing, Paragraph, Section
from vidocq.report.documents.words import FOOT, subject

TITLE = Text(fr="Registre des activités de traitement", en="Record of processing activities")
CONTROLLER = Text(fr="Comme responsable de traitement (article 30.1)", en="As controller (article 30(1))")
PROCESSOR = Text(fr="Comme sous-traitant (article 30.2)", en="As processor (article 30(2))")
LEFT = Text(fr="Ce qui n'a pas d'entrée", en="What has no entry")
ENTRY = Text(fr="Opération {operation}, acteur {actor}", en="Operation {operation}, party {actor}")
OWN_REUSE = Text(
    fr="Opération {operation}, acteur {actor} : réutilisation pour son propre compte",
    en="Operation {operation}, party {actor}: reuse on its own account",
)
ITEM = Text(fr="Mention", en="Item")
HELD = Text(fr="Contenu", en="Content")
NO_ENTRY = Text(fr="Aucune entrée.", en="No entry.")
NOT_MOVED = Text(
    fr="Entrées établies d'après les faits déclarés, pour les seules opérations décrites dans ce dossier ; la dispense de "
    "l'article 30.5 n'est pas supposée.",
    en="Entries drawn up from the facts stated, for the operations described in this file only; the exemption of article 30(5) is "
    "not assumed.",
)


def register(assessed: Assessment) -> Document:
    found = build_register(assessed.state.facts, assessed.decisions)
    return Document(
        name="register",
        title=TITLE,
        subject=subject(assessed),
        sections=(
            Section(id="controller", title=CONTROLLER, blocks=tuple(_entries(found.controller))),
            Section(id="processor", title=PROCESSOR, blocks=tuple(_entries(found.processor))),
            *([Section(id="left", title=LEFT, blocks=(_left(found),))] if found.not_entered else []),
        ),
        foot=(NOT_MOVED, FOOT),
    )


def entry_title(entry: RegisterEntry) -> Text:
    words = OWN_REUSE if entry.is_own_reuse else ENTRY
    return words.fill(operation=entry.operation, actor=entry.actor)


def _entries(entries: tuple[RegisterEntry, ...]) -> Iterator[Block]:
    if not entries:
        yield Paragraph(NO_ENTRY)
    for place, entry in enumerate(entries, start=1):
        rows = tuple(
            (
                Text(fr=f"{column.title.fr} ({column.article})", en=f"{column.title.en} ({column.article})"),
                Text(fr=" ; ".join(line.fr for line in column.shown), en="; ".join(line.en for line in column.shown)),
            )
            for column in entry.columns
        )
        yield Grid(f"{entry.capacity}-{place}", entry_title(entry), (ITEM, HELD), rows)


def _left(found: Register) -> Listing:
    return Listing(
        tuple(
            Text(
                fr=" ".join(
                    [_about(one.subject, Lang.fr), one.reason.fr, *(words.fr for words in one.missing.values())]
                ),
                en=" ".join(
                    [_about(one.subject, Lang.en), one.reason.en, *(words.en for words in one.missing.values())]
                ),
            )
            for one in found.not_entered
        )
    )


def _about(subject: str, lang: Lang) -> str:
    return f"{item_name(subject).to(lang)} —" if subject else "—"
