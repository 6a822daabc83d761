"""Facts, rules and evidence as a sentence cites them: a name, and yes, no or the value."""

import re
from collections.abc import Mapping
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.words import PointState
from vidocq.dossier.decision import UNDETERMINED
from vidocq.dossier.facts.names import fact_name, item_name
from vidocq.dossier.file.choices import CHOICES
from vidocq.dossier.file.chosen import chosen_words
from vidocq.dossier.rules.catalogue import RULES

YES: Final = Text(fr="oui", en="yes")
NO: Final = Text(fr="non", en="no")
NONE: Final = Text(fr="aucun", en="none")
AT_MOST: Final = 4
_OTHERS: Final = {"model": Text(fr="modèle", en="model"), "suite": Text(fr="suite", en="suite")}
_LONGEST: Final = 80
_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")


def said(used: Mapping[str, Any], *, at_most: int = AT_MOST) -> Text:
    """The first few facts with their values, cut short where they are long; how many more there are."""
    told = [(name_of(path), _value(path, value)) for path, value in list(used.items())[:at_most]]
    more = len(used) - len(told)
    fr = [f"{name.fr} = {value.fr}" for name, value in told] + ([f"et {more} autre(s)"] if more else [])
    en = [f"{name.en} = {value.en}" for name, value in told] + ([f"and {more} more"] if more else [])
    return Text(fr=", ".join(fr), en=", ".join(en))


def name_of(path: str) -> Text:
    """What stands at this path: a fact, the answer of a rule ("rule.regime"), or evidence ("evidence.audit.model.api")."""
    head, _, rest = path.partition(".")
    if head == "rule":
        name, _, subject = rest.partition("(")
        return _with(RULES[name].card.title, [item_name(subject.rstrip(")"))] if subject else [])
    if head == "evidence":
        name, *details = rest.split(".")
        return _with(
            evidence_name(name), [CHOICES.get(each, _OTHERS.get(each, Text(each, each))) for each in details]
        )
    return fact_name(path)


def evidence_name(measurement: str) -> Text:
    """The title of a measurement; its id, between quotes, where this version knows none."""
    from vidocq.dossier.measurements import measurements  # noqa: PLC0415  all attacks come with it: on use

    return measurements().get(measurement, Text(f"« {measurement} »", f"“{measurement}”"))


def _with(name: Text, details: list[Text]) -> Text:
    if not details:
        return name
    fr, en = (", ".join(each) for each in zip(*((one.fr, one.en) for one in details), strict=True))
    return Text(f"{name.fr} ({fr})", f"{name.en} ({en})")


def _value(path: str, value: Any) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        if not value:
            return NONE
        items = [_value(path, item) for item in value]
        return _short(" + ".join(item.fr for item in items), " + ".join(item.en for item in items))
    chosen = _chosen(path, value) if isinstance(value, str) else None
    if chosen is not None:
        return chosen
    text = _HASH.sub(lambda found: f"{found[0][:12]}…", str(value))
    return _short(text, text)


def _chosen(path: str, value: str) -> Text | None:
    """The words of a choice, of a rule's answer or of a status; None for any other text."""
    head, _, rest = path.partition(".")
    if head == "rule":
        card = RULES[rest.partition("(")[0]].card
        return card.words(value) if value in {UNDETERMINED, *card.values} else None
    if head == "evidence":
        return next((state.words for state in PointState if state == value), None)
    return chosen_words(path, value)


def _short(fr: str, en: str) -> Text:
    return Text(*(words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…" for words in (fr, en)))
