"""Texts turned letter by letter: backwards, or by thirteen places; and digits written as the letters like them."""

import codecs
import re

from vidocq.filters.views.view import View, letter_by_letter

_MIXED = re.compile(r"(?<![A-Za-z])(?=[OoIlZzEASsGBTg|!]{0,12}[0-9])[0-9OoIlZzEASsGBTg|!]{2,40}(?![A-Za-z])")
_LIKE = str.maketrans("OoIlZzEASsGBTg|!", "0011223455687911")


def backwards(text: str) -> View:
    """The whole text from its last character to its first."""
    length = len(text)
    return View("reversed", text[::-1], lambda start, end: (length - end, length - start))


def rot13(text: str) -> View:
    return letter_by_letter("rot13", codecs.encode(text, "rot13"))


def like_digits(text: str) -> View | None:
    """ "O6 I2 3A" read as "06 12 34": letters that look like digits, in words with a digit and no other letter."""
    turned = _MIXED.sub(lambda found: found[0].translate(_LIKE), text)
    return None if turned == text else letter_by_letter("lookalike", turned)
