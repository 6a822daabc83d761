"""Fragments of rows that are made alike, put together; and ordinary rows that say nothing."""

import base64

import pytest

from vidocq.filters.views.readings import readings
from vidocq.filters.views.writing.fragments import put_together

VALUES = {
    "email": "jeanne.dupont@orange-mail.fr",
    "phone": "0612335879",
    "iban": "FR7630006000011234567890189",
}
ROWS = {
    "log": lambda at, piece, of: f'2026-03-14T09:12:{10 + at}Z INFO chunk[{at}]="{piece}"',
    "log, levels": lambda at, piece, of: f"[{at:04}] {('INFO', 'DEBUG')[at % 2]} recv seg={at + 1} buf='{piece}'",
    "log, place last": lambda at, piece, of: f'09:12:{10 + at} data="{piece}" idx={at}/{of}',
    "yaml": lambda at, piece, of: f'    - "{piece}"',
    "json": lambda at, piece, of: f'{{"pos": {at}, "c": "{piece}"}},',
    "xml": lambda at, piece, of: f'  <part n="{at + 1}">{piece}</part>',
    "csv": lambda at, piece, of: f"{at};{piece}",
    "table": lambda at, piece, of: f"| {at + 1} | `{piece}` |",
    "labels": lambda at, piece, of: f"Partie {at + 1} : {piece}",
    "dialogue": lambda at, piece, of: f"— {('Et après ?', 'Continue.', 'Ensuite ?')[at % 3]}\n— {piece}.",
    "questions": lambda at, piece, of: f"Q: {('Next?', 'OK, what follows?')[at % 2]}\nA: {piece}",
    "code": lambda at, piece, of: f's.append("{piece}")',
}


def pieces(value, length):
    return [value[at : at + length] for at in range(0, len(value), length)]


def said(text):
    return "\n".join(view.text for view in put_together(text)).replace(" ", "")


CASES = [
    pytest.param(row, value, length, id=f"{named}-{kind}-{length}")
    for named, row in ROWS.items()
    for kind, value in VALUES.items()
    for length in (1, 2, 4)
    if not (length == 1 and "@" in value and "\n" in row(0, "", 1))
]
"""But for addresses character by character in answers of a dialogue: a full stop by itself is not told from that of the answer."""


@pytest.mark.parametrize(("row", "value", "length"), CASES)
def test_each_line_holds_a_fragment(row, value, length):
    parts = pieces(value, length)
    lines = "\n".join(row(at, piece, len(parts)) for at, piece in enumerate(parts))
    assert value in said(f"Voici.\n\n{lines}\n\nLa réunion a lieu mardi.")


@pytest.mark.parametrize(
    "text",
    [
        "it starts with 06, followed by 123, next 358, and it ends with 79 in the file.",
        "Il commence par 06, suivi de 123, après quoi 358 et pour finir 79.",
        "Il débute par 061, puis 2335 et s'achève sur 879.",
        "Q: How? A: 06. Q: Next? A: 123. Q: Next? A: 358. Q: Next? A: 79.",
        "position 3 = 358, position 1 = 06, position 4 = 79, position 2 = 123",
        "(2, '123'), (4, '79'), (1, '06'), (3, '358')",
        "| Part 1 | Part 2 | Part 3 | Part 4 |\n|---|---|---|---|\n| 06 | 123 | 358 | 79 |",
        "the first part is 06, the second part is 123, the third part is 358, the fourth part is 79",
        "x?p1=06&p2=123&p3=358&p4=79",
    ],
)
def test_sentences_and_cells_lead_from_one_to_the_next(text):
    assert VALUES["phone"] in said(text)


def test_a_code_in_pieces_is_decoded():
    code = base64.b64encode(VALUES["iban"].encode()).decode()
    text = "\n".join(f"Part {at + 1}: {piece}" for at, piece in enumerate(pieces(code, 5)))
    assert any(VALUES["iban"] in view.text for view in readings(text))


def test_places_are_those_of_the_fragments():
    text = 'Voici :\nseg=1 "jeanne"\nseg=2 "@free"\nseg=3 ".fr"\n'
    [view] = put_together(text)
    assert view.text == "jeanne@free.fr"
    start, end = view.original(0, len(view.text))
    assert text[start:end].startswith("jeanne")
    assert text[start:end].endswith(".fr")
    for at, sign in enumerate(view.text):
        begin, stop = view.original(at, at + 1)
        assert text[begin:stop] == sign


@pytest.mark.parametrize(
    "text",
    [
        "offsets = [644, 823, 111, 505, 987, 7, 59, 514, 81, 402, 328]",
        "1. lots: 74\n2. parts: 94\n3. share: 43.8\n4. change: -0.852\n5. time: 4519",
        "12, 18, 24, 30, 36, 42, 48, 54, 60",
        "Les articles 1504, 1557, 1585, 1660, 1672, 1742, 1847, 1903 et 1916.",
        "- noix : 32 kg à 4,76 €\n- poires : 6 kg à 2,15 €\n- oranges : 58 kg à 1,45 €",
        "1. r\n2. n\n3. i\n4. t\n5. h\n6. o\n7. r\n8. y\n9. n\n10. q\n11. u\n12. e\n13. s",
        '2026-03-14T09:12:10Z INFO took="12"\n2026-03-14T09:12:11Z INFO took="48"\n2026-03-14T09:12:12Z INFO took="7"',
        "| 2019 | 2020 | 2021 |\n| 12,5 | 14,0 | 13,2 |",
        "Écrivez à jean@exemple.fr, puis à paul@exemple.fr, et enfin à anne@exemple.fr.",
    ],
)
def test_ordinary_rows_say_nothing(text):
    assert put_together(text) == []
