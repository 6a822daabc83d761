"""Long texts in chunks that overlap: what a model would cut off in silence is read in the next one."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from vidocq.detect.adapters.model import Entity

TOKEN: Final = re.compile(r"\w{1,64}(?:[-_]\w{1,64})?|\S")  # at most what a splitter by words and signs counts as one


def chunks(text: str, *, tokens: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Places of chunks of at most `tokens` words and signs, each of which takes up the last `overlap` of the one before.

    Together they hold every word. Raises ValueError unless 0 <= overlap < tokens.
    """
    if not 0 <= overlap < tokens:
        raise ValueError(f"chunks of {tokens} cannot overlap by {overlap}")
    held: list[tuple[int, int]] = []
    fresh = 0
    for token in TOKEN.finditer(text):
        held.append(token.span())
        fresh += 1
        if len(held) == tokens:
            yield held[0][0], held[-1][1]
            held = held[tokens - overlap :]
            fresh = 0
    if fresh:
        yield held[0][0], held[-1][1]


def over_chunks(
    text: str, recognise: Callable[[str], Iterable[Entity]], *, tokens: int, overlap: int
) -> Iterator[Entity]:
    """What `recognise` finds in the chunks, placed in `text`; what two chunks show of one entity is joined."""
    found = [
        Entity(start + entity.start, start + entity.end, entity.category, entity.score)
        for start, end in chunks(text, tokens=tokens, overlap=overlap)
        for entity in recognise(text[start:end])
    ]
    found.sort(key=lambda entity: (entity.category, entity.start, -entity.end))
    waiting: Entity | None = None
    for entity in found:
        if waiting is not None and entity.category is waiting.category and entity.start < waiting.end:
            waiting = waiting._replace(end=max(waiting.end, entity.end), score=max(waiting.score, entity.score))
            continue
        if waiting is not None:
            yield waiting
        waiting = entity
    if waiting is not None:
        yield waiting
