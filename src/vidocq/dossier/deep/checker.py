"""What a checker is: it reads one entry, and what those before it have said."""

from collections.abc import Callable

from vidocq.core.text import Text
from vidocq.dossier.deep.seen import Seen
from vidocq.dossier.entries import Entry

Checker = Callable[[Entry, Seen], Text | None]

MALFORMED = Text(fr="l'inscription n'a pas la forme de son genre", en="the entry has not the form of its kind")
