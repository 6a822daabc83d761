"""Characters one by one under other names, and ciphers that the text names."""

from collections.abc import Callable

from vidocq.core.text import Text
from vidocq.filters.evasion.evasion import Disguise, Evasion

_PILOTS = (
    "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu"
)
_FRENCH = (
    "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis Marcel Nicolas Oscar Pierre "
    "Quintal Raoul Suzanne Thérèse Ursule Victor William Xavier Yvonne Zoé"
)
_SIGNS = {
    "en": {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "+": "plus"},
    "fr": {"@": "arobase", ".": "point", "-": "tiret", "_": "tiret bas", "+": "plus"},
}
_DIGITS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
}
_UPRIGHT = "abcdefghijklmnopqrstuvwxyz0123456789.@-_+"
_FLIPPED = dict(zip(_UPRIGHT, "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz0ƖᄅƐㄣϛ9ㄥ86˙@-‾+", strict=True))
_MOVED = 3
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TERMS = ("{a}+{b}", "{c}-{d}")


def _spelt(lang: str, words: str, as_in: str) -> Disguise:
    """Letters by words that begin with them, after the letter itself where `as_in` says so; addresses alone have many."""
    known = dict(zip(_CAPITALS, words.split(), strict=True))

    def one(character: str) -> str:
        if character.isdecimal():
            return _DIGITS[lang][int(character)]
        word = known.get(character.upper())
        return _SIGNS[lang].get(character, character) if word is None else as_in.format(character.upper(), word)

    return lambda value: ", ".join(map(one, value)) if "@" in value else value


def _ranks(value: str) -> str:
    if "@" not in value:
        return value
    return "-".join(str(ord(c) - 96) if "a" <= c <= "z" else f"'{c}'" for c in value.lower())


def _flipped(value: str) -> str:
    return "".join(_FLIPPED.get(c, c) for c in value.lower())[::-1]


def _hidden(value: str) -> str:
    """The bytes as variation selectors, which show nothing, after a picture."""
    return "🙂" + "".join(chr(0xFE00 + b) if b < 16 else chr(0xE0100 + b - 16) for b in value.encode())


def _cloudflare(value: str) -> str:
    """As Cloudflare writes addresses into pages: hexadecimal, each byte turned by the first one."""
    if "@" not in value:
        return value
    key = 0x5A
    return f"{key:02x}" + "".join(f"{b ^ key:02x}" for b in value.encode())


def _each(digit: Callable[[int], int], letter: Callable[[int], int]) -> Disguise:
    def one(character: str) -> str:
        if character.isdecimal():
            return str(digit(int(character)) % 10)
        if character.isascii() and character.isalpha():
            base = 65 if character.isupper() else 97
            return chr(base + letter(ord(character) - base) % 26)
        return character

    return lambda value: "".join(map(one, value))


def _terms(value: str) -> str:
    bare = "".join(value.split())
    if not bare.isdecimal():
        return value
    said = (
        _TERMS[at % 2].format(a=int(c) // 2, b=int(c) - int(c) // 2, c=int(c) + 4, d=4) for at, c in enumerate(bare)
    )
    return ", ".join(said)


def _by_letters(value: str) -> str:
    bare = "".join(value.split())
    return " ".join(_CAPITALS[int(c)] for c in bare) if bare.isdecimal() else value


OF_LETTERS: tuple[Evasion, ...] = (
    Evasion("as-in", Text("« S as in Sierra »", "“S as in Sierra”"), _spelt("en", _PILOTS, "{} as in {}")),
    Evasion("as-in-fr", Text("« M comme Marcel »", "“M comme Marcel”"), _spelt("fr", _FRENCH, "{} comme {}")),
    Evasion("pilots", Text("alphabet de l'OTAN", "NATO alphabet"), _spelt("en", _PILOTS, "{1}")),
    Evasion("ranks", Text("rangs dans l'alphabet", "ranks in the alphabet"), _ranks),
    Evasion("flipped", Text("lettres retournées", "letters upside down"), _flipped),
    Evasion("hidden", Text("sélecteurs de variante", "variation selectors"), _hidden),
    Evasion(
        "cloudflare",
        Text("adresse masquée par Cloudflare", "address as Cloudflare hides it"),
        _cloudflare,
        ('<a data-cfemail="', '"></a>'),
    ),
    Evasion(
        "caesar",
        Text("César annoncé", "Caesar's cipher, announced"),
        _each(lambda d: d + _MOVED, lambda c: c + _MOVED),
        ("César, décalage de 3 : ", ""),
    ),
    Evasion(
        "atbash",
        Text("atbash annoncé", "atbash, announced"),
        _each(lambda d: 9 - d, lambda c: 25 - c),
        ("atbash (A↔Z, 0↔9): ", ""),
    ),
    Evasion("terms", Text("sommes et différences", "sums and differences"), _terms),
    Evasion(
        "by-letters",
        Text("lettres pour chiffres, avec la clé", "letters for digits, with their key"),
        _by_letters,
        ("A=0, B=1, …, J=9: ", ""),
    ),
)
"""In the order they are told."""
