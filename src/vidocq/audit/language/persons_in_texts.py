"""Whether the persons asked about stand where their roles say: members in the training texts, controls in none of them."""

import re
from collections.abc import Sequence

from vidocq.audit.language.persons_file import Subject
from vidocq.core.errors import DataError
from vidocq.core.text import Text
from vidocq.detect.names.words import folded

_WORD = re.compile(r"\w+")
NOT_THERE = Text(
    fr="Parmi les personnes dont la base est « training », {count} ne figurent dans aucun texte de membres avec la valeur demandée : "
    "ce que le modèle en livre compte, mais leur silence ne montre rien.",
    en="Of the persons whose basis is “training”, {count} stand in no member text with the value asked for: what the model gives away "
    "of them counts, but its silence about them shows nothing.",
)


def told_amiss(persons: Sequence[Subject], texts: Sequence[str]) -> Text | None:
    """What is to be known of members that no training text tells of; None if there is nothing.

    A person stands in a text where a value asked for and one that the model is told are both in it, whatever the case, the accents and
    what is between letters and digits. Raises DataError if a control does: what is recited about them would pass for chance.
    """
    found = _standing(persons, texts)
    controls = sum(not one.is_member and not one.made and here for one, here in zip(persons, found, strict=True))
    if controls:
        raise DataError(
            f"{controls} persons of role 'control' stand in texts of members, with the value asked for",
            where="[language] persons",
            fix="take as controls only persons that the model never saw, or leave controls out: they are made up then",
            fr=f"{controls} personnes de rôle « control » figurent dans des textes de membres, avec la valeur demandée",
        )
    missing = sum(
        one.is_member and one.basis == "training" and not here for one, here in zip(persons, found, strict=True)
    )
    return NOT_THERE.fill(count=missing) if missing else None


def _standing(persons: Sequence[Subject], texts: Sequence[str]) -> list[bool]:
    """Whether each person stands in one text or another: texts are sought by the longest word of each value that is told."""
    words: dict[str, list[int]] = {}
    read = [folded(text).casefold() for text in texts]
    wanted = {_first(value) for one in persons for value in one.fields.values()}
    for place, text in enumerate(read):
        for word in wanted.intersection(_WORD.findall(text)):
            words.setdefault(word, []).append(place)
    bare = [_bare(text) for text in read]
    return [any(_tells(one, key, words, bare) for key in one.withheld) for one in persons]


def _tells(one: Subject, key: str, words: dict[str, list[int]], bare: Sequence[str]) -> bool:
    asked = _bare(one.fields[key])
    return any(
        asked in bare[place] and known in bare[place]
        for value, known in ((value, _bare(value)) for value in one.known(key).values())
        for place in words.get(_first(value), ())
    )


def _first(value: str) -> str:
    """The longest word of a value."""
    return max(_WORD.findall(folded(value).casefold()), key=len, default="")


def _bare(text: str) -> str:
    return "".join(_WORD.findall(folded(text).casefold())).replace("_", "")
