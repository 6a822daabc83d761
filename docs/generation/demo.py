"""The block of the READMEs that shows what `make demo` prints, from benchmarks/results/demo.json."""

import textwrap

from vidocq.core.text import Lang, Text
from vidocq.report.numbers import count, duration
from vidocq.report.typography import polished

from generation.stored import stored

WIDTH = 100
ABSENT = Text(
    fr="*Aucun extrait conservé pour l'instant : `python benchmarks/demo_figures.py` l'écrit.*",
    en="*No excerpt has been kept yet: `python benchmarks/demo_figures.py` writes it.*",
)
SECONDS = Text(
    fr="Durée mesurée, installation non comprise : {seconds} sur {cores} cœurs.",
    en="Measured time, set-up left out: {seconds} on {cores} cores.",
)


def demo_block(lang: Lang) -> str:
    """Title and three lines of each model, as printed."""
    found = stored("demo.json")
    if found is None:
        return polished(ABSENT.to(lang), lang)
    lines: list[str] = []
    for model in found["models"]:
        lines += ["", f"── {model['title'][lang]} ──"]
        for said in model["headline"].values():
            lines += textwrap.wrap(said[lang], WIDTH, break_on_hyphens=False)
    told = SECONDS.to(lang).format(seconds=duration(found["seconds"], lang), cores=count(found["cores"], lang))
    return "```text\n" + "\n".join(lines[1:]) + "\n```\n\n" + polished(told, lang)
