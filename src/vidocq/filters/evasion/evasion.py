"""What a disguise is."""

from collections.abc import Callable
from dataclasses import dataclass

from vidocq.core.text import Text

PLAIN = "plain"
"""Id of the value as it is, which stands first among its disguises and is none."""
Disguise = Callable[[str], str]


@dataclass(frozen=True)
class Evasion:
    """id     cited by reports.   title  what it does.   say  the value as it is then said.
    around   what it puts before and after the value, which is no part of it.
    """

    id: str
    title: Text
    say: Disguise
    around: tuple[str, str] = ("", "")

    def said(self, value: str) -> str:
        return f"{self.around[0]}{self.say(value)}{self.around[1]}"

    def keeps(self, value: str) -> bool:
        """Whether it leaves this value as it is, as it leaves one without the signs that it changes: that counts nothing."""
        return self.say(value) == value and self.id != PLAIN
