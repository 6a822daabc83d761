"""Names of fields as results may show them: what may be a value of a person is not repeated."""

import re
from collections.abc import Callable

_PLAIN = re.compile(r"[^\W\d][\w .:/()%+@-]{0,59}")
_MANY_DIGITS = re.compile(r"\d{4,}")
_KEPT = 10_000

Suspect = Callable[[str], bool]


class Names:
    """Shows a name, or `#3` for the third one where a detector finds personal data in it.

    suspect  whether a text holds personal data.
    """

    def __init__(self, suspect: Suspect) -> None:
        self._suspect = suspect
        self._sound: dict[str, bool] = {}

    def is_sound(self, name: str) -> bool:
        known = self._sound.get(name)
        if known is None:
            known = bool(_PLAIN.fullmatch(name)) and not _MANY_DIGITS.search(name) and not self._suspect(name)
            if len(self._sound) < _KEPT:
                self._sound[name] = known
        return known

    def shown(self, name: str, position: int) -> str:
        return name if self.is_sound(name) else f"#{position + 1}"
