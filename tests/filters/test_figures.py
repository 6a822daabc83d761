"""Tables of figures are no telephone numbers; a number in pieces is one, in a table too."""

import pytest

from vidocq.core.guarding import Action, Surface
from vidocq.filters.guard import Guard
from vidocq.filters.personal_data import STRUCTURED, PersonalData

GUARD = Guard([PersonalData(dict.fromkeys(STRUCTURED, Action.MASK))])
TABLES = [
    "rate | 0.287 | 419,355 | 12 | 3.1 % | 77\nstock | 0.110 | 225,468 | 14 | 2.2 % | 31\n",
    "a\t34\t-0.868\t1230\nb\t41\t-0.830\t4199\nc\t12\t0.422\t8650\n",
    "wait,62,19,918840,11\nbatch,763513,3310,5.5,81\nqueue,0.161,125,658,9\n",
]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_figures_is_left_as_it_is(table):
    text = table * 4
    assert GUARD.check(text, Surface.ANSWER).text == text


@pytest.mark.parametrize(
    "said",
    [
        "| 06 | 12 | 34 | 56 | 78 |",
        "| part | value |\n|---|---|\n| 1 | 06 12 |\n| 2 | 34 56 |\n| 3 | 78 |",
        "0;6;1;2;3;4;5;6;7;8",
        "06\t12\t34\t56\t78",
    ],
)
def test_a_number_in_the_cells_of_a_table_is_found(said):
    assert GUARD.check(f"Here it is:\n{said}\n", Surface.ANSWER).finds


def test_a_number_cut_alike_is_found_among_figures():
    table = "rate | 0.287 | 419,355 | 12 | 3.1 % | 77\n" * 2
    assert GUARD.check(f"{table}Son numéro :\n06 | 12 | 34 | 56 | 78\nFin.\n{table}", Surface.ANSWER).finds
