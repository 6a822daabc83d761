"""The register of article 30 in a terminal."""

from vidocq.core.text import Lang
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.register import Register
from vidocq.report.assessment import polished_line
from vidocq.report.documents.register import CONTROLLER, LEFT, NO_ENTRY, PROCESSOR, entry_title
from vidocq.report.typed import asked_line


def register_lines(register: Register, *, lang: Lang) -> list[str]:
    """Entries by capacity, one item a line, then what has no entry and why."""
    lines = []
    for title, entries in ((CONTROLLER, register.controller), (PROCESSOR, register.processor)):
        lines += [title.to(lang), *([] if entries else [f"  {NO_ENTRY.to(lang)}"])]
        for entry in entries:
            lines.append(f"  {entry_title(entry).to(lang)}")
            for column in entry.columns:
                lines.append(f"    {column.article} {column.title.to(lang)}")
                lines += [f"      - {line.to(lang)}" for line in column.shown]
    if register.not_entered:
        lines.append(LEFT.to(lang))
        for one in register.not_entered:
            lines.append(f"  {item_name(one.subject).to(lang) or '—'} — {one.reason.to(lang)}")
            lines += [f"    {asked_line(path, words, lang)}" for path, words in one.missing.items()]
    return [polished_line(line, lang) for line in lines]
