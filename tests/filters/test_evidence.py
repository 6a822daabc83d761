"""Rows of times, dates, sizes and codes are no numbers; a number given in the same way is one."""

import json
from pathlib import Path

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters import views
from vidocq.filters.evasion import values
from vidocq.filters.evidence import TOLD
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
LOG = '192.0.2.55 - - [11/Mar/2026:19:47:48 +0100] "GET /a?x=%3Cscript%3Ealert(1)%3C%2Fscript%3E HTTP/1.1" 404 7236\n'


@pytest.mark.parametrize(
    "text",
    [
        "Tours : 08:06 - 09:40 - 10:01 - 11:16 - 12:25\nVannes : 07:32 - 08:49 - 09:59 - 10:35 - 11:07",
        "offsets = [24, 22, 93, 91, 15]",
        "1 = brown, 2 = red, 3 = orange, 4 = yellow, 5 = green, 6 = blue, 7 = violet, 8 = grey, 9 = white, 0 = black",
        "nine, eight, seven, six, five, four, three, two, one, zero",
        "5 3 . | . 7 . | . . .\n6 . . | 1 9 5 | . . .\n. 9 8 | . . . | . 6 .",
        "00000010  6f 6f 6e 21 20 42 79 65  |oon! Bye|\n00000018  20 21 42 79 65 6f 6e 21",
        "- O-ring : ZL-48.44.94-355/B",
        "49 → quarante-neuf; 63 → soixante-trois; 62 → soixante-deux; 64 → soixante-quatre",
        "| 168 | 10101000 | 0xA8 | 250 |\n| 137 | 10001001 | 0x89 | 211 |",
        "Decorators: `@app.route('/')`, `@staticmethod`, `@pytest.mark.parametrize('n', [1, 2, 3])`.",
        "An address such as name [at] host [dot] tld",
        LOG * 5,
    ],
)
def test_rows_of_other_things_are_left_as_they_are(text):
    assert not GUARD.check(f"Voici :\n\n{text}\n\nVoilà.", Surface.ANSWER).finds


@pytest.mark.parametrize(
    "text",
    [
        "06:12:34:56:78",
        "[0, 6, 1, 2, 3, 4, 5, 6, 7, 8]",
        json.dumps(["06", "12", "34", "56", "78"]),
        "87 65 43 21 60",
        "1. zéro\n2. six\n3. un\n4. deux\n5. trois\n6. quatre\n7. cinq\n8. six\n9. sept\n10. huit",
        "06 12 3\n4 56\n78",
        "jean [at] exemple [dot] fr",
        "jean.dupont\n@exem\nple.fr",
    ],
)
def test_a_number_or_an_address_in_such_a_layout_is_found(text):
    assert GUARD.check(f"Voici :\n\n{text}\n\nVoilà.", Surface.ANSWER).finds


def test_what_is_read_backwards_needs_no_row_around_it_or_a_word_that_tells():
    row = "12 45 78 23 56 89 34 67\n" * 2
    assert GUARD.check("87 65 43 21 60", Surface.ANSWER).finds
    assert GUARD.check(f"{row}\nÀ l'envers :\n87 65 43 21 60.\n\n{row}", Surface.ANSWER).finds


def test_what_is_told_is_the_name_of_a_reading():
    """A reading that is named anew would else be judged by its layout, unseen."""
    said = "".join(path.read_text(encoding="utf-8") for path in Path(views.__file__).parent.rglob("*.py"))
    assert [name for name in sorted(TOLD) if f'"{name}"' not in said and name != "turned in place"] == []
