"""On which line of a TOML file a fact stands, so that an error can point at it."""

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_.\-"' ]+?)\s*=\s*(.*)$""")
_ID = re.compile(r"""["']([A-Za-z0-9_-]{1,64})["']""")


def line_of(where: str, text: str) -> int | None:
    """The line of the fact at this path, or of the nearest group around it; None where neither is found.

    where  as errors name places: "datasets.visits.minors", or "datasets[2].minors" for an item that has no id.
    """
    lines = list(_places(text.splitlines()))
    path = where
    while path:
        for number, names in lines:
            if path in names:
                return number
        path = path.rpartition(".")[0]
    return None


def _places(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line that has a place, with the names it goes by: by the item's id, and by its number."""
    counted: dict[str, int] = {}
    groups: tuple[str, ...] = ("",)
    for number, line in enumerate(lines, start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header is not None:
            name = _plain(header[2])
            groups = (name,)
            if header[1] == "[[":
                counted[name] = counted.get(name, 0) + 1
                groups = tuple(filter(None, (f"{name}[{counted[name]}]", _own_id(name, lines[number:]))))
            yield number, groups
        elif key is not None:
            yield number, tuple(f"{group}.{_plain(key[1])}".removeprefix(".") for group in groups)


def _own_id(name: str, after: list[str]) -> str | None:
    for line in after:
        if _HEADER.match(line):
            return None
        key = _KEY.match(line)
        if key is not None and _plain(key[1]) in {"id", "actor"}:
            found = _ID.match(key[2])
            return f"{name}.{found[1]}" if found else None
    return None


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
