"""Markdown: tables, and the blocks of a hand-written page that a program fills in."""

import re
from collections.abc import Mapping, Sequence

BLOCK = re.compile(r"(<!-- generated:(?P<name>[a-z-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
NOTICE = "<!-- Written by docs/generate.py: `make docs` writes it again. -->"


def page(*parts: str) -> str:
    """A whole generated page: paragraphs, tables and titles, one blank line between them."""
    return "\n\n".join([NOTICE, *(part.strip("\n") for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Empty if there is no row."""
    if not rows:
        return ""
    lines = [_row(head), "|" + " --- |" * len(head), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def blocks_of(text: str) -> list[str]:
    """The names of the marked blocks, in order."""
    return [found["name"] for found in BLOCK.finditer(text)]


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """`text` with each marked block replaced. Raises KeyError on a block nobody writes."""
    return BLOCK.sub(lambda found: f"{found[1]}{blocks[found['name']].strip()}\n{found[3]}", text)
