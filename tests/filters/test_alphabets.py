"""Alphabets other than the plain one: upside down, mirrored, Braille, Unicode's letters, bytes in signs that show nothing."""

import string

import pytest

from vidocq.filters.views.writing.braille import read
from vidocq.filters.views.writing.fancy import unfancied
from vidocq.filters.views.writing.hidden import revealed
from vidocq.filters.views.writing.letters import plain
from vidocq.filters.views.writing.upside_down import turned

ADDRESS = "lea.mornay34@exemple.fr"


def selectors(said: bytes) -> str:
    return "".join(chr(0xFE00 + byte if byte < 16 else 0xE0100 + byte - 16) for byte in said)


def halves(said: bytes) -> str:
    return "".join(chr(0xFE00 + half) for byte in said for half in divmod(byte, 16))


def bits(said: bytes, zero: str = "\u200b", one: str = "\u200c") -> str:
    return "".join(one if bit == "1" else zero for byte in said for bit in f"{byte:08b}")


@pytest.mark.parametrize("hide", [selectors, halves, bits, lambda said: bits(said, "\u2062", "\u2064")])
def test_bytes_in_signs_that_show_nothing_are_read(hide):
    text = f"Voici 😊{hide(ADDRESS.encode())} et la suite"
    seen = revealed(text)
    assert seen is not None
    assert ADDRESS in seen.text
    at = seen.text.index(ADDRESS)
    start, end = seen.original(at, at + len(ADDRESS))
    assert text[:start] == "Voici 😊"
    assert text[end:] == " et la suite"


@pytest.mark.parametrize("text", ["❤️ 👍🏽 1️⃣2️⃣3️⃣", "un\u200bmot co\u200bupé", "👨\u200d👩\u200d👧\u200d👦" * 8])
def test_ordinary_signs_without_width_hide_nothing(text):
    assert revealed(text) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ici ɹɟ˙ǝldɯǝxǝ@ㄣƐʎɐuɹoɯ˙ɐǝl fin", ADDRESS),
        ("ㄥ9 ϛㄣ Ɛᄅ ⇂0", "01 23 45 67"),
        ("ɿʇ.ɘlqmɘxɘ@ɒɘl", "lea@exemple.fr"),
    ],
)
def test_turned_letters_are_read_backwards(said, meant):
    views = list(turned(said))
    found = [view for view in views if meant in view.text]
    assert found, [view.text for view in views]
    at = found[0].text.index(meant)
    start, end = found[0].original(at, at + len(meant))
    assert 0 <= start < end <= len(said)


@pytest.mark.parametrize("text", ["L'œuvre [ʁəvwaʁ] de Noël", "la lettre ə seule", "x¿y¡"])
def test_few_such_letters_turn_nothing_that_looks_like_a_value(text):
    assert not any("@" in view.text for view in turned(text))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("⠇⠑⠁⠲⠍⠕⠗⠝⠁⠽⠼⠉⠙⠈⠁⠑⠭⠑⠍⠏⠇⠑⠲⠋⠗", ADDRESS),
        ("⠇⠑⠁⠲⠍⠕⠗⠝⠁⠽⠼⠉⠼⠙⠜⠑⠭⠑⠍⠏⠇⠑⠲⠋⠗", ADDRESS),
        ("⠇⠑⠁⠨⠍⠕⠗⠝⠁⠽⠒⠲⠈⠑⠭⠑⠍⠏⠇⠑⠨⠋⠗", ADDRESS),
        ("⠠⠋⠠⠗⠼⠛⠋⠼⠁⠙⠑⠚", "fr761450"),
        ("⠼⠚⠋ ⠼⠁⠃ ⠼⠉⠙ ⠼⠑⠋ ⠼⠛⠓", "06 12 34 56 78"),
        ("⠼⠩⠹⠱⠫⠻⠳⠪⠡", "034567891"),
    ],
)
def test_braille_of_each_kind_is_read(said, meant):
    assert any(meant in view.text for view in read(f"Voici {said}."))


ALPHABETS = {
    "small capitals": "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ",
    "raised": "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ",
    **{
        name: "".join(chr(first + at) for at in range(26))
        for name, first in {
            "script": 0x1D4EA, "double-struck": 0x1D552, "monospace": 0x1D68A, "circled": 0x24D0, "between parentheses": 0x249C,
            "squared": 0x1F130, "negative circled": 0x1F150, "negative squared": 0x1F170, "regional": 0x1F1E6, "full width": 0xFF41,
            "tags": 0xE0061,
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_every_alphabet_of_unicode_is_folded(alphabet):
    said = ADDRESS.translate(str.maketrans(string.ascii_lowercase, alphabet))
    seen = plain(said)
    assert seen is not None
    assert seen.text.lower() == ADDRESS


def test_letters_with_accents_and_other_scripts_stay():
    text = "Tiếng Việt, Ελλάδα, русский, 日本, ça œuvre"
    seen = plain(text)
    assert seen is None or seen.text == text


@pytest.mark.parametrize(
    "said", ["ℓєα.мσяηαу@єχємρℓє.ƒя", "ㄥ乇卂.爪ㄖ尺几卂ㄚ@乇乂乇爪卩ㄥ乇.千尺", "ⱠɆ₳.₥ØⱤ₦₳Ɏ@ɆӾɆ₥₱ⱠɆ.₣Ɽ"]
)
def test_looks_of_other_scripts_are_read(said):
    seen = unfancied(f"écrire à {said} demain")
    assert seen is not None
    assert "lea.mornay@exemple.fr" in seen.text
