"""One sign of two, or of three to five, where the text says that only those are to be read: "un caractère sur deux"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, picked

_SAID = re.compile(
    r"\b(?:une?|1)\s(?:caract[èe]re|lettre|signe|chiffre|symbole)?s?\s?sur\s(?P<fr>deux|trois|quatre|cinq|[2-5])\b"
    r"|\b(?:every|each)\s(?P<en>second|other|third|fourth|fifth|2nd|3rd|4th|5th)\s(?:character|letter|digit|sign|symbol)"
    r"|\b(?:one|1)\s(?:character|letter|digit|sign|symbol)\s(?:in|out\sof|of)\s(?:every\s)?(?P<in>two|three|four|five|[2-5])\b"
    r"|\b(?P<place>odd|even|impaire?s?|paire?s?)[\s-](?:positions?|places?|characters?|letters?|rangs?|numbered|caract[èe]res?)"
    r"|\b(?:positions?|rangs?|places?|caract[èe]res?|lettres?)\s(?P<places>impaire?s?|paire?s?)"
    r"|\[::(?P<slice>[2-5])\]|\[1::(?P<from>[2-5])\]",
    re.IGNORECASE,
)
_STEP = {
    word: step
    for step, words in enumerate(
        ("deux second other 2nd two 2 odd even impair impaire impairs impaires pair paire pairs paires", "trois third 3rd three 3",
         "quatre fourth 4th four 4", "cinq fifth 5th five 5"), start=2,
    )
    for word in words.split()
}  # fmt: skip
_RUN = re.compile(r"(?<![^\s(\"'`«“:])[^\s\"`«»“”]{14,200}")
_MOST = 8
"""Runs of a text that are looked at."""


def read(text: str) -> Iterator[View]:
    """Long runs with the signs at every place that there is to begin at, one run a line, and nothing else."""
    said = _SAID.search(text)
    if said is None:
        return
    step = _STEP[next(word for word in said.groups() if word is not None).lower()]
    runs = [run for run in _RUN.finditer(text) if not run[0].isalpha()][:_MOST]
    for first in range(step) if runs else ():
        yield _view(text, [at for run in runs for at in (*range(run.start() + first, run.end(), step), -run.end())])


def _view(text: str, places: list[int]) -> View:
    return picked("every second", [(at, text[at]) if at >= 0 else (-at - 1, "\n") for at in places])
