"""The points of verification, sheet by sheet: what applies with its state, and why the rest does not."""

from typing import Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.pointwise import Assessed
from vidocq.dossier.assessment.words import LEVELS, PointState
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.referential.sheets import SHEET_TITLES
from vidocq.report.documents.tree import Block, Document, Grid, Listing, Paragraph, Section, same
from vidocq.report.documents.words import FOOT, marked, subject

TITLE = Text(fr="Points de vérification, fiche par fiche", en="Points of verification, sheet by sheet")
SHEET = Text(fr="Fiche {sheet} : {title}", en="Sheet {sheet}: {title}")
APPLY = Text(
    fr="Points qui s'appliquent, ou dont on ne peut encore le dire",
    en="Points that apply, or of which one cannot tell yet",
)
POINT = Text(fr="Point", en="Point")
ASKS = Text(fr="Ce qu'il demande", en="What it asks")
LEVEL = Text(fr="Niveau", en="Level")
STATE = Text(fr="État", en="State")
WHY = Text(fr="Pourquoi", en="Why")
REST = Text(fr="Sans objet ici :", en="Not applicable here:")
NONE_APPLIES = Text(fr="Aucun point de cette fiche ne s'applique.", en="No point of this sheet applies.")
OWN_WORDS = Text(
    fr="Les points sont formulés par Vidocq d'après les fiches de la CNIL, dont le texte fait foi ; certains n'ont pu être "
    "rapprochés du texte officiel.",
    en="Points are worded by Vidocq after the CNIL's sheets, whose text prevails; some could not be compared with the official "
    "text.",
)
_REASONS: Final = 3


def checklist(assessed: Assessment) -> Document:
    return Document(
        name="checklist",
        title=TITLE,
        subject=subject(assessed),
        sections=tuple(
            Section(
                id=f"sheet-{sheet}".replace(".", "-"),
                title=_title(sheet),
                blocks=tuple(_blocks(sheet, points)),
            )
            for sheet, points in assessed.sheets.items()
        ),
        foot=(OWN_WORDS, FOOT),
    )


def _title(sheet: str) -> Text:
    about = SHEET_TITLES[sheet]
    if not sheet[0].isdigit():
        return about
    return Text(fr=SHEET.fr.format(sheet=sheet, title=about.fr), en=SHEET.en.format(sheet=sheet, title=about.en))


def _blocks(sheet: str, points: tuple[Assessed, ...]) -> list[Block]:
    here = [one for one in points if one.state is not PointState.NOT_APPLICABLE]
    elsewhere = [one for one in points if one.state is PointState.NOT_APPLICABLE]
    found: list[Block] = []
    if here:
        rows = tuple(
            (
                Text(fr=f"{one.point.id} · {one.point.title.fr}", en=f"{one.point.id} · {one.point.title.en}"),
                one.point.requirement,
                LEVELS[one.point.level],
                marked(one.state, stale=one.is_stale),
                _why(one),
            )
            for one in here
        )
        found.append(Grid(f"table-{sheet}".replace(".", "-"), APPLY, (POINT, ASKS, LEVEL, STATE, WHY), rows))
    else:
        found.append(Paragraph(NONE_APPLIES))
    if elsewhere:
        found.append(Paragraph(REST, "note"))
        found.append(
            Listing(
                tuple(
                    Text(
                        fr=f"{one.point.id} · {one.point.title.fr} — {_why(one).fr}",
                        en=f"{one.point.id} · {one.point.title.en} — {_why(one).en}",
                    )
                    for one in elsewhere
                )
            )
        )
    return found


def _why(one: Assessed) -> Text:
    """The reasons of the item in the worst state, named where there are several."""
    standing = next((each for each in one.standings if each.state is one.state), one.standings[0])
    told = standing.reasons[:_REASONS]
    item = item_name(standing.item) if standing.item and len(one.standings) > 1 else None
    where = Text("", "") if item is None else Text(f"{item.fr} : ", f"{item.en}: ")
    questions = [*standing.missing.values()][:_REASONS]
    return Text(
        fr=(where.fr + " ".join([*(reason.fr for reason in told), *(words.fr for words in questions)]))
        or same("—").fr,
        en=(where.en + " ".join([*(reason.en for reason in told), *(words.en for words in questions)]))
        or same("—").en,
    )
