"""docs/guard-policy.md, from the sections of a policy: their docstrings, fields, kinds and defaults."""

from enum import StrEnum

from vidocq.core.guarding import Action
from vidocq.core.spans import Category
from vidocq.filters.extracted import Extracted
from vidocq.filters.objected import Objected
from vidocq.filters.personal_data import PersonalData
from vidocq.filters.phrases import KINDS
from vidocq.filters.policy import (
    PREDICTIONS_LIMITS,
    BudgetSection,
    PersonalDataSection,
    PhrasesSection,
    Policy,
    PredictionsSection,
    RepetitionSection,
    RequestsSection,
    Section,
    ServeSection,
    StopSection,
    VerbatimSection,
)
from vidocq.filters.repetition import Repetition
from vidocq.filters.requests import Requests
from vidocq.filters.verbatim import Verbatim

from generation.configuration import descriptions
from generation.markdown import page, table

FILTERS = (PersonalDataSection, VerbatimSection, PhrasesSection, RequestsSection, RepetitionSection)
TABLES = {"predictions": PredictionsSection, "budget": BudgetSection, "stop": StopSection, "serve": ServeSection}
_LEFT_OUT = {"kind", "base"}
_COMMON = {
    "schema": "version of this format: 1.",
    "action": "what is done with a find.",
    "surfaces": "where it looks.",
}
CARDS = {
    PersonalDataSection: (PersonalData.card,),
    VerbatimSection: (Verbatim.card,),
    PhrasesSection: (Objected.card, Extracted.card),
    RequestsSection: (Requests.card,),
    RepetitionSection: (Repetition.card,),
}
"""The card of what a section makes."""


def policy_page() -> str:
    """One section per table of the file."""
    parts = [
        f"## `[[filters]]`, kind {_kinds(section)}\n\n{_section(section)}\n\n{_limits(section)}"
        for section in FILTERS
    ]
    parts += [f"## `[{name}]`\n\n{_section(section)}{_of_table(section)}" for name, section in TABLES.items()]
    return page(
        "# The policy of a guard",
        "A TOML file. A key that is not listed here is refused, and a guard whose policy cannot be used does not start; one "
        "that runs keeps the policy it has. Paths are relative to the folder of the file.",
        _section(Policy),
        f"Actions: {', '.join(f'`{each.value}`' for each in Action)}. Categories: "
        f"{', '.join(f'`{each.value}`' for each in Category)}. Surfaces: `prompt`, `answer`, `reasoning`, `arguments`.",
        *parts,
    )


def _kinds(section: type[Section]) -> str:
    if section is PhrasesSection:
        return " or ".join(f'`"{kind}"`' for kind in KINDS)
    return f'`"{section.model_fields["kind"].annotation.__args__[0]}"`'


def _limits(section: type[Section]) -> str:
    """What each filter does not do, as its card says it."""
    return "\n\n".join(
        f"*{card.title.en}*: {card.limits.en}\n\n*{card.title.fr}* : {card.limits.fr}" for card in CARDS[section]
    )


def _of_table(section: type[Section]) -> str:
    return f"\n\n{PREDICTIONS_LIMITS.en}\n\n{PREDICTIONS_LIMITS.fr}" if section is PredictionsSection else ""


def _section(section: type[Section]) -> str:
    opening, described = descriptions(section)
    rows = [
        [
            f"`{field.alias or name}`",
            _default(field.default, needed=field.is_required()),
            described.get(name, _COMMON.get(field.alias or name, "")),
        ]
        for name, field in section.model_fields.items()
        if name not in _LEFT_OUT and name not in TABLES
    ]
    return f"{opening}\n\n{table(('Key', 'Default', 'What it is'), rows)}"


def _default(value: object, *, needed: bool) -> str:
    if needed:
        return "**needed**"
    if value is None:
        return "none"
    if isinstance(value, frozenset):
        return f"{len(value)} of them" if len(value) > 4 else ", ".join(f"`{each}`" for each in sorted(value))
    return f'`"{value}"`' if isinstance(value, str | StrEnum) else f"`{value}`"
