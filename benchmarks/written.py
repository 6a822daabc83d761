"""Texts written by hand for this project, all of it fiction: letters, files, judgments, mails, and their decoys.

`made/written/LANGUAGE_HALF.txt` holds them, a line `%%` between two, what is personal marked in place as
`[[kind:value]]`; `[[unscored:…]]` is neither asked for nor held against a find. Rules may be mended on the errors of the
half `development` alone. The texts of `afterwards` were written once the rules had been mended; their rates were kept before their errors were looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

from made.generator import Gold, Made

FOLDER = Path(__file__).resolve().parent / "made" / "written"
MARK = re.compile(r"\[\[(\w+):(.*?)\]\]", re.DOTALL)
LANGUAGES, HALVES = ("fr", "en"), ("development", "held_out", "afterwards")


def texts_written(language: str, half: str) -> list[Made]:
    """The texts of one half, their marks taken out and kept as gold."""
    return [unmarked(text) for text in (FOLDER / f"{language}_{half}.txt").read_text("utf-8").split("\n%%\n")]


def unmarked(text: str) -> Made:
    parts, gold, at, length = [], [], 0, 0
    for mark in MARK.finditer(text):
        before = text[at : mark.start()]
        start = length + len(before)
        length, at = start + len(mark[2]), mark.end()
        parts += [before, mark[2]]
        gold.append(Gold(start, length, mark[1]))
    return Made("".join(parts) + text[at:], tuple(gold))
