"""Versions, counting, bytes, amounts, sums and numbers of parts are left as they are; what is written like them is found."""

import pytest

from vidocq.core.guarding import Action, Surface
from vidocq.filters.guard import Guard
from vidocq.filters.personal_data import STRUCTURED, PersonalData

GUARD = Guard([PersonalData(dict.fromkeys(STRUCTURED, Action.MASK))])
VERSIONS = [
    "- bumped `core@7.19.15` and `utils@7.1.11`\n- removed the deprecated flag `--legacy`",
    "npm ERR! Found: react@18.2.0\nnpm ERR! Could not resolve dependency",
    "+-- express@4.18.2\n`-- typescript@5.3.3",
    "go: downloading golang.org/x/text@v0.14.0\ngo get github.com/gin-gonic/gin@v1.9.1",
    '{ "chalk": "npm:chalk@5.3.0", "left-pad": "npm:left-pad@1.3.0" }',
    "git@github.com:acme/tool.git checked out",
    "index 83db48f..bf2a2f1 100644\n--- a/x.py\n+++ b/x.py\n@@ -10,6 +10,12 @@ def f(a, b):",
]
COUNTING = [
    "un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze",
    "one two three four five six seven eight nine ten eleven twelve",
    "twelve, eleven, ten, nine, eight, seven, six, five, four, three, two, one",
    "zero, uno, due, tre, quattro, cinque, sei, sette, otto, nove",
    '["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"]',
    "92, 97, 102, 107, 112, 117, 122, 127, 132, 137, 142, 147, 152, 157, 162, 167",
    "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩",
    "๐๑๒๓๔๕๖๗๘๙",
]
OTHERS = [
    "A PNG file begins with `89 50 4E 47 0D 0A 1A 0A`; a PDF with `25 50 44 46 2D`.",
    "Modbus frame: 01 03 00 00 00 0A C5 CD",
    "A light-year is about 9 460 730 472 580 800 metres.",
    "The part you need is Bosch 0 986 494 524 for the front axle.",
    "Équivalents : 0 986 435 161, 0 445 110 297",
    "DE AD BE EF 01 23 45 67 89 AB CD EF",
    "edges = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]",
    "OEM numbers: 06A 115 561 B, 1K0 615 301 AA",
    "Compute 06 + 12 + 34 + 56 + 78 = 186.",
    '<path d="M10 20 L30 40 C50 60 70 80 90 100 Z"/>',
    "const msg = ['h', 'e', 'l'].join('');\nString.fromCharCode(72, 101, 108, 108, 111);\nconsole.log(msg, code);",
    "*The C Programming Language*, second edition, ISBN 0-13-110362-8, was published in 1988.",
    "Powerball: 07 15 36 42 69, PB 11",
]


@pytest.mark.parametrize("text", [*VERSIONS, *COUNTING, *OTHERS])
def test_it_is_left_as_it_is(text):
    said = f"Voici :\n\n{text}\n\nVoilà."
    assert GUARD.check(said, Surface.ANSWER).text == said


@pytest.mark.parametrize(
    "text",
    [
        "t.h4rgr0v3@br1ghtf3n.c0m",
        "camille@163.com",
        '"marie" + "@" + "exemple" + ".fr"',
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        "cero seis uno dos tres cuatro cinco seis siete ocho",
        "٠ ٦ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨",
        "O6 I2 34 56 7B",
        "0 612 345 678",
        "06 + 12 + 34 + 56 + 78",
        "jean.dupont /a/ exemple.fr",
        "06 12 34 56 78 DE 9 À 17",
        "06, 41, 34, 56, 18",
    ],
)
def test_what_is_written_like_it_is_found(text):
    assert GUARD.check(f"Voici :\n\n{text}\n\nVoilà.", Surface.ANSWER).finds
