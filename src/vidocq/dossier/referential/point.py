"""One point of verification: what it asks, when it applies, and who can tell."""

from dataclasses import dataclass
from typing import Literal

from vidocq.core.text import Text
from vidocq.dossier.referential.expression import Expression

Level = Literal["mandatory", "recommended", "good-practice"]
Source = Literal["page", "secondary", "knowledge", "law"]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point, as its file has it.

    sheet             such as "8bis".   phase  of the development.   articles  of the GDPR, such as "6.1.f".
    applies           the condition.   per  list of the facts for each item of which it is looked at, such as
                      "datasets"; "" for the whole.
    measurements      ids of what has to be measured.   declaration  whether a person has to declare it.
    where_measured    ids of what counts where there is evidence of it, and is not asked for where there is none.
    not_yet_measured  what a program would measure, where none of ours does.
    source            where its substance was read: "page" of the CNIL, "secondary" account of it, "knowledge" (from memory:
                      check it against the official text first), or the "law" itself.
    any_regime        whether it holds under any regime, not under the GDPR alone.
    note              what was corrected or made precise, for who maintains the file; "" for most.
    """

    id: str
    sheet: str
    level: Level
    title: Text
    requirement: Text
    applies: Expression
    phase: str = ""
    articles: tuple[str, ...] = ()
    link: str = ""
    per: Literal["", "datasets", "models"] = ""
    measurements: tuple[str, ...] = ()
    where_measured: tuple[str, ...] = ()
    declaration: bool = False
    not_yet_measured: str = ""
    source: Source = "law"
    any_regime: bool = False
    note: str = ""
