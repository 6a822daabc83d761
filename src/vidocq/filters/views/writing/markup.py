"""What dresses a text: tags, emphasis, links, commands of LaTeX. Taken off, what it stood between is one word again."""

import re

from vidocq.filters.views.view import View, replaced

_BLOCK = "br|p|div|li|ul|ol|tr|td|th|table|tbody|h[1-6]"
_DRESS = re.compile(
    r"<!--.{0,200}?-->"
    rf"|\s?</?(?P<apart>{_BLOCK})(?=[\s/>])[^<>]{{0,200}}>(?:\s{{0,4}}(?=<))?"
    r"|(?<=[\w@.+>)\]\"'-])</?[A-Za-z][^<>]{0,200}>|</?[A-Za-z][^<>]{0,200}>(?=[\w@.+<(\[-])"
    r"|(?P<command>\\(?:text|math|emph|mbox|hbox|underline|overline|boxed)[a-z]{0,4}\s?\{(?P<inside>[^{}\\]{0,80})\})"
    r"|(?P<space>\s?\\(?:[,;:! ]|quad|qquad|cdot|hspace\{[^{}]{0,20}\}|,)\s?)"
    r"|(?<=[\w@.+-])(?P<mark>\*{1,3}|__|~~|`)\s(?P=mark)(?=[\w@.+-])"
    r"|\*\*\*?|~~|``?|==(?==?[\w@.+])|(?<=\w)\\(?=[^\w\s])"
    r"|\[(?P<said>[^\[\]\n]{1,80})\]\([^()\s]{0,200}\)",
    re.IGNORECASE | re.DOTALL,
)
_TRIGGER = re.compile(r"<[A-Za-z/!]|\\|\*\*|~~|`|\]\(")


def bare(text: str) -> View | None:
    """The text without its dress."""
    if _TRIGGER.search(text) is None:
        return None
    return replaced("markup", text, ((m.start(), m.end(), _left(m)) for m in _DRESS.finditer(text)))


def _left(found: re.Match[str]) -> str:
    if found["said"] is not None:
        return found["said"]
    if found["command"] is not None:
        return found["inside"]
    if found["apart"] is not None and found[0][0].isspace():
        before = found.string[found.start() - 1 : found.start()]
        return "" if before in ("", ">") else " "
    return ""
