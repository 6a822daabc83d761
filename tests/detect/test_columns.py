"""Tables in a text: cells stand under their header, whatever cuts them."""

import pytest

from vidocq.detect.columns import columns_at


def cells(text, header="name"):
    found = columns_at(text, [0], wanted=lambda name: name == header)
    return [[text[cell.start : cell.end] for cell in column.cells] for column in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name,age\nA,1\nB,2\n", [["A", "B"]]),
        ('name,age\n"A, B",1\n"",2\n,3\n', [["A, B", "", ""]]),
        ("| age | name |\n|---|:--|\n| 1 | A |\n| 2 | B |\n\nafter | that |\n", [["A", "B"]]),
        ("age;Name\n1;A\n", [["A"]]),
        ("age\tname\n1\tA\nno table\n2\tB\n", [["A"]]),
        ("name,age\n", [[]]),
        ("size,age\n1,2\n", []),
        ("no table here\nA\n", []),
    ],
)
def test_cells_under_a_header(text, expected):
    assert cells(text) == expected


def test_time_is_linear_in_a_long_line():
    text = "name," * 100_000 + "\n" + "a," * 100_000
    assert list(columns_at(text, range(0, len(text), 5), wanted=lambda name: True)) == []
