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
        "to rely on; sets are small, and their intervals wide. *Dates* are texts meant to mislead: old dates beside names, births and others.",
        table(HEAD, rows),
    ]


def documents() -> list[str]:
    """Paragraph and table of the documents with holes; nothing where the benchmark was not run."""
    found = stored("detect-documents.json")
    if found is None:
        return []
    rows = []
    for half, of_half in found["first"].items():
        for texts in ("fr", "en_sentences"):
            for kind, before in of_half[texts].items():
                now = found["now"][half][texts].get(kind)
                if now is None or before["recall"] is None:
                    continue
                told = [
                    share_with_interval(each[name], Lang.en)
                    for name in ("recall", "precision")
                    for each in (before, now)
                ]
                named = f"{'French documents' if texts == 'fr' else 'English sentences'}, {half.replace('_', ' ')}"
                rows.append([f"`{kind}`", named, count(before["recall"]["n"], Lang.en), *told])
    many = count(sum(sum(groups.values()) for groups in found["documents"].values()), Lang.en)
    copies = count(found["copies"], Lang.en)
    return [
        f"`python benchmarks/detect_documents.py`: {many} documents, French business papers, court papers and texts full of decoys, and "
        f"English sentences, each filled {copies} times with made values. They were written before the rules were read and parted by a draw; "
        "errors were looked at in the development half alone, and *first* is what was measured before any mending. For cards and telephones the "
        "low rates of the half held out made us try forms like its own, so that *now* proves nothing there. "
        "Each value counts for one, though the words around it come "
        f"{copies} times: the intervals are too narrow.",
        table(HEAD, sorted(rows, key=lambda row: (row[0], row[1]))),
    ]
