"""Goes through what entries say."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vidocq.core.text import Text
from vidocq.dossier.deep.checkers import CHECKERS, MALFORMED
from vidocq.dossier.deep.seen import Seen
from vidocq.dossier.entries import Entry, Problem

GONE = Text(
    fr="ce qui était gardé à part a disparu sans effacement inscrit",
    en="what was kept aside is gone, and no entry says that it was erased",
)


@dataclass(frozen=True)
class DeepReport:
    """What does not hold, in order, and how many entries of which kinds nothing here knows how to check."""

    problems: tuple[Problem, ...]
    unchecked: dict[str, int]


def verify_deep(entries: Iterable[Entry], *, aside: set[str] | None = None) -> DeepReport:
    """Checks each entry against its own content and against those before it; the chain is verified elsewhere.

    aside  ids of what is still kept aside, None if that is not at hand: what was never erased must be there.
    """
    seen, problems, unchecked = Seen(), [], Counter[str]()
    promised = {}
    for entry in entries:
        checker = CHECKERS.get(entry.kind)
        if checker is None:
            unchecked[entry.kind] += 1
            continue
        before = len(seen.kept)
        try:
            reason = checker(entry.data, seen)
        except (KeyError, TypeError, AttributeError, ValueError):
            reason = MALFORMED
        if reason is not None:
            problems.append(Problem(entry.seq, reason))
        elif len(seen.kept) > before:
            promised[entry.data["aside"]] = entry.seq
    if aside is not None:
        problems += [Problem(seq, GONE) for name, seq in promised.items() if name not in seen.erased | aside]
    return DeepReport(tuple(sorted(problems, key=lambda problem: problem.seq)), dict(sorted(unchecked.items())))
