"""Parts of a text by themselves, so that many ways to read them cost little."""

from collections.abc import Iterable

from vidocq.filters.views.view import View


def cut(name: str, text: str, places: Iterable[tuple[int, int]]) -> View | None:
    """What stands at these places, each on a line of its own; None if it is nothing."""
    parts = list(places)
    return rewritten(name, [(start, end, text[start:end]) for start, end in parts], is_kept=True) if parts else None


def rewritten(name: str, parts: list[tuple[int, int, str]], *, is_kept: bool = False) -> View:
    """The piece that stands for each [start, end), each on a line of its own.

    is_kept  the pieces are what stands there, letter by letter; else each stands for the whole of its place.
    """
    sources: list[tuple[int, int]] = []
    for start, end, piece in parts:
        sources += [(start + at, start + at + 1) if is_kept else (start, end) for at in range(len(piece))]
        sources.append((end - 1, end))

    def original(start: int, end: int) -> tuple[int, int]:
        held = sources[start:end]
        return min(low for low, _ in held), max(high for _, high in held)

    return View(name, "".join(f"{piece}\n" for _, _, piece in parts), original)
