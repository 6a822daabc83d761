"""The shortest list of questions: which missing fact would settle the most, then the next, until all would be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Text
from vidocq.dossier.assessment.pointwise import Assessed
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.file.merging import group_of, is_id
from vidocq.dossier.file.valued import slot_at

WEIGHED: Final = 40
_NO_FACT: Final = "rule."
"""What stands before the paths that no fact answers."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A missing fact.

    points, decisions  ids of the points whose application waits for it, among other facts or alone, and rules that do.
    """

    path: str
    words: Text
    points: tuple[str, ...]
    decisions: tuple[str, ...]

    @property
    def command(self) -> str:
        """What to type: a fact, an item to describe, or, where no fact would answer, what explains the need."""
        try:
            return f"vidocq dossier fact {slot_at(self.path).path} VALUE"
        except ConfigurationError:
            group, _, item = self.path.partition(".")
            if is_id(item) and group_of(Facts, group)[1]:
                return f"vidocq dossier fact {group} {item}"
            return f"vidocq dossier explain {(*self.decisions, *self.points)[0]}"

    def to_dict(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "question": self.words.to_dict(),
            "points": list(self.points),
            "decisions": list(self.decisions),
            "command": self.command,
        }


def questions_of(points: Iterable[Assessed], decisions: Iterable[Decision]) -> tuple[Question, ...]:
    """Questions in the order to ask them.

    A fact counts for each point and undetermined decision that waits for it, shared among the facts that this one
    waits for; once asked, it no longer stands in the way of the others. Equal counts go by path.
    """
    waiting = {("point", one.point.id): _facts(one.missing) for one in points}
    for decision in decisions:
        if not decision.is_determined:
            own = waiting.setdefault(("rule", decision.rule), {})
            own.update(_facts(decision.missing))
    words = {path: text for missing in waiting.values() for path, text in missing.items()}
    whom: dict[str, list[tuple[str, str]]] = {}
    for key, missing in waiting.items():
        for path in missing:
            whom.setdefault(path, []).append(key)
    return tuple(
        Question(
            path=path,
            words=words[path],
            points=tuple(name for kind, name in whom[path] if kind == "point"),
            decisions=tuple(name for kind, name in whom[path] if kind == "rule"),
        )
        for path in _in_order({key: set(missing) for key, missing in waiting.items() if missing})
    )


def _facts(missing: Mapping[str, Text]) -> dict[str, Text]:
    return {path: words for path, words in missing.items() if not path.startswith(_NO_FACT)}


def _in_order(waiting: dict[tuple[str, str], set[str]]) -> Iterator[str]:
    """The first `WEIGHED` one by one, each weighed after the one before; what is left by how many wait for it."""
    for _ in range(WEIGHED):
        counts = _shares(waiting.values())
        if not counts:
            return
        best = min(counts, key=lambda path: (-round(counts[path], 9), path))
        yield best
        waiting = {key: left for key, paths in waiting.items() if (left := paths - {best})}
    counts = _shares(waiting.values())
    yield from sorted(counts, key=lambda path: (-round(counts[path], 9), path))


def _shares(waiting: Iterable[set[str]]) -> dict[str, float]:
    """For each fact, the shares of those that wait for it: a half of one that waits for two facts."""
    counts: dict[str, float] = {}
    for paths in waiting:
        for path in paths:
            counts[path] = counts.get(path, 0.0) + 1 / len(paths)
    return counts
