"""Digits and letters set apart: by spaces, signs, quotes, line ends, list marks, or a word between them."""

import re
from collections import Counter

from vidocq.filters.views.links import LINK
from vidocq.filters.views.view import View, replaced, without

_SIGN = r"(?:[^\w@]|_)"
_BETWEEN = rf"(?>{_SIGN}{{1,14}}(?:(?:{LINK}){_SIGN}{{1,4}}){{0,5}})"
_NUMBER = r"(?=[A-Za-z]{0,4}[0-9])[A-Za-z0-9]{1,14}(?![^\W_])"
_LETTER = r"[A-Za-z](?![^\W_]|['’][^\W\d_])"
_BANK = r"(?-i:[A-Z]{1,4})(?![^\W_])"
_FIRST = r"(?<![^\W_])(?<![+])(?:\+(?>(?:[^\w@+]|_){0,5})(?:(?:puis|then|ensuite|and|et)[^\w@]{1,3}){0,2})?"
_GAP = re.compile(rf"(?<=\+){_BETWEEN}(?=[0-9])|(?<=[^\W_]){_BETWEEN}(?=[0-9A-Za-z])", re.IGNORECASE)
_SHARE = re.compile(r"[0-9][ \u00a0\u202f]?%(?![0-9])")
"""As in a table of shares, which is no row of parts of a number."""
_DECIMAL = re.compile(r"[0-9]{1,3}[.,][0-9]{5,}")
_HEAD = re.compile(
    r"(?:(?!0|33)[0-9]{1,2}|[A-Z]{3,4})[ \u00a0]?:[ \n](?=[^:]{8})|[A-Z]{1,4}\n\n[.,;]?(?![A-Z]{0,4}[0-9]{0,4}\n\n)"
)
"""What only says what follows, "Item 2: ", "IBAN : ", or ends the paragraph before it."""
_TAIL = re.compile(r"[.!?…`\n]\s?[A-Za-z]\Z")
_SENTENCE = re.compile(rf" (?!(?:{LINK})\b)[^\W\d_]{{2}}|['’][^\W\d_]", re.IGNORECASE)
"""The first word of the next sentence, and how that goes on: "12. I can", "12. N'hésitez"."""
_WHEN = re.compile(
    r"[\s,]{1,2}(?:apr[èe]s|avant|d[èe]s|vers|jusqu'à|à|after|before|from|until|at)\s[0-9]{1,2}(?:[h:][0-9]{0,2}|\s?(?:h|heures?|am|pm)(?!\w))",
    re.IGNORECASE,
)
"""When somebody may be called: "après 14 h"."""
_DIGIT = re.compile("[0-9]")
_RUNS = (
    re.compile(rf"{_FIRST}{_NUMBER}(?:{_BETWEEN}(?:{_NUMBER}|{_LETTER})){{1,60}}+", re.IGNORECASE),
    re.compile(
        rf"{_FIRST}(?:{_NUMBER}|{_BANK})(?:{_BETWEEN}(?:{_NUMBER}|{_BANK}|{_LETTER})){{1,60}}+", re.IGNORECASE
    ),
)
FEWEST_DIGITS = 8
_LAST = 16
"""Characters of the end of a row in which a time is looked for."""
_MARK = re.compile(
    r"(?:^[ \t>]*|(?<![\w.])(?=1[.)] .{1,80}\n[ \t>]*2[.)]))(?:[0-9]{1,2}[.)\]:]|[-*•–—+])[ \t]+", re.MULTILINE
)
_SPACED = re.compile(r"(?<![\w@])[\w@.+](?P<gap>(?:[^\w@.+]|_){1,4})(?:[\w@.+-](?P=gap)){4,200}[\w@.](?![\w@])")
_WORDED = re.compile(
    r"(?<![\w@])[\w@.+-](?P<gap>\s[^\W\d_]{1,8}\s)(?:[\w@.+-](?P=gap)){4,200}[\w@.+-](?![\w@])", re.IGNORECASE
)
_CUT = re.compile(
    r"[\"'`(\[]?[ \t]{0,4}(?:[|,+;&~#/]|\|\||->|→|=>|\.{3}|…|\\\\|\\(?=\r?\n)|[\"'] ?\. ?(?=[\"'])|\r?\n)[ \t>\n|]{0,6}"
    r"(?:(?:[-*•–—]|[0-9]{1,2}[.)])[ \t]{1,3})?(?:\[[ xX]?\][ \t]{1,3})?[\"'`(\[]?(?=[\w@.+-])"
)
_PADDED = re.compile(
    r"(?<![A-Za-z0-9])(?:\+[A-Za-z]?)?[0-9A-Z]{1,2}([A-Za-z])[0-9]{1,2}(?:\1[0-9]{1,2}){4,30}(?![A-Za-z0-9])"
)
_PAD = re.compile(r"(?<=[0-9+])[A-Za-z](?=[0-9])")
_SET_APART = re.compile(r"(?<![\w@])(?:[\w@.+-](?:[^\w\s@]|_)){8,80}+[\w@]?(?![^\W_])")
_INSERTED = re.compile(r"\([^()\s]{1,12}\)|\[[^\[\]\s]{2,12}\]|\{[^{}\s]{1,12}\}|/\*[^*]{0,12}\*/|<!--[^<>]{0,12}-->")
_FEWEST_INSERTED = 3
AROUND_SIGN = 80
"""Characters on either side of an @ in which cuts through the address are mended."""


def numbers(text: str) -> View | None:
    """ "06 - 12\\n34, puis 56 78" read as "0612345678"; single letters among the digits stay with them."""
    return _joined(text, _RUNS[0])


def codes(text: str) -> View | None:
    """The same with short words in capitals, as in "NL 13 ABNA 3315"."""
    return _joined(text, _RUNS[1])


def _joined(text: str, pattern: re.Pattern[str]) -> View | None:
    if len(_DIGIT.findall(text)) < FEWEST_DIGITS:
        return None
    runs = (
        _bounds(text, run)
        for run in pattern.finditer(text)
        if sum(map(str.isdecimal, run[0])) >= FEWEST_DIGITS
        and _SHARE.search(run[0]) is None
        and _DECIMAL.fullmatch(run[0]) is None
    )
    places = ((gap.start(), gap.end(), "") for bounds in runs for gap in _GAP.finditer(text, *bounds))
    return replaced("joined", text, places)


def _bounds(text: str, run: re.Match[str]) -> tuple[int, int]:
    """Where it begins and ends, without what belongs to the sentences around it."""
    start, end = run.span()
    head = _HEAD.match(text, start, end)
    tail = _TAIL.search(text, end - 3, end)
    if tail is not None and _SENTENCE.match(text, end) is not None:
        end = tail.start()
    when = _WHEN.search(text, max(start, end - _LAST), end + _LAST)
    if when is not None and when.start() < end <= when.end():
        end = when.start()
    return start if head is None else head.end(), end


def unlisted(text: str) -> View | None:
    """Lines without the marks or numbers of a list."""
    return replaced("unlisted", text, ((mark.start(), mark.end(), "") for mark in _MARK.finditer(text)))


def letters(text: str) -> View | None:
    """ "j-e-a-n-@-…" read as one word."""
    runs = sorted([*_SPACED.finditer(text), *_WORDED.finditer(text)], key=lambda run: run.start())
    places = (
        (at, at + len(run["gap"]), "")
        for before, run in zip([None, *runs], runs, strict=False)
        if before is None or before.end() <= run.start()
        for at in range(run.start() + 1, run.end() - 1, 1 + len(run["gap"]))
    )
    return replaced("spaced", text, places)


def uninserted(text: str) -> View | None:
    """Without what stands again and again between brackets, in the middle of words."""
    said = Counter(found[0] for found in _INSERTED.finditer(text))
    again = {piece for piece, times in said.items() if times >= _FEWEST_INSERTED}
    places = ((found.start(), found.end(), "") for found in _INSERTED.finditer(text) if found[0] in again)
    return replaced("inserted", text, places) if again else None


def padded(text: str) -> View | None:
    """ "0x6x1x2…" without the letter that stands after each digit."""
    return without("padded", text, _PADDED.finditer(text), _PAD)


def set_apart(text: str) -> View | None:
    """ "j-e_a.n-" without every second sign, whichever it is."""
    places = ((at, at + 1, "") for run in _SET_APART.finditer(text) for at in range(run.start() + 1, run.end(), 2))
    return replaced("set apart", text, places)


_WHOLE = re.compile(r"[\w.+-]{2,64}@[\w-]{2,63}(?:\.[\w-]{2,63}){0,3}\.[A-Za-z]{2,12}(?![\w-])")
_SAID_BETWEEN = re.compile(
    rf"(?<=[\w@.+-])[.,;]{{0,3}}\s(?:(?:{LINK})[\s,:]{{1,3}}){{1,6}}(?=[\w@.+-])", re.IGNORECASE
)


def parts(text: str) -> View | None:
    """An address of which words such as "then comes" stand between the parts, where none stands whole."""
    signs = [place.start() for place in re.finditer(r"(?<=[\w.])@|@(?=\w)", text)]
    if not signs:
        return None
    for whole in _WHOLE.finditer(text):
        signs = [sign for sign in signs if not whole.start() <= sign < whole.end()]
    if not signs:
        return None
    places = (
        (cut.start(), cut.end(), "")
        for cut in _SAID_BETWEEN.finditer(text)
        if any(abs(cut.start() - sign) <= 3 * AROUND_SIGN for sign in signs)
    )
    return replaced("parts", text, places)


def pieces(text: str) -> View | None:
    """Line ends, cells, quotes and list marks near an @ left out."""
    signs = [place.start() for place in re.finditer("@", text)]
    if not signs:
        return None
    places = (
        (cut.start(), cut.end(), "")
        for cut in _CUT.finditer(text)
        if any(abs(cut.start() - sign) <= AROUND_SIGN for sign in signs)
    )
    return replaced("pieces", text, places)
