"""The block of the READMEs that shows a scan: made files, the command, and what it prints, run each time it is written."""

import tempfile
import textwrap
from pathlib import Path
from typing import Any

from vidocq.audit.scan.execute import run_scan
from vidocq.audit.scan.options import Options, read_categories
from vidocq.core.spans import Category
from vidocq.core.text import Lang, Text
from vidocq.detect.measured import read
from vidocq.report import scan_summary

from generation.detect_measured import measured_figures

WIDTH = 100
KINDS = "person,email,phone,address,birth_date,nir,special_category"
NAME = Text(fr="courrier.txt", en="letter.txt")
LETTER = Text(
    fr="""Je soussigné Marc Exemplaire, né le 3 mars 1975, demeurant 12 rue des Lilas, 69003 Lyon,
n° de sécurité sociale 1 75 03 69 123 456 {key}, suis en arrêt maladie depuis mon accident.
Vous pouvez me joindre au 06 39 98 12 34 ou à marc@example.org.
""",
    en="""My name is Mark Sampleton, born on 3 March 1975, of 12 rue des Lilas, 69003 Lyon. My social
security number (NIR) is 1 75 03 69 123 456 {key}. I have been on sick leave since my accident.
You can call me on 06 39 98 12 34 or write to mark@example.org.
""",
)
TABLE_NAME = Text(fr="clients.csv", en="customers.csv")
TABLE = Text(
    fr="""nom,courriel,notes
Jeanne Modèle,jeanne@example.com,rappeler au 06 39 98 56 78
Marc Exemplaire,marc@example.org,réclamation
""",
    en="""name,email,notes
Jane Sample,jane@example.com,call back on 06 39 98 56 78
Mark Sampleton,mark@example.org,complaint
""",
)
BODY = "1750369123456"


def example_block(lang: Lang) -> str:
    """The files, the command and its answer. Telephone numbers are of those kept for fiction, addresses of example.org."""
    files = {
        NAME.to(lang): LETTER.to(lang).format(key=f"{97 - int(BODY) % 97:02d}"),
        TABLE_NAME.to(lang): TABLE.to(lang),
    }
    shown = "\n".join(f"{name}:\n{textwrap.indent(text.rstrip(), '    ')}" for name, text in files.items())
    command = f"vidocq scan {' '.join(files)} --categories {KINDS} --lang {lang}"
    answer = "\n".join(
        part for line in scan_summary(_content(files), lang=lang).splitlines() for part in _wrapped(line)
    )
    return f"```text\n{shown}\n```\n\n```sh\n{command}\n```\n\n```text\n{answer}\n```"


def _wrapped(line: str) -> list[str]:
    return [line] if "  " in line or not line else textwrap.wrap(line, WIDTH, break_on_hyphens=False)


def _content(files: dict[str, str]) -> dict[str, Any]:
    """What a scan of these files finds, beside figures that are stored now and not when the package was last written."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        options = Options(categories=read_categories(KINDS), workers=1)
        outcome = run_scan([Path(folder, name) for name in files], Path(folder, "out"), options=options)
    if outcome.content is None:
        raise outcome.error or RuntimeError("the scan of the example gave nothing")
    known = read(measured_figures())
    for category in outcome.content["categories"]:
        found = known.get(Category(category["id"]))
        category["measured"] = None if found is None else found.to_dict()
    return outcome.content
