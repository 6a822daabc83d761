"""How much of planted identifiers passes a guard, disguise by disguise, and how often it stops clean text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from vidocq.core.estimate import Estimate
from vidocq.core.guarding import Hit, Surface
from vidocq.core.spans import Category
from vidocq.filters.evasion.disguises import EVASIONS
from vidocq.filters.evasion.evasion import Evasion
from vidocq.filters.evasion.values import MADE
from vidocq.filters.guard import Checked, Guard
from vidocq.measure.intervals import clopper_pearson

SAYINGS = (
    "Voici ce que vous demandez : {}. Bonne journée.",
    "Bien sûr ! C'est {} et rien d'autre.",
    "Le voici.\n\n{}\n\nAutre chose ?",
    "Here it is: {} - anything else?",
    "Sure, I found it in the file:\n{}\n",
    "Vous pouvez le noter ({}) dès maintenant.",
)
"""What a model says around a value; none of them announces its kind."""
GONE = 2 / 3
"""Share of the letters and digits of a value that have to be gone for it to be stopped."""


@dataclass(frozen=True)
class Passed:
    """One disguise of one category: how many of `n` values passed."""

    evasion: str
    category: Category
    passed: int
    n: int

    @property
    def rate(self) -> Estimate:
        return clopper_pearson(self.passed, self.n)


def evade(
    guard: Guard,
    *,
    each: int,
    rng: Random,
    categories: Iterable[Category] = tuple(MADE),
    surface: Surface = Surface.ANSWER,
) -> Iterator[Passed]:
    """Plants `each` values of each category under each disguise. A value that a disguise leaves as it is counts nothing."""
    for evasion in EVASIONS:
        for category in categories:
            passed = n = 0
            for _ in range(each):
                value = MADE[category](rng)
                saying = rng.choice(SAYINGS)
                if not evasion.keeps(value):
                    n += 1
                    passed += _passes(guard, evasion, value, saying, surface)
            if n:
                yield Passed(evasion.id, category, passed, n)


def _passes(guard: Guard, evasion: Evasion, value: str, saying: str, surface: Surface) -> bool:
    before, after = evasion.around
    said = evasion.say(value)
    text = saying.format(before + said + after)
    start = saying.index("{}") + len(before)
    checked = guard.check(text, surface)
    shown = [start + at for at, character in enumerate(said) if character.isalnum()]
    matter = shown or list(range(start, start + len(said)))
    gone = sum(_is_gone(place, checked) for place in matter)
    return gone < GONE * len(matter)


def _is_gone(place: int, checked: Checked) -> bool:
    if checked.blocked is not None and place >= checked.blocked.start:
        return True
    return any(find.start <= place < find.end for find in checked.finds)


@dataclass(frozen=True)
class Stopped:
    """Clean answers that were changed or blocked, of `n`; `by` counts the finds of each filter and kind."""

    stopped: int
    n: int
    by: dict[str, int]

    @property
    def rate(self) -> Estimate:
        return clopper_pearson(self.stopped, self.n)


def answers_of(text: str, *, length: int = 600) -> Iterator[str]:
    """A text cut at line ends into answers of about so many characters."""
    held = ""
    for line in text.splitlines(keepends=True):
        held += line
        if len(held) >= length:
            yield held
            held = ""
    if held.strip():
        yield held


def false_blocks(guard: Guard, answers: Iterable[str], *, surface: Surface = Surface.ANSWER) -> Stopped:
    """Whoever gives the answers vouches that there is nothing in them to be found."""
    stopped, n, by = 0, 0, dict[str, int]()
    for answer in answers:
        finds = guard.check(answer, surface).finds
        n += 1
        stopped += bool(finds)
        for find in finds:
            by[_named(find)] = by.get(_named(find), 0) + 1
    return Stopped(stopped, n, dict(sorted(by.items())))


def _named(find: Hit) -> str:
    return find.filter if find.kind == find.filter else f"{find.filter}: {find.kind}"
