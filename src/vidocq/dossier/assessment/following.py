"""What to do next: what binds first, and what takes least before what takes more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.asking import Question
from vidocq.dossier.assessment.opinions import MissingOpinion
from vidocq.dossier.assessment.pointwise import Assessed, weight
from vidocq.dossier.assessment.standing import MANDATORY, Standing
from vidocq.dossier.assessment.words import LEVELS, PointState
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.risk import Measure


class Effort(IntEnum):
    """The scale of effort."""

    ANSWER = 1
    RUN = 2
    CHANGE = 3

    @property
    def title(self) -> Text:
        return EFFORTS[self]


EFFORTS: Final = {
    Effort.ANSWER: Text(fr="répondre à une question", en="answer a question"),
    Effort.RUN: Text(fr="lancer une mesure", en="run a measurement"),
    Effort.CHANGE: Text(
        fr="changer les données, le modèle ou l'organisation, puis mesurer ou déclarer de nouveau",
        en="change data, model or organisation, then measure or declare again",
    ),
}
STATE_FACT = Text(fr="Répondre : {what}", en="Answer: {what}")
DECLARE = Text(fr="Apprécier et déclarer : {what}", en="Judge and declare: {what}")
STATE_MORE = Text(fr="Compléter le dossier : {what}", en="Complete the file: {what}")
MEASURE = Text(fr="Mesurer : {what}", en="Measure: {what}")
MEASURE_AGAIN = Text(fr="Mesurer de nouveau ({item}) : {what}", en="Measure again ({item}): {what}")
STRONGER = Text(
    fr="Mesurer avec plus de moyens (personnes, modèles de référence) : {what}",
    en="Measure with more means (persons, reference models): {what}",
)
CORRECT = Text(fr="Corriger : {what}", en="Correct: {what}")
PROPOSED = Text(fr="Au vu du risque : {what}", en="In view of the risk: {what}")
EXPLAIN_RISK: Final = "vidocq dossier explain risk"
OPINION = Text(fr="Version {release} : {what}. {reason}", en="Release {release}: {what}. {reason}")
OTHERS = Text(fr="(et {count} autre(s) point(s))", en="(and {count} more point(s))")
COMMANDS: Final = {
    "scan": "vidocq scan PATH --dossier URL --dataset ID",
    "index": "vidocq dossier index CONFIG.toml --dossier",
    "audit": "vidocq audit CONFIG.toml",
    "guard": "vidocq guard test --policy policy.toml --dossier URL --subject models.ID",
}
"""How evidence is made, by what the id of its measurement begins with; `audit` for all others."""
OF_FILE: Final = "file-"
"""What the id of a check of the file itself begins with: facts make its evidence, no command does."""
_LEVELS: Final = tuple(LEVELS)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do.

    level   the most binding one of the points it serves; a missing opinion, which serves none, has its own.   command  to type, with what is to be filled in capitals.
    """

    level: str
    effort: Effort
    what: Text
    command: str
    points: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "effort": int(self.effort),
            "what": self.what.to_dict(),
            "command": self.command,
            "points": list(self.points),
        }


def next_steps(
    points: Sequence[Assessed],
    questions: Iterable[Question],
    heavier: Sequence[Measure] = (),
    opinions: Iterable[MissingOpinion] = (),
) -> tuple[Step, ...]:
    """Steps by level, then effort, then how many points they serve; one step for all points that one command serves.

    heavier   measures that the level of risk proposes and that are not there yet.
    opinions  that a release still lacks.
    """
    levels = {one.point.id: one.point.level for one in points}
    merged: dict[tuple[str, str], Step] = {}
    of_points = (found for one in points for found in _of_point(one))
    for words, step in [*_facts(questions, levels), *of_points, *map(_proposed, heavier)]:
        earlier = merged.get((step.command, words.fr))
        merged[step.command, words.fr] = step if earlier is None else _both(earlier, step)
    steps = [*(_counted(step) for step in merged.values()), *(_of_opinion(one) for one in opinions)]
    return tuple(sorted(steps, key=lambda one: (_LEVELS.index(one.level), one.effort, -len(one.points))))


def _facts(questions: Iterable[Question], levels: Mapping[str, str]) -> Iterator[tuple[Text, Step]]:
    """A fact that only decisions wait for binds nobody by itself: it is recommended."""
    for asked in questions:
        yield (
            STATE_FACT,
            Step(
                level=_most_binding([levels[point] for point in asked.points] or ["recommended"]),
                effort=Effort.ANSWER,
                what=_filled(STATE_FACT, asked.words),
                command=asked.command,
                points=asked.points,
            ),
        )


def _proposed(measure: Measure) -> tuple[Text, Step]:
    """A heavier measure binds nobody by itself: it is recommended, and serves no single point."""
    what = _filled(PROPOSED, measure.title)
    effort = Effort.RUN if measure.command else Effort.CHANGE
    return what, Step(
        level="recommended", effort=effort, what=what, command=measure.command or EXPLAIN_RISK, points=()
    )


def _of_point(one: Assessed) -> Iterator[tuple[Text, Step]]:
    for standing in one.standings:
        yield from _of_standing(one, standing)


def _of_standing(one: Assessed, standing: Standing) -> Iterator[tuple[Text, Step]]:
    state = weight(standing)
    about = f" --about {standing.item}" if standing.item else ""
    answer = f"vidocq dossier answer {one.point.id} ANSWER --role ROLE{about}"
    if standing.stale and state is not PointState.NOT_SATISFIED:
        for command in _commands(one, standing.item):
            again = _again(standing.item or one.point.sheet)
            yield _step(one, Effort.RUN, again, command)
    elif state is PointState.NOT_MEASURED:
        for name in standing.absent or one.point.measurements:
            if name.startswith(OF_FILE):
                yield _step(one, Effort.ANSWER, STATE_MORE, f"vidocq dossier explain {one.point.id}")
            else:
                yield _step(one, Effort.RUN, MEASURE, command_of(name, standing.item))
    elif state is PointState.INCONCLUSIVE and standing.measured is not None:
        for command in _commands(one, standing.item):
            yield _step(one, Effort.CHANGE, STRONGER, command)
    elif state is PointState.TO_JUDGE:
        yield _step(one, Effort.ANSWER, DECLARE, answer)
    elif state is PointState.NOT_SATISFIED:
        depart = f"vidocq dossier answer {one.point.id} departed --reason TEXT --substitute TEXT --owner ROLE{about}"
        yield _step(one, Effort.CHANGE, CORRECT, answer if one.point.level == MANDATORY else depart)


def _again(item: str) -> Text:
    name = item_name(item)
    return Text(
        MEASURE_AGAIN.fr.format(item=name.fr, what="{what}"), MEASURE_AGAIN.en.format(item=name.en, what="{what}")
    )


def _of_opinion(one: MissingOpinion) -> Step:
    """It serves no point by itself: it is for one release."""
    return Step(
        level=one.level,
        effort=Effort.ANSWER,
        what=Text(
            fr=OPINION.fr.format(release=one.release, what=one.title.fr, reason=one.reason.fr),
            en=OPINION.en.format(release=one.release, what=one.title.en, reason=one.reason.en),
        ),
        command=one.command,
        points=(),
    )


def command_of(measurement: str, item: str = "") -> str:
    """The command that makes evidence under this id, about one item if given."""
    command = COMMANDS.get(measurement.partition("-")[0], COMMANDS["audit"])
    return command.replace("ID", item.partition(".")[2]) if item else command


def _commands(one: Assessed, item: str) -> Sequence[str]:
    names = [name for name in one.point.measurements if not name.startswith(OF_FILE)] or one.point.where_measured
    return tuple(dict.fromkeys(command_of(name, item) for name in names))


def _step(one: Assessed, effort: Effort, words: Text, command: str) -> tuple[Text, Step]:
    """The step, with the words by which it is the same as another's."""
    what = _filled(words, one.point.title)
    return words, Step(level=one.point.level, effort=effort, what=what, command=command, points=(one.point.id,))


def _filled(words: Text, what: Text) -> Text:
    return Text(words.fr.format(what=what.fr), words.en.format(what=what.en))


def _both(first: Step, second: Step) -> Step:
    return Step(
        level=_most_binding([first.level, second.level]),
        effort=first.effort,
        what=first.what,
        command=first.command,
        points=tuple(dict.fromkeys([*first.points, *second.points])),
    )


def _counted(step: Step) -> Step:
    """A measurement for several points is named after the first, and says how many more there are."""
    more = len(step.points) - 1
    if step.effort is Effort.ANSWER or not more:
        return step
    others = OTHERS.fill(count=more)
    return replace(step, what=Text(f"{step.what.fr} {others.fr}", f"{step.what.en} {others.en}"))


def _most_binding(levels: Iterable[str]) -> str:
    return min(levels, key=_LEVELS.index)
