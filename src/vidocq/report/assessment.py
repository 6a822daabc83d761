"""An assessment as plain text: how many points are in which state, what to ask, and what to do next."""

from collections.abc import Iterator, Sequence

from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.following import EFFORTS, Step
from vidocq.dossier.assessment.words import LEVELS, STALE, PointState
from vidocq.dossier.facts.names import item_name
from vidocq.report.typed import asked_line, command_in
from vidocq.report.typography import polished

SHOWN = 10
POINTS = Text(fr="Points de vérification : {count}", en="Points of verification: {count}")
SHEET = Text(fr="Fiche", en="Sheet")
NEXT = Text(fr="À faire ensuite ({shown} sur {count}) :", en="What to do next ({shown} of {count}):")
QUESTIONS = Text(
    fr="Questions qui trancheraient le plus ({shown} sur {count}) :",
    en="Questions that would settle most ({shown} of {count}):",
)
NOTHING_LEFT = Text(fr="Rien ne reste à faire.", en="Nothing is left to do.")
SETTLES = Text(fr="{points} point(s), {decisions} décision(s)", en="{points} point(s), {decisions} decision(s)")
STALE_COUNT = Text(
    fr="Dont {count} à actualiser : un modèle, des données ou une suite d'attaques ont changé depuis la mesure.",
    en="Among them {count} stale: a model, data or a suite of attacks have changed since the measurement.",
)


def assessment_summary(assessed: Assessment, *, lang: Lang) -> str:
    """What `vidocq dossier assess` prints. No control character, no trailing newline."""
    lines = [POINTS.fill(count=len(assessed.points)).to(lang), "", *table(assessed, lang)]
    stale = sum(one.is_stale for one in assessed.points)
    if stale:
        lines.append(STALE_COUNT.fill(count=stale).to(lang))
    if assessed.questions:
        shown = assessed.questions[:SHOWN]
        lines += ["", QUESTIONS.fill(shown=len(shown), count=len(assessed.questions)).to(lang)]
        for question in shown:
            settled = SETTLES.fill(points=len(question.points), decisions=len(question.decisions)).to(lang)
            lines += [f"- {question.words.to(lang)} [{settled}]", f"    {command_in(question.command, lang)}"]
    lines += ["", *_next([step for step in assessed.next if not _is_question(step, assessed)], lang)]
    return "\n".join(polished_line(line, lang) for line in lines)


def table(assessed: Assessment, lang: Lang) -> list[str]:
    """One row a sheet, one column a state that any point is in."""
    states = [state for state in PointState if assessed.counts[state]]
    rows = [[SHEET.to(lang), *(state.words.to(lang) for state in states)]]
    for sheet, points in assessed.sheets.items():
        rows.append([sheet, *(str(sum(one.state is state for one in points) or "·") for state in states)])
    rows.append(["=", *(str(assessed.counts[state]) for state in states)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]


def explained_point(assessed: Assessment, name: str, *, lang: Lang) -> str | None:
    """One point with its reasons, item by item; None if there is no such point."""
    found = assessed.point(name)
    if found is None:
        return None
    lines = [f"{name} · {found.point.title.to(lang)} ({LEVELS[found.point.level].to(lang)})"]
    lines += [found.point.requirement.to(lang), ""]
    for one in found.standings:
        mark = f", {STALE.to(lang)}" if one.stale else ""
        colon = " : " if lang is Lang.fr else ": "
        lines.append(f"{item_name(one.item).to(lang) if one.item else '='}{colon}{one.state.words.to(lang)}{mark}")
        lines += [f"  - {reason.to(lang)}" for reason in one.reasons]
        lines += [f"  {asked_line(path, words, lang)}" for path, words in one.missing.items()]
    return "\n".join(polished_line(line, lang) for line in lines)


def _next(steps: Sequence[Step], lang: Lang) -> Iterator[str]:
    if not steps:
        yield NOTHING_LEFT.to(lang)
        return
    shown = steps[:SHOWN]
    yield NEXT.fill(shown=len(shown), count=len(steps)).to(lang)
    for step in shown:
        told = ", ".join(filter(None, [LEVELS[step.level].to(lang), EFFORTS[step.effort].to(lang), _served(step)]))
        yield f"- {step.what.to(lang)} [{told}]"
        yield f"    {command_in(step.command, lang)}"


def _served(step: Step) -> str:
    return ", ".join(step.points[:3]) + (f" +{len(step.points) - 3}" if len(step.points) > 3 else "")


def _is_question(step: Step, assessed: Assessment) -> bool:
    return step.command in {question.command for question in assessed.questions}


def polished_line(line: str, lang: Lang) -> str:
    """The line with its indentation and columns kept, which `polished` would close up."""
    body = line.lstrip(" ")
    if "  " in body:
        return line
    return " " * (len(line) - len(body)) + polished(body, lang)
