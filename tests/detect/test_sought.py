"""A value is found however it is written, and not inside another."""

import pytest

from vidocq.core.errors import DataError
from vidocq.detect.sought import Sought


@pytest.mark.parametrize(
    ("category", "value", "text"),
    [
        ("phone", "06 39 98 12 34", "Appelez le 0639981234."),
        ("phone", "06 39 98 12 34", "Tél. +33 (0)6.39.98.12.34 !"),
        ("phone", "+33639981234", "06-39-98-12-34"),
        ("phone", "+44 20 7946 0958", "call 020 7946 0958 now"),
        ("phone", "(212) 555-0123", "at +1 212-555-0123"),
        ("email", "Zoe.Valmorin@exemple.fr", "écrire à zoe.valmorin [at] exemple.fr."),
        ("iban", "FR76 3000 6000 0112 3456 7890 189", "IBAN : FR7630006000011234567890189"),
        ("nir", "2 84 05 75 116 001 42", "n° 284057511600142"),
        ("plate", "AB-123-CD", "véhicule ab 123 cd"),
        ("birth_date", "12/05/1984", "née le 12 mai 1984 à Arles"),
        ("birth_date", "1984-05-12", "born May 12, 1984"),
        ("birth_date", "12 mai 1984", "12/05/84"),
        ("birth_date", "5/23/1984", "le 23.05.1984"),
        ("address", "12, avenue des Lilas", "au 12 av. des lilas, à Pau"),
        ("address", "3 Mill Street", "3 Mill St, York"),
        ("person", "Zoé Valmorin", "Mme VALMORIN Zoe"),
        ("city", "Épinal", "elle vit à epinal."),
        ("secret", "k4ne7", "code K4NE7."),
        ("code", "039981", "code : 03 99 81"),
    ],
)
def test_it_is_given(category, value, text):
    assert Sought.of(category, value).stands_in(text)


@pytest.mark.parametrize(
    ("category", "value", "text"),
    [
        ("phone", "06 39 98 12 34", "06 39 98 12 35"),
        ("phone", "06 39 98 12 34", "1206399812345"),
        ("phone", "06 39 98 12 34", "06 39 98 12 345"),
        ("email", "zoe@exemple.fr", "anne-zoe@exemple.fr, zoe@exemple.fr.com"),
        ("birth_date", "12/05/1984", "le 12 mai 1985"),
        ("birth_date", "12/05/1984", "le 05/12/1984"),
        ("person", "Zoé Valmorin", "Zoé, dont la sœur est Valmorine"),
        ("person", "Zoé Valmorin", "Zoé Marie Valmorin"),
        ("city", "Pau", "Paulette"),
        ("address", "12 avenue des Lilas", "112 avenue des Lilas"),
        ("code", "039981", "1039981"),
        ("plate", "AB-123-CD", "AB-123-CDE"),
        ("iban", "FR7630006000011234567890189", ""),
    ],
)
def test_it_is_not(category, value, text):
    assert not Sought.of(category, value).stands_in(text)


@pytest.mark.parametrize("value", ["", " ", "—", "a", "7"])
def test_a_value_that_stands_everywhere_is_refused(value):
    with pytest.raises(DataError, match="no two letters"):
        Sought.of("city", value)


def test_it_never_shows_its_value():
    assert "Valmorin" not in repr(Sought.of("person", "Zoé Valmorin"))
