"""Codings and ciphers, codes cut into pieces, and what a small program would print."""

import base64
import binascii
import codecs

from vidocq.core.text import Text
from vidocq.filters.evasion.evasion import Evasion

_BY5 = str.maketrans("0123456789", "5678901234")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.@-_+"
_SIGNS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
    "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. .-.-.- .--.-. -....- ..--.- .-.-."
)
_MORSE = dict(zip(_LETTERS, _SIGNS.split(), strict=True))


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _pieces(value: str, size: int) -> list[str]:
    return [value[at : at + size] for at in range(0, len(value), size)]


def _rot47(value: str) -> str:
    return "".join(c if c == " " else chr(33 + (ord(c) - 33 + 47) % 94) for c in value)


def _uuencoded(value: str) -> str:
    return binascii.b2a_uu(value.encode()).decode().rstrip("\n")


def _morse(value: str) -> str:
    return " ".join(_MORSE.get(c, "/") for c in value.lower())


def _named(value: str) -> str:
    """A program that names pieces and prints them together."""
    pieces = _pieces(value, 5)
    names = [f"p{at}" for at in range(len(pieces))]
    lines = [f"{name} = '{piece}'" for name, piece in zip(names, pieces, strict=True)]
    return "\n".join([*lines, f"print({' + '.join(names)})"])


OF_CODINGS: tuple[Evasion, ...] = (
    Evasion("rot47", Text("rot47", "rot47"), _rot47),
    Evasion(
        "rot13-rot5", Text("rot13 et rot5", "rot13 and rot5"), lambda v: codecs.encode(v.translate(_BY5), "rot13")
    ),
    Evasion("base64-rot47", Text("rot47 puis base64", "rot47, then base64"), lambda v: _base64(_rot47(v))),
    Evasion("base64-backwards", Text("à l'envers puis base64", "backwards, then base64"), lambda v: _base64(v[::-1])),
    Evasion(
        "base64-groups", Text("base64 par groupes", "base64 in groups"), lambda v: " ".join(_pieces(_base64(v), 4))
    ),
    Evasion(
        "base64-lines",
        Text("base64 sur des lignes courtes", "base64 on short lines"),
        lambda v: "\n".join(_pieces(_base64(v), 6)),
    ),
    Evasion("base85", Text("base85", "base85"), lambda v: base64.b85encode(v.encode()).decode()),
    Evasion("ascii85", Text("ascii85", "ascii85"), lambda v: base64.a85encode(v.encode(), adobe=True).decode()),
    Evasion("uuencode", Text("uuencode", "uuencode"), _uuencoded, ("begin 644 f\n", "\n`\nend")),
    Evasion("octal", Text("codes octaux", "octal codes"), lambda v: " ".join(f"{b:o}" for b in v.encode())),
    Evasion("morse", Text("morse", "Morse"), _morse),
    Evasion("backwards-spaced", Text("à l'envers et espacé", "backwards, set apart"), lambda v: " ".join(v[::-1])),
    Evasion(
        "html-list",
        Text("liste HTML", "HTML list"),
        lambda v: "</li><li>".join(_pieces(v, 3)),
        ("<ul><li>", "</li></ul>"),
    ),
    Evasion("named", Text("chaînes nommées puis réunies", "named strings put together"), _named),
    Evasion(
        "taken-out",
        Text("signe à retirer par du code", "a sign that code takes out"),
        lambda v: f"'{'#'.join(v)}'.replace('#', '')",
    ),
)
