"""Everything found in a text, once: what overlaps is settled by a rule."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Self

from vidocq.core.spans import Category, Span
from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.detector import Detector
from vidocq.detect.normalised import Normalised
from vidocq.detect.prefilter import windows


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

    def candidates(self, text: Normalised) -> list[Span]:
        """All that each detector finds, overlaps included."""
        parts = iter(windows(text.text, self._anchors)) if self._anchors else iter(())
        found: list[Span] = []
        for detector in self.detectors:
            if detector.anchor is None:
                found.extend(detector.find(text))
            elif around := next(parts):
                found.extend(detector.find(text.within(around)))
        return found

    @cached_property
    def _anchors(self) -> tuple[str, ...]:
        return tuple(d.anchor for d in self.detectors if d.anchor is not None)

    def settled(self, spans: Sequence[Span]) -> list[Span]:
        """What stays of spans that may overlap, in order of place."""
        if len(spans) < 2:
            return list(spans)
        rank = {d.card.id: (-d.card.evidence, place) for place, d in enumerate(self.detectors)}

        def weakness(span: Span) -> tuple[int, int, float, int, int]:
            evidence, place = rank[span.detector]
            return (evidence, span.start - span.end, -span.score, place, span.start)

        return sorted(_apart(sorted(spans, key=weakness)))


def find(text: str, *, categories: Collection[Category] | None = None) -> list[Span]:
    """Personal data in `text`, as `Finder.find` has it. Several texts: make one `Finder` and keep it."""
    return _finder(None if categories is None else frozenset(categories)).find(text)


@cache
def _finder(categories: frozenset[Category] | None) -> Finder:
    return Finder.of(categories)


def _apart(strongest_first: Sequence[Span]) -> Iterator[Span]:
    """Each span that does not overlap one given before it."""
    taken = bytearray(max(span.end for span in strongest_first))
    for span in strongest_first:
        if taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            yield span
