"""Numbers and addresses of which each sign was moved on by half of the printable signs of ASCII, the spaces kept: "_e `a bc"."""

import re

from vidocq.filters.views.view import View, changed

_DIGIT, _LETTER, _CAPITAL = "[_`a-h]", "[2-K_`a-h]", r"[p-~!#-&*+]"
_NUMBER = rf"(?:(?!\*\*|##){_CAPITAL}{{2}} ?|Z ?)?{_DIGIT}(?:(?:[ \]\\]?{_DIGIT})|{_CAPITAL}(?=[_`a-h])){{8,40}}"
_ADDRESS = rf"[2-K_`a-h0Z\\\]]{{1,64}}o(?:{_LETTER}|\\){{1,63}}(?:\](?:{_LETTER}|\\){{1,63}}){{0,3}}\][2-K]{{2,12}}"
_ROW = re.compile(
    rf"(?:(?<=[\s(\[>])|\A)`(?P<held>{_NUMBER}|{_ADDRESS})`(?![A-Za-z0-9_`])"
    rf"|(?<![A-Za-z0-9_`])(?:{_NUMBER}(?![A-Za-z0-9_`])|{_ADDRESS}(?![A-Za-z0-9_`]))"
)
"""What digits and addresses become: 0 to 9 stand at "_`abcdefgh", small letters from 2 to K, "@" at "o" and "." at "]".
Between the marks of code, which stand for a digit too, these are no part of it."""
_MAY_BE = re.compile(
    rf"{_DIGIT}(?:[ \]\\]?{_DIGIT}){{8}}|{_LETTER}o{_LETTER}(?:{_LETTER}|[\\\]]){{1,126}}\][2-K]{{2}}|{_CAPITAL}{{2}} ?{_DIGIT}{{2}}"
)
_BY_HALF = {code: 33 + (code - 33 + 47) % 94 for code in range(33, 127)}


def rot47(text: str) -> View | None:
    """Such rows as they were."""
    if _MAY_BE.search(text) is None:
        return None
    turned = _ROW.sub(_turned, text)
    return None if turned == text else changed("rot47", text, turned)


def _turned(row: re.Match[str]) -> str:
    return row[0].translate(_BY_HALF) if row["held"] is None else f"`{row['held'].translate(_BY_HALF)}`"
