"""Texts written by hand for this project, all of it fiction: letters, files, judgments, mails, and their decoys.

`made/written/LANGUAGE_SET.txt` holds them, a line `%%` between two, what is personal marked in place as
`[[kind:value]]`; `[[unscored:…]]` is neither asked for nor held against a find. Rules may be mended on the errors of the
sets named `development` alone. The texts of `afterwards` were written once the rules had been mended; their rates were kept
before their errors were looked at. Those of `later` (prose) and `sentences` (one or two lines, forms, chat without
capitals) were written later still, by a hand that had not read the rules, and parted text by text before anything was measured. Those of `dates` are dates beside names, births and others, meant to mislead:
written when the rule for them stood, by who wrote it, and no rule was changed after.
"""

from __future__ import annotations

import re
from pathlib import Path

from made.generator import Gold, Made

FOLDER = Path(__file__).resolve().parent / "made" / "written"
MARK = re.compile(r"\[\[(\w+):(.*?)\]\]", re.DOTALL)
PROSE = ("development", "held_out", "afterwards", "later_development", "later_held_out")
SETS = {"fr": (*PROSE, "dates"), "en": (*PROSE, "sentences_development", "sentences_held_out")}


def texts_written(language: str, named: str) -> list[Made]:
    """The texts of one set, their marks taken out and kept as gold."""
    return [unmarked(text) for text in (FOLDER / f"{language}_{named}.txt").read_text("utf-8").split("\n%%\n")]


def unmarked(text: str) -> Made:
    parts, gold, at, length = [], [], 0, 0
    for mark in MARK.finditer(text):
        before = text[at : mark.start()]
        start = length + len(before)
        length, at = start + len(mark[2]), mark.end()
        parts += [before, mark[2]]
        gold.append(Gold(start, length, mark[1]))
    return Made("".join(parts) + text[at:], tuple(gold))
