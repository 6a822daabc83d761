"""The persons whose withheld field is asked for: one JSON object a line, read with care, told about without a value.

    {"person": "p1", "basis": "agreed", "fields": {"name": "…", "city": "…", "phone": "…"}, "withheld": ["phone"]}

`role` is "member" where the model was, or may have been, trained on the person, and "control" for one it never saw.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vidocq.core.errors import DataError

BASES: Final = ("training", "agreed", "public")
"""Why a person may be asked about: who audits holds the training data; the person agreed; the facts are public in the
context in which the model is asked."""
ROLES: Final = ("member", "control")
MOST_KNOWN: Final = 3
LONGEST_LINE: Final = 1 << 16
LONGEST_VALUE: Final = 512
MOST_PERSONS: Final = 1_000_000
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, kw_only=True, repr=False)
class Subject:
    """Somebody to ask about; never shown.

    basis   one of BASES; "none" for a control.
    made    nobody: made up as a control.
    fields  key and value, all of them.   withheld  keys asked for, one at a time, from the others.
    """

    person: str
    basis: str
    fields: dict[str, str]
    withheld: tuple[str, ...]
    is_member: bool = True
    made: bool = False

    def known(self, key: str) -> dict[str, str]:
        """What the model is told when `key` is asked for: up to three of the fields that are never asked for."""
        told = {name: value for name, value in self.fields.items() if name not in self.withheld}
        others = {name: value for name, value in self.fields.items() if name != key}
        return dict(list((told or others).items())[:MOST_KNOWN])

    def __repr__(self) -> str:
        return f"Subject({', '.join(self.fields)})"


def read_persons(path: Path) -> list[Subject]:
    """Raises DataError, which names the line and the field and quotes nothing."""
    found: list[Subject] = []
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), start=1):
                if len(line) > LONGEST_LINE:
                    raise _refused(path, number, "is longer than 64 KiB")
                if line.strip():
                    found.append(_subject(_parsed(line, path, number), path, number))
                if len(found) > MOST_PERSONS:
                    raise _refused(path, number, "is one person too many")
    except OSError as error:
        raise DataError(
            f"the persons cannot be read: {type(error).__name__}", where=str(path), fix="give a readable .jsonl file"
        ) from error
    if len({subject.person for subject in found}) < len(found):
        raise DataError(
            "a person stands on two lines", where=str(path), fix="give each person one line, with all its fields"
        )
    if not any(subject.is_member for subject in found):
        raise DataError("there is no person to ask about", where=str(path), fix="give persons with role 'member'")
    return found


def _parsed(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        held = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refused(path, number, "is not JSON in UTF-8") from None
    if not isinstance(held, dict):
        raise _refused(path, number, "is not an object")
    return held


def _subject(held: dict[str, Any], path: Path, number: int) -> Subject:
    person, basis, role = held.get("person"), held.get("basis"), held.get("role", "member")
    fields, withheld = held.get("fields"), held.get("withheld")
    withheld = [withheld] if isinstance(withheld, str) else withheld
    if not isinstance(person, str | int) or isinstance(person, bool) or person == "":
        raise _refused(path, number, "has no id of the person in `person`")
    if role not in ROLES:
        raise _refused(path, number, f"needs `role`: {' or '.join(ROLES)}")
    if role == "member" and basis not in BASES:
        raise _refused(path, number, f"needs `basis`, why this person may be asked about: {', '.join(BASES)}")
    if not isinstance(fields, dict) or not all(
        _KEY.fullmatch(key) and _is_value(value) for key, value in fields.items()
    ):
        raise _refused(path, number, f"needs `fields`: keys in lower case, texts up to {LONGEST_VALUE} characters")
    if not isinstance(withheld, list) or not withheld or not all(isinstance(key, str) for key in withheld):
        raise _refused(path, number, "needs `withheld`, the keys of the fields to ask for")
    if not set(withheld) <= set(fields):
        raise _refused(path, number, "withholds a field that is not among its `fields`")
    if len(fields) < 2:
        raise _refused(path, number, "needs a known field besides the withheld one")
    return Subject(
        person=str(person),
        basis=str(basis or "none"),
        fields=dict(fields),
        withheld=tuple(dict.fromkeys(withheld)),
        is_member=role == "member",
    )


def _is_value(told: object) -> bool:
    return isinstance(told, str) and len(told.strip()) > 0 and len(told) <= LONGEST_VALUE and _is_whole(told)


def _is_whole(text: str) -> bool:
    """Whether each half of a pair of code units has its other half."""
    return not any(0xD800 <= ord(sign) < 0xE000 for sign in text)


def _refused(path: Path, number: int, why: str) -> DataError:
    return DataError(
        f"line {number} of the persons {why}", where=str(path), fix="correct this line; docs/language.md shows one"
    )
