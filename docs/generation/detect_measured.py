"""What is known of each kind of personal data, and src/vidocq/detect/measured.json, from the stored benchmarks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.core.spans import Category
from vidocq.core.text import Text

from generation.stored import stored

IDENTIFIERS, PERSONS = "detect.json", "detect-persons.json"
HELD_OUT, DEVELOPMENT = "held_out", "development"
LANGUAGES = {
    "fr": Text(fr="textes français fabriqués", en="made French texts"),
    "en": Text(fr="textes anglais fabriqués", en="made English texts"),
}
APART = Text(
    fr="sur des modèles de texte tenus à l'écart, noms de famille inventés",
    en="from templates held out, invented surnames",
)
DOCUMENTS = Text(
    fr="documents fabriqués, sur des modèles de texte tenus à l'écart",
    en="made documents, from templates held out",
)


@dataclass(frozen=True)
class Row:
    """Precision and recall of one kind on one set of texts, as stored."""

    category: Category
    on: Text
    figures: Mapping[str, Any]


def held_out() -> list[Row]:
    """On texts whose templates were not in view when the detectors were written; by kind, French before English."""
    rows = [Row(Category(name), DOCUMENTS, figures) for name, figures in of_identifiers(HELD_OUT).items()]
    persons = stored(PERSONS) or {}
    for category in Category:
        sets = persons.get(category.value, {})
        for language, texts in LANGUAGES.items():
            figures = sets.get(f"made {language}, held out templates, invented surnames")
            if figures is not None:
                rows.append(Row(category, Text(f"{texts.fr}, {APART.fr}", f"{texts.en}, {APART.en}"), figures))
    order = list(Category)
    return sorted(rows, key=lambda row: order.index(row.category))


def of_identifiers(part: str) -> dict[str, Any]:
    """Of the made documents of identifiers, {category: figures}."""
    found: dict[str, Any] = (stored(IDENTIFIERS) or {}).get("made", {}).get(part, {})
    return found


def measured_figures() -> dict[str, Any]:
    """{category: {precision, recall, set}}: where two languages are measured, the one whose recall is lower.

    Of equals, the one measured on more texts. A kind without a set held out has no figure.
    """
    chosen: dict[Category, Row] = {}
    for row in held_out():
        other = chosen.get(row.category)
        if other is None or _better_known(row) < _better_known(other):
            chosen[row.category] = row
    return {
        str(category): {
            **{name: _kept(row.figures[name]) for name in ("precision", "recall")},
            "set": row.on.to_dict(),
        }
        for category, row in chosen.items()
    }


def measured_json() -> str:
    return json.dumps(measured_figures(), indent=1, ensure_ascii=False) + "\n"


def _better_known(row: Row) -> tuple[float, int]:
    recall = row.figures["recall"]
    return (recall["value"], -recall["n"]) if recall else (2.0, 0)


def _kept(figure: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if figure is None else {name: figure[name] for name in ("value", "low", "high", "n")}
