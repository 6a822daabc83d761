"""Parts of a text by themselves, so that many ways to read them cost little."""

from collections.abc import Iterable

from vidocq.filters.views.view import View, of_sources

_Sources = list[tuple[int, int]]


def cut(name: str, text: str, places: Iterable[tuple[int, int]]) -> View | None:
    """Letters, digits and plus signs that stand at these places, each place on a line of its own; None if there is none."""
    kept: list[tuple[str, tuple[int, int]]] = []
    for start, end in places:
        kept += [(text[at], (at, at + 1)) for at in range(start, end) if text[at].isalnum() or text[at] == "+"]
        kept.append(("\n", (end - 1, end)))
    return of_sources(name, "".join(sign for sign, _ in kept), [source for _, source in kept]) if kept else None


def rewritten(name: str, parts: Iterable[tuple[int, int, str]]) -> View:
    """The piece that stands for each [start, end), each on a line of its own."""
    sources: _Sources = []
    said = ""
    for start, end, piece in parts:
        sources += [(start, end)] * (len(piece) + 1)
        said += f"{piece}\n"
    return of_sources(name, said, sources)
