"""The escapes of strings in JSON and in code, undone all at once: line ends, quotes, characters by their numbers, lines that go on."""

import re

from vidocq.filters.views.view import View, replaced

_ESCAPE = re.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9A-Fa-f]{2})\\u(?P<low>[dD][c-fC-F][0-9A-Fa-f]{2})|u(?P<code>[0-9A-Fa-f]{4})|(?P<sign>[nrt\"'/\\])|(?P<cut>\r?\n))"
)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_FEWEST = 2


def unescaped(text: str) -> View | None:
    """The text as the string says it; None of fewer than two escapes, which change nothing that is looked for."""
    if text.count("\\") < _FEWEST and "\\\n" not in text:
        return None
    return replaced(
        "unescaped", text, ((found.start(), found.end(), _said(found)) for found in _ESCAPE.finditer(text))
    )


def _said(found: re.Match[str]) -> str:
    if found["cut"] is not None:
        return ""
    if found["sign"] is not None:
        return _SIGNS.get(found["sign"], found["sign"])
    if found["code"] is not None:
        code = int(found["code"], 16)
        return chr(code) if not 0xD800 <= code < 0xE000 else " "
    return chr(0x10000 + ((int(found["high"], 16) - 0xD800) << 10) + int(found["low"], 16) - 0xDC00)
