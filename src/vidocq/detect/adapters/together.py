"""Vidocq's own detectors and recognisers of others over one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vidocq.core.spans import Category, Span
from vidocq.detect.adapters.model import Model, loaded, read_models
from vidocq.detect.find import find_each


@dataclass(frozen=True)
class Together:
    """Finds as `vidocq.detect.find.find` does, and adds what the models see elsewhere. Crosses to worker processes."""

    models: tuple[Model, ...]

    def __call__(self, text: str, *, categories: frozenset[Category] | None = None) -> list[Span]:
        """Spans that do not overlap, in order; each names the detector that spoke (`spacy-person`).

        Of two that overlap Vidocq's own stays, then that of the model named first, then the one that begins first.
        """
        return self.each([text], categories=categories)[0]

    def each(self, texts: Sequence[str], *, categories: frozenset[Category] | None = None) -> list[list[Span]]:
        """The same for each of several texts that have nothing to do with each other."""
        found = find_each(texts, categories=categories)
        for model in self.models:
            found = [_added(kept, _spans(model, text, categories)) for kept, text in zip(found, texts, strict=True)]
        return found


def find_with(models: Sequence[str]) -> Together:
    """The finder for models given as `spacy:PATH`; loads each, so that what is missing shows at once.

    Raises ConfigurationError, MissingExtra or ModelError.
    """
    together = Together(read_models(models))
    for model in together.models:
        loaded(model)
    return together


def _spans(model: Model, text: str, categories: frozenset[Category] | None) -> list[Span]:
    names = {card.category: card.id for card in model.cards}
    return sorted(
        Span(entity.start, entity.end, entity.category, names[entity.category], entity.score)
        for entity in loaded(model)(text)
        if entity.start < entity.end and (categories is None or entity.category in categories)
    )


def _added(kept: Sequence[Span], more: Iterable[Span]) -> list[Span]:
    """Both in order, without those of `more`, given in order, that overlap one that stays."""
    merged: list[Span] = []
    at = 0
    for span in more:
        while at < len(kept) and kept[at].start < span.start:
            merged.append(kept[at])
            at += 1
        before = merged[-1].end if merged else 0
        if before <= span.start and (at == len(kept) or kept[at].start >= span.end):
            merged.append(span)
    return [*merged, *kept[at:]]
