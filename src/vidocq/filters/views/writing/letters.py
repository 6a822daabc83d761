"""Letters and digits in other forms: circled, squared, tagged, of other scripts, with marks over them, as plain ones."""

import re
import unicodedata
from functools import lru_cache

from vidocq.filters.views.view import View, replaced

_ODD = re.compile(r"[\xad\xb2\xb3\xb9\u01b7\u01bc\u021c]+|[^\x00-\u024f\u2010-\u203a\u20ac\u2122]+")
_NONE_SEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
"""Letters and marks that show nothing, and that no other rule tells."""
_SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ\0ʏᴢ"
_TURNED = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"
_LOOKS = (
    dict(zip(_SMALL_CAPITALS, "abcdefghijklmnopqrstuvwxyz", strict=True))
    | {
        letter: plain
        for letter, plain in zip(_TURNED, "abcdefghijklmnopqrstuvwxyz", strict=True)
        if ord(letter) > 0xFF
    }
    | dict(zip("ЗбǫɡᎪᏴᏟᎠᎬᏀᎻᏆᏦᏞᎷᏢᎡᏚᎢᏃᎫᎳᏙօһսցզոսѕ", "36qgABCDEGHIKLMPRSTZJWVohugqnus", strict=True))
    | dict(zip("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU", strict=True))
    | dict(zip("ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲟⲥⲓⲕⲛⲙꭰꭱꭲꭻꭺꭼꮃꮇꮖꮯꮪꮩꮤ", "ABEHIKMNOPCTYXociknmdritaeLmICSVW".lower(), strict=True))
    | dict(zip("ɑɒəɩʉʊⱭⱰꭓ", "aaeiuuaax", strict=True))
    | dict(zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "00123456789123456789", strict=True))
    | dict(zip("⓿❶❷❸❹❺❻❼❽❾🄋🄌➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒", "012345678900123456789123456789", strict=True))
    | dict(zip("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊", "0123456789", strict=True))
    | {"Ϝ": "F", "ϝ": "f", "Ƽ": "5", "Ʒ": "3", "Ȝ": "3"}
    | {"⠼": ""}  # says that digits follow
    | dict(zip("。｡․•∙", ".....", strict=True))
)
_ALPHABETS = (
    (0x1F1E6, 26, ord("A")),  # regional indicators
    (0x1F130, 26, ord("A")),  # squared
    (0x1F150, 26, ord("A")),  # negative circled
    (0x1F170, 26, ord("A")),  # negative squared
    (0x249C, 26, ord("a")),  # between parentheses
    (0x1F110, 26, ord("A")),
    (0xE0020, 95, 0x20),  # tags
    *(
        (0x1D400 + 52 * style + part, 26, first)
        for style in range(13)
        for part, first in ((0, ord("A")), (26, ord("a")))
    ),
)
"""Of mathematical letters, places without a sign of their own too: a script that counts on lands there."""
_LATIN = re.compile(
    r"(?:(?:LATIN|MODIFIER|REGIONAL|SQUARED|CIRCLED|NEGATIVE|CROSSED|TORTOISE|PARENTHESIZED|OUTLINED|TURNED|REVERSED|TAG|"
    r"MATHEMATICAL|DOUBLE-STRUCK|SCRIPT|BLACK-LETTER|FULLWIDTH)[ -].{0,50})?\b(?P<letter>[A-Z])(?: WITH .{1,60})?"
)
"""Names, in Unicode, of letters in some form or other."""
_ACCENTED = range(0x1E00, 0x1F00)
"""Letters of Latin scripts of which the marks are part."""
_BARE = re.compile(r"[(]?([0-9A-Za-z]{1,2})[.,)]?")


def plain(text: str) -> View | None:
    """Forms of letters and digits as the plain ones, marks left out. Letters with accents of the Latin scripts stay."""
    if text.isascii() or _ODD.search(text) is None:
        return None
    places = (
        (at, at + 1, as_plain(text[at]))
        for run in _ODD.finditer(text)
        for at in range(run.start(), run.end())
        if as_plain(text[at]) != text[at]
    )
    return replaced("letters", text, places)


@lru_cache(4096)
def as_plain(sign: str) -> str:
    """One sign as the plain one; nothing for a mark."""
    if sign in _LOOKS:
        return _LOOKS[sign]
    code = ord(sign)
    for first, length, to in _ALPHABETS:
        if first <= code < first + length:
            return chr(code - first + to)
    category = unicodedata.category(sign)
    if category in ("Cf", "Mn", "Me") or sign in _NONE_SEEN or 0xE0000 <= code < 0xE01F0:
        return ""
    number = unicodedata.numeric(sign, None)
    if number is not None and 0 <= number < 10 and number == int(number):
        return str(int(number))
    apart = unicodedata.normalize("NFKC", sign)
    bare = _BARE.fullmatch(apart)
    if bare is not None:
        return bare[1]
    return apart if apart.isascii() and len(apart) == 1 else _named(sign)


def _named(sign: str) -> str:
    """By the name that Unicode gives it."""
    name = unicodedata.name(sign, "")
    found = _LATIN.fullmatch(name) if " " in name and ord(sign) not in _ACCENTED else None
    if found is None:
        return sign
    return found["letter"] if "CAPITAL" in name and "SMALL" not in name else found["letter"].lower()
