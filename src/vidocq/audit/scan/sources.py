"""Names of files as results may show them: what may tell who somebody is stands as its kind."""

import os
from collections.abc import Sequence
from dataclasses import replace

from vidocq.audit.scan.searching import Finder
from vidocq.core.spans import Span
from vidocq.detect.recurring import COUNTED
from vidocq.targets.texts.parts import CODECS, SUFFIXES
from vidocq.targets.texts.places import Found

_APART = str.maketrans({"/": "\n", "_": " "})


def masked(found: Found, *, find: Finder) -> Found:
    """The same files, where `jean@exemple.fr.txt` is called `[email].txt`; of two with one name, the second gets ` (2)`.

    What was not read is called likewise.
    """
    names = [file.source for file in found.files] + [source for source, _ in found.unread]
    spans = find([_readable(name) for name in names], categories=frozenset(COUNTED))
    shown: list[str] = []
    taken = {name for name, held in zip(names, spans, strict=True) if not held}
    for name, held in zip(names, spans, strict=True):
        shown.append(_apart(_without(name, held), taken) if held else name)
    files = [replace(file, source=name) for file, name in zip(found.files, shown, strict=False)]
    unread = [(name, problem) for name, (_, problem) in zip(shown[len(files) :], found.unread, strict=True)]
    return Found(files, unread, found.left_out)


def _readable(name: str) -> str:
    """Of the same length: folders on lines of their own, the ends that tell a format apart, blanks for underscores."""
    ends = 0
    stem = name
    while (parts := os.path.splitext(stem))[1].lower() in SUFFIXES.keys() | CODECS.keys():
        stem = parts[0]
        ends = len(name) - len(stem)
    text = stem.translate(_APART) + name[len(name) - ends :].replace(".", "\n")
    return text.encode("utf-8", "replace").decode()


def _without(name: str, spans: Sequence[Span]) -> str:
    for span in sorted(spans, reverse=True):
        name = f"{name[: span.start]}[{span.category}]{name[span.end :]}"
    return name


def _apart(name: str, taken: set[str]) -> str:
    stem, end = os.path.splitext(name)
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem} ({number}){end}"
    taken.add(free)
    return free
