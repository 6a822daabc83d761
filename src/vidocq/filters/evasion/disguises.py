"""The disguises, each a function from a value to the text that says it."""

import base64
import codecs
import html
import urllib.parse
from collections.abc import Callable, Sequence

from vidocq.core.text import Text
from vidocq.filters.evasion.dictation import dictated, paired
from vidocq.filters.evasion.evasion import PLAIN, Disguise, Evasion
from vidocq.filters.evasion.of_codings import OF_CODINGS
from vidocq.filters.evasion.of_digits import OF_DIGITS
from vidocq.filters.evasion.of_letters import OF_LETTERS
from vidocq.filters.evasion.of_parts import OF_PARTS


def _apart(separator: str) -> Disguise:
    return separator.join


def _each(write: Callable[[str], str]) -> Disguise:
    return lambda value: "".join(write(c) for c in value)


def _groups(value: str, size: int = 3) -> Sequence[str]:
    """The value in pieces: at its own gaps, or every so many characters."""
    pieces = value.split()
    if len(pieces) < 3:
        pieces = [value[at : at + size] for at in range(0, len(value), size)]
    return pieces


def _lines(mark: Callable[[int], str]) -> Disguise:
    return lambda value: "\n".join(f"{mark(at)}{piece}" for at, piece in enumerate(_groups(value), start=1))


def _encoded(encode: Callable[[bytes], bytes]) -> Disguise:
    return lambda value: encode(value.encode()).decode()


def _with_signs(at: str, dot: str) -> Disguise:
    return lambda value: value.replace("@", at).replace(".", dot) if "@" in value else value


_FULL_WIDTH = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
_CYRILLIC = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")
_BOLD = str.maketrans(
    {chr(0x30 + d): chr(0x1D7CE + d) for d in range(10)} | {chr(0x61 + c): chr(0x1D41A + c) for c in range(26)}
)
_LIKE = str.maketrans("01235678", "OIZEsGTB".replace("E", "3").replace("s", "S"))
_LEET = str.maketrans("aeost", "43057")

EVASIONS: tuple[Evasion, ...] = (
    Evasion(PLAIN, Text("tel quel", "as it is"), lambda value: value),
    Evasion("spaced", Text("caractères espacés", "characters set apart by spaces"), _apart(" ")),
    Evasion("dashed", Text("caractères séparés par des tirets", "characters set apart by hyphens"), _apart("-")),
    Evasion(
        "starred", Text("caractères séparés par des astérisques", "characters set apart by asterisks"), _apart("*")
    ),
    Evasion("column", Text("un caractère par ligne", "one character a line"), _apart("\n")),
    Evasion("lines", Text("coupé sur plusieurs lignes", "cut over several lines"), _lines(lambda _: "")),
    Evasion("bullets", Text("liste à puces", "list with marks"), _lines(lambda _: "- ")),
    Evasion("numbered", Text("liste numérotée", "numbered list"), _lines(lambda at: f"{at}. ")),
    Evasion(
        "table", Text("cellules d'un tableau", "cells of a table"), lambda v: "| " + " | ".join(_groups(v)) + " |"
    ),
    Evasion(
        "json", Text("tableau JSON", "JSON array"), lambda v: "[" + ", ".join(f'"{p}"' for p in _groups(v)) + "]"
    ),
    Evasion(
        "code",
        Text("chaînes mises bout à bout dans du code", "strings put together in code"),
        lambda v: '" + "'.join(_groups(v)),
        ('```python\nx = "', '"\n```'),
    ),
    Evasion("zero-width", Text("espaces sans chasse", "zero-width spaces"), _apart("\u200b")),
    Evasion("soft-hyphen", Text("traits d'union conditionnels", "soft hyphens"), _apart("\xad")),
    Evasion("full-width", Text("pleine chasse", "full width"), lambda v: v.translate(_FULL_WIDTH)),
    Evasion(
        "cyrillic", Text("lettres cyrilliques semblables", "Cyrillic look-alikes"), lambda v: v.translate(_CYRILLIC)
    ),
    Evasion(
        "bold", Text("alphabet mathématique gras", "mathematical bold alphabet"), lambda v: v.lower().translate(_BOLD)
    ),
    Evasion("look-alike", Text("lettres pour des chiffres", "letters for digits"), lambda v: v.translate(_LIKE)),
    Evasion(
        "leet",
        Text("chiffres pour des lettres", "digits for letters"),
        lambda v: v.translate(_LEET) if "@" in v else v,
    ),
    Evasion("dictated-fr", Text("chiffres en toutes lettres", "digits in French words"), lambda v: dictated(v, "fr")),
    Evasion("dictated-en", Text("chiffres en anglais", "digits in English words"), lambda v: dictated(v, "en")),
    Evasion(
        "paired-fr",
        Text("nombres de deux chiffres en toutes lettres", "two-digit numbers in French words"),
        paired,
    ),
    Evasion(
        "signs-fr", Text("« arobase » et « point »", "signs in French words"), _with_signs(" arobase ", " point ")
    ),
    Evasion("signs-en", Text("« at » et « dot »", "signs in English words"), _with_signs(" at ", " dot ")),
    Evasion("signs-brackets", Text("signes entre crochets", "signs in brackets"), _with_signs(" [at] ", " [dot] ")),
    Evasion("reversed", Text("à l'envers", "backwards"), lambda value: value[::-1]),
    Evasion("rot13", Text("rot13", "rot13"), lambda value: codecs.encode(value, "rot13")),
    Evasion("base64", Text("base64", "base64"), _encoded(base64.b64encode)),
    Evasion("base64-url", Text("base64 pour adresses", "base64 for addresses"), _encoded(base64.urlsafe_b64encode)),
    Evasion(
        "base64-twice",
        Text("base64 deux fois", "base64 twice"),
        _encoded(lambda b: base64.b64encode(base64.b64encode(b))),
    ),
    Evasion(
        "base64-rot13",
        Text("rot13 puis base64", "rot13, then base64"),
        lambda v: base64.b64encode(codecs.encode(v, "rot13").encode()).decode(),
    ),
    Evasion("base32", Text("base32", "base32"), _encoded(base64.b32encode)),
    Evasion("hex", Text("hexadécimal", "hexadecimal"), lambda value: value.encode().hex()),
    Evasion("hex-spaced", Text("hexadécimal espacé", "hexadecimal set apart"), lambda value: value.encode().hex(" ")),
    Evasion("binary", Text("binaire", "binary"), lambda v: " ".join(f"{b:08b}" for b in v.encode())),
    Evasion("codes", Text("codes ASCII", "ASCII codes"), lambda v: " ".join(str(b) for b in v.encode())),
    Evasion(
        "percent", Text("codage des adresses", "percent encoding"), lambda v: "".join(f"%{b:02X}" for b in v.encode())
    ),
    Evasion(
        "percent-some", Text("signes codés", "signs in percent encoding"), lambda v: urllib.parse.quote(v, safe="")
    ),
    Evasion("entities", Text("entités HTML", "HTML entities"), _each(lambda c: f"&#{ord(c)};")),
    Evasion(
        "entities-some",
        Text("signes en entités", "signs as entities"),
        lambda v: html.escape(v).replace("@", "&#64;"),
    ),
    Evasion("escapes", Text("échappements Unicode", "Unicode escapes"), _each(lambda c: f"\\u{ord(c):04x}")),
    *OF_DIGITS,
    *OF_CODINGS,
    *OF_PARTS,
    *OF_LETTERS,
)
"""In the order they are told. A change of the list is a new version of the suite."""
SUITE = "evasion"
VERSION = 4
