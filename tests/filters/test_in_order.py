"""Parts put in the order that they bear, and places of what is found in them."""

import pytest

from vidocq.filters.views.digits.in_order import may_stand, put

SAID = {
    "5) 00\n7) 31\n6) 02\n3) 26\n4) 07\n2) 59\n1) 79": "79592607000231",
    "position 1 : 0; position 2 : 7; position 3 : 0": "070",
    "Digit 1 is 0. Digit 2 is 3. Digit 3 is 4.": "034",
    "94 (n°3), 04 (n°4), 455 (n°2), 071 (n°1)": "0714559404",
    "first piece 057; third piece 57; second piece 434; fourth piece 04": "0574345704",
    "B = 179 ; A = 062 ; C = 58 ; D = 54": "0621795854",
    "p[1] = '069'\np[4] = '15'\np[2] = '620'\np[3] = '52'": "0696205215",
    "troisième tranche « 905 », première tranche « +33 », deuxième tranche « 721 »": "+33721905",
    "② 8371  ④ 348  ① 1360  ③ 9010": "136083719010348",
    '{"3": "97", "1": "15", "2": "00"}': "150097",
    "Le bloc un vaut cont. Le bloc deux vaut act.. Le bloc trois vaut garc. Le bloc quatre vaut ia@m.": "contact.garcia@m",
}


@pytest.mark.parametrize(("said", "meant"), SAID.items())
def test_parts_stand_in_their_order(said, meant):
    assert may_stand(said)
    [view] = [view for view in put(said) if view.text == meant]
    start, end = view.original(0, len(view.text))
    assert said[start:end].count("\n") == said.count("\n")
    assert all(any(piece in said[start:end] for piece in (sign, sign.upper())) for sign in meant)
    for at in range(len(meant)):  # each character came from one like it
        start, end = view.original(at, at + 1)
        assert said[start:end] == meant[at]


@pytest.mark.parametrize(
    "text",
    [
        "1) 06 2) 12",  # too few to be told from chance
        "1) 06 2) 12 4) 34",  # one is left out
        "En 2019, 3 des 7 lots ; en 2020, 2 des 9.",
        "a = 1; z = 2; k = 3",
    ],
)
def test_what_does_not_count_on_is_left(text):
    assert put(text) == []
