"""Dashes, dots and signs of other shapes between the letters of an address as the plain ones: "o․nakache﹫nord‐post․fr"."""

import re

from vidocq.filters.views.view import View, changed

_SHAPES = {
    "-": "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2796\u2cba\ufe58\ufe63\uff0d",
    ".": "\u00b7\u0387\u06d4\u2024\u2027\u2219\u22c5\u3002\u30fb\ua4f8\ufe52\uff0e\uff61\uff65",
    "@": "\ufe6b\uff20",
    "_": "\uff3f\ufe4d\ufe4e\ufe4f\u203f",
    "+": "\uff0b\ufe62",
}
_PLAIN = {ord(sign): plain for plain, signs in _SHAPES.items() for sign in signs}
_ODD = "".join(map(chr, _PLAIN))
_AT = "@\ufe6b\uff20"
_ADDRESS = re.compile(rf"[\w.+{_ODD}-]{{1,64}}[{_AT}][\w.{_ODD}-]{{3,128}}")


def plain(text: str) -> View | None:
    """With the shapes of signs around an "at" made plain, and nothing else."""
    if text.isascii() or not any(sign in text for sign in _AT):
        return None
    turned = _ADDRESS.sub(lambda found: found[0].translate(_PLAIN), text)
    return None if turned == text else changed("dashes", text, turned)
