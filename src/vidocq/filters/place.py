"""A place of a text at which something was read, and what its layout tells: groups, gaps, what goes on, what is around."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

AROUND = 240
"""Characters on either side in which other numbers are counted."""
NEAR = 24
DIGITS = re.compile(r"[0-9]+")
TIME = re.compile(r"(?<![\w:.])(?:[01]?[0-9]|2[0-3])(?: ?h ?|[:.])[0-5][0-9](?![\w.:]*[0-9:])")
DATE = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?P<a>[-/. ])(?:0?[1-9]|1[0-2])(?P=a)(?:0?[1-9]|[12][0-9]|3[01])"
    r"|(?:0?[1-9]|[12][0-9]|3[01])(?P<b>[-/. ])(?:0?[1-9]|1[0-2])(?P=b)(?:19|20)[0-9]{2})(?![0-9])"
)
BEFORE = re.compile(r"(?<![^\W_])(?P<number>[0-9]{1,10}[A-Fa-f]?|[A-Fa-f][0-9])(?P<gap>[^0-9A-Za-z]{1,6})\Z")
_AFTER = re.compile(r"(?P<gap>[^0-9A-Za-z]{1,6})(?P<number>[0-9]{1,10}[A-Fa-f]?|[A-Fa-f][0-9])(?![^\W_])")
_GLUED_BEFORE = re.compile(r"[0-9][.,]\Z")
_IN_ROW = re.compile(r"(?<![\w])[0-9]{1,10}(?=[^\w\n]{1,5}[0-9])|(?<=[0-9][ ,;|.:/-])[0-9]{1,10}(?![\w])")
_CODE = re.compile(r"(?<![^\W_])(?=[0-9]{0,20}[a-f])[0-9a-f]{8,}(?![^\W_])")
_LIKE = str.maketrans("OoIlZzSsGBTg!ØøEADQ", "0011225568791003400")
_TAG = re.compile(r"</?[a-z]{1,8}[^<>]{0,40}>")
_USUAL = {(3, 3, 3, 5), (4, 3, 3), (3, 3, 4)}
"""Lengths of the groups of a SIRET, and of telephone numbers."""
CUT = re.compile(r"[-\\ ]*\r?\n[ \t]*")
_LABEL = re.compile(r"(?<=\n)[ \t]*[0-9]{1,2}[.):] ")
_SEPARATING = re.compile(r"[ _./|·-]{1,3}")
_SIGNS = re.compile(r"[^\W_]+|[!Øø]")
_ABROAD = re.compile(r"(?P<land>\+33|0033)[ .\u00a0]?\(0\)[ .\u00a0]?")
"""The nought that is left out from abroad is no group by itself."""
_FOREIGN = re.compile(r"(?![0-9])\d")


@dataclass(frozen=True)
class Place:
    """Where something was read: [start, end) of a text as it stands, without anything undone."""

    text: str
    start: int
    end: int
    name: str
    """Of the disguises undone."""

    @cached_property
    def inside(self) -> str:
        """What stands there, with digits for what was read as such."""
        inside = unicodedata.normalize("NFKC", self.text[self.start : self.end]).replace("()", "0")
        inside = with_digits(inside)
        inside = _TAG.sub("\n", inside) if "<" in inside else inside
        inside = _LABEL.sub("", inside) if "unlisted" in self.name else inside
        inside = _SIGNS.sub(_as_digits, inside) if "lookalike" in self.name else inside
        return _ABROAD.sub(r"\g<land> ", inside)

    @cached_property
    def groups(self) -> list[str]:
        return DIGITS.findall(self.inside)

    @cached_property
    def gaps(self) -> list[str]:
        """What stands between the groups of digits."""
        return [re.sub("[A-Za-z]", "x", gap.replace("+", "")) for gap in DIGITS.split(self.inside)[1:-1]]

    @cached_property
    def around(self) -> str:
        return f"{self.text[max(0, self.start - AROUND) : self.start]}\n{self.text[self.end : self.end + AROUND]}"

    @cached_property
    def goes_on(self) -> bool:
        """Whether the row goes on before or after with another number, by one of the gaps that it has within."""
        before = BEFORE.search(self.text, max(0, self.start - NEAR), self.start)
        after = _AFTER.match(self.text, self.end)
        if _GLUED_BEFORE.search(self.text, max(0, self.start - 2), self.start) is not None:
            return True
        if not self.gaps:
            size = len(self.inside)
            return any(m is not None and m["gap"] == " " and len(m["number"]) >= size for m in (before, after))
        return any(m is not None and m["gap"].replace("+", "") in self.gaps for m in (before, after))

    @cached_property
    def is_regular(self) -> bool:
        """Whether the groups have one length, but for the first or the last of them, as those of a number do."""
        sizes = [len(group) for group in self.groups]
        if self.groups and self.groups[0] in ("33", "0033"):
            del sizes[0]
        elif self.groups and self.groups[-1] == "33":
            del sizes[-1]
        return _are_regular(sizes) or (
            "\n" in self.inside
            and len(joined := DIGITS.findall(CUT.sub("", self.inside))) > 2
            and _are_regular([len(group) for group in joined])
        )

    @cached_property
    def is_mixed(self) -> bool:
        """Whether there is one thing here between the groups and another there; of pairs, besides the ends of lines."""
        is_fine = max(map(len, self.groups), default=0) <= 2
        return len({gap for gap in self.gaps if not (is_fine and "\n" in gap)}) > 1

    @property
    def is_by_itself(self) -> bool:
        """Whether no other number is around, and signs alone are between its groups."""
        return DIGITS.search(self.around) is None and all(_SEPARATING.fullmatch(gap) is not None for gap in self.gaps)

    @property
    def has_tags(self) -> bool:
        return _TAG.search(self.text, self.start, self.end) is not None

    @property
    def in_rows(self) -> int:
        """Numbers around that stand next to other numbers."""
        return sum(1 for _ in _IN_ROW.finditer(self.around))

    @property
    def are_times(self) -> bool:
        """Whether all digits are those of two times or dates, or more."""
        begin = max(0, self.start - 8)
        around = self.text[begin : self.end + 8]
        taken = [(m.start() + begin, m.end() + begin) for p in (TIME, DATE) for m in p.finditer(around)]
        taken = [span for span in taken if span[0] < self.end and span[1] > self.start]
        return len(taken) > 1 and all(
            any(a <= at < b for a, b in taken) for at in range(self.start, self.end) if self.text[at].isdecimal()
        )

    @property
    def is_code(self) -> bool:
        """Whether the first or the last of it is part of a longer run of letters and digits."""
        return any(
            run.start() < self.start < run.end() or run.start() < self.end < run.end()
            for run in _CODE.finditer(self.text, max(0, self.start - 40), self.end + 40)
        )


def with_digits(text: str) -> str:
    """The digits of any script as 0 to 9."""
    return text if text.isascii() else _FOREIGN.sub(lambda sign: str(unicodedata.decimal(sign[0])), text)


def _are_regular(sizes: list[int]) -> bool:
    if len(sizes) < 3 or tuple(sizes) in _USUAL:
        return True
    return (len(set(sizes[:-1])) <= 1 and sizes[-1] <= sizes[0]) or (len(set(sizes[1:])) <= 1 and sizes[0] < sizes[1])


def _as_digits(token: re.Match[str]) -> str:
    """A token of which each sign is a digit or looks like one, in digits."""
    digits = token[0].translate(_LIKE)
    return digits if digits.isdecimal() else token[0]
