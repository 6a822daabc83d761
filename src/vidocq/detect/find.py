"""Everything found in a text, once: what overlaps is settled by a rule."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Final, Self

from vidocq.core.spans import Category, Span
from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.detector import Detector
from vidocq.detect.normalised import Normalised, spelling
from vidocq.detect.prefilter import BLOCK, OVERLAP, fastest_matcher, firing, windows

APART: Final = "\n"
"""Between texts that are looked through together: what stands at either end of a text stands so beside this too."""
_START = attrgetter("start")


@dataclass(frozen=True)
class Finder:
    """Detectors that search together."""

    detectors: tuple[Detector, ...]

    @classmethod
    def of(cls, categories: Collection[Category] | None = None) -> Self:
        """Every detector of the catalogue, or those of some categories."""
        return cls(tuple(d for d in DETECTORS.defaults() if categories is None or d.card.category in categories))

    def find(self, text: str) -> list[Span]:
        """Spans that do not overlap, in order; offsets count the code points of `text` as given.

        Of two that overlap stays the one that rests on stronger evidence (checksum, then structure, then context), then
        the longer, then the one of higher score, then the one whose detector is listed first.
        """
        return self.settled(self.candidates(Normalised.of(text)))

    def find_each(self, texts: Sequence[str]) -> list[list[Span]]:
        """What `find` gives for each text. Short ones share the pass that tells where anything may be."""
        if not self._everywhere:
            doubtful = self._doubtful([text if len(text) > BLOCK else spelling(text) for text in texts])
            return [self.find(text) if which in doubtful else [] for which, text in enumerate(texts)]
        read = [Normalised.of(text) for text in texts]
        doubtful = self._doubtful([text.text for text in read])
        return [
            self.settled(self.candidates(text) if which in doubtful else self._found_everywhere(text))
            for which, text in enumerate(read)
        ]

    def candidates(self, text: Normalised) -> list[Span]:
        """All that each detector finds, overlaps included."""
        found: list[Span] = []
        for detector, around in zip(self._anchored, windows(text.text, self._anchors), strict=True):
            if around:
                found.extend(detector.find(text.within(around)))
        found.extend(self._found_everywhere(text))
        return found

    def _found_everywhere(self, text: Normalised) -> list[Span]:
        return [span for detector in self._everywhere for span in detector.find(text)]

    def _doubtful(self, spelt: Sequence[str]) -> set[int]:
        """Which texts are long, or share a block in which an anchor matches."""
        doubtful = {which for which, text in enumerate(spelt) if len(text) > BLOCK}
        short = [which for which, text in enumerate(spelt) if len(text) <= BLOCK]
        starts = list(accumulate((len(spelt[which]) + len(APART) for which in short), initial=0))
        for begin, _ in firing(
            APART.join([spelt[which] for which in short]), fastest_matcher(tuple(dict.fromkeys(self._anchors)))
        ):
            first, last = bisect_right(starts, begin) - 1, bisect_left(starts, begin + BLOCK + OVERLAP)
            doubtful.update(short[first:last])
        return doubtful

    def settled(self, spans: Iterable[Span]) -> list[Span]:
        """What stays of spans that may overlap, in order of place."""
        together = list(spans)
        if len(together) < 2:
            return together
        rank = self._rank

        def weakness(span: Span) -> tuple[int, int, float, int, int]:
            evidence, place = rank[span.detector]
            return (evidence, span.start - span.end, -span.score, place, span.start)

        kept: list[Span] = []
        for group in _touching(sorted(together, key=_START)):
            kept += group if len(group) == 1 else sorted(_apart(sorted(group, key=weakness)), key=_START)
        return kept

    @cached_property
    def _anchored(self) -> tuple[Detector, ...]:
        return tuple(d for d in self.detectors if d.anchor is not None)

    @cached_property
    def _anchors(self) -> tuple[str, ...]:
        return tuple(d.anchor for d in self.detectors if d.anchor is not None)

    @cached_property
    def _everywhere(self) -> tuple[Detector, ...]:
        return tuple(d for d in self.detectors if d.anchor is None)

    @cached_property
    def _rank(self) -> dict[str, tuple[int, int]]:
        return {d.card.id: (-d.card.evidence, place) for place, d in enumerate(self.detectors)}


def find(text: str, *, categories: Collection[Category] | None = None) -> list[Span]:
    """Personal data in `text`, as `Finder.find` has it. Several texts: make one `Finder` and keep it."""
    return _finder(None if categories is None else frozenset(categories)).find(text)


def find_each(texts: Sequence[str], *, categories: frozenset[Category] | None = None) -> list[list[Span]]:
    """What `find` gives for each text, in less time."""
    return _finder(categories).find_each(texts)


@cache
def _finder(categories: frozenset[Category] | None) -> Finder:
    return Finder.of(categories)


def _touching(in_order: Iterable[Span]) -> Iterator[list[Span]]:
    """Spans, given by their starts, in groups: none overlaps a span of another group."""
    group: list[Span] = []
    reach = 0
    for span in in_order:
        if group and span.start >= reach:
            yield group
            group = []
            reach = 0
        group.append(span)
        reach = max(reach, span.end)
    if group:
        yield group


def _apart(strongest_first: Sequence[Span]) -> Iterator[Span]:
    """Each span that does not overlap one given before it."""
    origin = min(span.start for span in strongest_first)
    taken = bytearray(max(span.end for span in strongest_first) - origin)
    for span in strongest_first:
        start, end = span.start - origin, span.end - origin
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            yield span
