"""One point of verification: what it asks, when it applies, and who can tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vidocq.core.text import Text
from vidocq.dossier.referential.expression import Expression


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point, as the referential has it.

    per               list of the facts for each item of which it is looked at, such as "datasets"; "" for the whole.
    measurements      ids of what has to be measured.   declaration  whether a person has to declare it.
    not_yet_measured  what a program would measure, where none of ours does.
    """

    id: str
    sheet: str
    level: str
    title: Text
    requirement: Text
    applies: Expression
    per: str = ""
    measurements: tuple[str, ...] = ()
    declaration: bool = False
    not_yet_measured: str = ""


REFERENTIAL: Final[Mapping[str, Point]] = {}
