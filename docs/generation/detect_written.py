"""Rates on texts written by hand, before and after the rules were mended on half of them."""

from vidocq.core.text import Lang
from vidocq.report.numbers import count, share_with_interval

from generation.markdown import table
from generation.stored import stored

KINDS = ("person", "birth_date", "address")
HEAD = ("Kind", "Texts", "Present", "Recall first", "Recall now", "Precision first", "Precision now")


def written_texts() -> list[str]:
    """Paragraph and table; nothing where the benchmark was not run."""
    found = stored("detect-written.json")
    if found is None:
        return []
    rows = []
    for kind in KINDS:
        for texts, first in found["first"].items():
            now = found["now"].get(texts, {}).get(kind)
            before = first.get(kind)
            if before is None or now is None or before["recall"] is None:
                continue
            told = [
                share_with_interval(each[name], Lang.en) for name in ("recall", "precision") for each in (before, now)
            ]
            rows.append([f"`{kind}`", texts.replace("_", " "), count(before["recall"]["n"], Lang.en), *told])
    return [
        "`python benchmarks/detect_written.py`: texts written by hand, of persons who do not exist, in several registers; *sentences* are in "
        "the manner of filled templates. They were parted before anything was measured: errors were looked at in the halves called "
        "development alone, and *first* is what was measured before any mending on that set. Halves held out, first, are the figures "
        "to rely on; sets are small, and their intervals wide.",
        table(HEAD, rows),
    ]
