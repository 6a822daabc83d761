"""The requirements of the AI Act that the same facts call up, and the points of the file that each can draw on."""

import datetime
from typing import Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.mappings.requirement import AI_ACT, Read, mapping, read_for
from vidocq.report.documents.tree import Document, Grid, Mark, Paragraph, Section, same
from vidocq.report.documents.words import FOOT, marked, subject

TITLE = Text(fr="Règlement IA : ce que le dossier permet d'y verser", en="AI Act: what the file can bring to it")
READ = Text(fr="Exigences et points du dossier", en="Requirements and points of the file")
LEAD = Text(
    fr="Les mêmes faits et les mêmes points de vérification, lus pour un autre texte. Rien n'est conclu sur le respect du règlement IA, "
    "dont le champ et l'échelle de risque diffèrent de ceux du RGPD.",
    en="The same facts and points of verification, read for another text. Nothing is concluded on compliance with the AI Act, whose scope "
    "and scale of risk differ from those of the GDPR.",
)
VERSION = Text(
    fr="Correspondance de Vidocq, version {version}, écrite sans comparaison avec le texte officiel le jour même.",
    en="Mapping by Vidocq, version {version}, written without comparing it with the official text that day.",
)
COLUMNS: Final = (
    Text(fr="Exigence", en="Requirement"),
    Text(fr="Article", en="Article"),
    Text(fr="S'applique", en="Applies"),
    Text(fr="Points du dossier", en="Points of the file"),
    Text(fr="État le plus préoccupant", en="State that weighs most"),
)
YES = Mark(Text(fr="oui", en="yes"), "judge")
NO = Mark(Text(fr="non", en="no"), "none")
UNKNOWN = Mark(Text(fr="on ne peut le dire", en="one cannot tell"), "unknown")
NOTHING = Mark(Text(fr="aucun point ne s'applique", en="no point applies"), "none")


def ai_act(assessed: Assessment) -> Document:
    text = mapping(AI_ACT)
    today = datetime.date.fromisoformat(assessed.today)
    found = read_for(AI_ACT, assessed.state.facts, assessed.decisions, assessed.points, today=today)
    version = VERSION.fill(version=text.version)
    grid = Grid("requirements", READ, COLUMNS, tuple(_row(one) for one in found))
    return Document(
        name="ai-act",
        title=TITLE,
        subject=subject(assessed),
        sections=(
            Section(
                id="requirements-section",
                title=READ,
                blocks=(Paragraph(LEAD), Paragraph(text.note, "key"), grid, Paragraph(version, "note")),
            ),
        ),
        foot=(FOOT,),
    )


def _row(one: Read) -> tuple[Text | Mark, ...]:
    applies = {True: YES, False: NO, None: UNKNOWN}[one.applies.value]
    return (
        one.requirement.title,
        same(one.requirement.article),
        applies,
        same(", ".join(one.requirement.points)),
        NOTHING if one.state is None else marked(one.state),
    )
