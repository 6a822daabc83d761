"""The one page for whoever signs: what is decided, where the file stands, what comes next."""

from typing import Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.following import EFFORTS, Step
from vidocq.dossier.assessment.words import LEVELS, PointState
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.rules.catalogue import RULES
from vidocq.report.documents.tree import Block, Document, Grid, Listing, Paragraph, Section, same
from vidocq.report.documents.words import FOOT, answer_of, marked, subject

ON_IT: Final = 8
OF_EACH: Final = 3
_LEFT: Final = (PointState.NOT_MEASURED, PointState.INCONCLUSIVE, PointState.TO_JUDGE)

TITLE = Text(fr="Synthèse du dossier", en="Synthesis of the file")
DECIDED = Text(fr="Ce que disent les règles", en="What the rules say")
STANDS = Text(fr="Où en est le dossier", en="Where the file stands")
NEXT = Text(fr="À faire en premier", en="What to do first")
NOTHING_LEFT = Text(fr="Rien ne reste à faire aujourd'hui.", en="Nothing is left to do today.")
UNMET = Text(
    fr="Points obligatoires non satisfaits : {count}.", en="Mandatory points that are not satisfied: {count}."
)
NO_UNMET = Text(
    fr="Points obligatoires qui restent à mesurer, à trancher ou à apprécier : {count}. Aucun autre n'est constaté non satisfait.",
    en="Mandatory points still to be measured, settled or judged: {count}. No other is found not satisfied.",
)
COUNTS = Text(fr="Points de vérification par état", en="Points of verification by state")
STATE = Text(fr="État", en="State")
POINTS = Text(fr="Points", en="Points")
ALL = Text(fr="dont obligatoires", en="of them mandatory")
RULE = Text(fr="Question", en="Question")
ANSWER = Text(fr="Réponse", en="Answer")
ABOUT = Text(fr="Objet", en="About")
DECISIONS = Text(fr="Décisions tirées des faits déclarés", en="Decisions drawn from the facts stated")
MORE = Text(fr="et {count} autre(s)", en="and {count} more")
WHOLE = Text(fr="l'ensemble", en="the whole")
MISSING = Text(
    fr="Faits manquants : {count}. Une règle qui en dépend répond « indéterminé » ; un point n'est jamais satisfait faute de réponse.",
    en="Missing facts: {count}. A rule that needs one answers “undetermined”; no point is satisfied for want of an answer.",
)


def synthesis(assessed: Assessment) -> Document:
    """One page, whatever the size of the file: of many answers of one rule, the first few."""
    return Document(
        name="synthesis",
        title=TITLE,
        subject=subject(assessed),
        sections=(
            Section(id="standing", title=STANDS, blocks=tuple(_standing(assessed))),
            Section(id="decided", title=DECIDED, blocks=(_decisions(assessed),)),
            Section(id="next", title=NEXT, blocks=(_next(assessed),)),
        ),
        foot=(FOOT,),
        is_one_page=True,
    )


def _standing(assessed: Assessment) -> list[Block]:
    mandatory = [one for one in assessed.points if one.point.level == "mandatory"]
    left = sum(one.state in _LEFT for one in mandatory)
    unmet = sum(one.state is PointState.NOT_SATISFIED for one in mandatory)
    rows = tuple(
        (
            marked(state),
            same(count),
            same(sum(one.state is state for one in mandatory)),
        )
        for state, count in assessed.counts.items()
        if count
    )
    return [
        Paragraph(UNMET.fill(count=unmet) if unmet else NO_UNMET.fill(count=left), "key"),
        Grid("counts", COUNTS, (STATE, POINTS, ALL), rows),
        Paragraph(MISSING.fill(count=len(assessed.questions)), "note"),
    ]


def _decisions(assessed: Assessment) -> Grid:
    rows = []
    for name in RULES.ids():
        own = [decision for decision in assessed.decisions if decision.rule == name]
        for place, decision in enumerate(own[:OF_EACH]):
            about = item_name(decision.subject) if decision.subject else WHOLE
            if place == OF_EACH - 1 and len(own) > OF_EACH:
                more = MORE.fill(count=len(own) - OF_EACH)
                about = Text(fr=f"{about.fr} ({more.fr})", en=f"{about.en} ({more.en})")
            rows.append((RULES[name].card.title, about, answer_of(decision)))
    return Grid("decisions", DECISIONS, (RULE, ABOUT, ANSWER), tuple(rows))


def _next(assessed: Assessment) -> Block:
    if not assessed.next:
        return Paragraph(NOTHING_LEFT)
    return Listing(
        tuple(_step(step) for step in assessed.next[:ON_IT]),
        is_ordered=True,
    )


def _step(step: Step) -> Text:
    parts = [LEVELS[step.level], EFFORTS[step.effort], *([same(", ".join(step.points[:4]))] if step.points else [])]
    return Text(
        fr=f"{step.what.fr} ({' ; '.join(part.fr for part in parts)})",
        en=f"{step.what.en} ({'; '.join(part.en for part in parts)})",
    )
