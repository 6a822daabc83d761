"""Persons stand where their roles say, or that is told."""

import pytest

from vidocq.audit.language.persons_file import Subject
from vidocq.audit.language.persons_in_texts import told_amiss
from vidocq.core.errors import DataError


def subject(name, phone, *, member=True, basis="training"):
    return Subject(
        person=name, basis=basis, fields={"name": name, "phone": phone}, withheld=("phone",), is_member=member
    )


TEXTS = [
    "Madame Élodie Vasseur a rappelé du 06.39.98.11.22 hier soir.",
    "Reçu de Karim Benali, sans numéro.",
    "Le numéro 06 39 98 33 44 ne répond pas.",
]


def test_who_stands_in_a_text_with_the_value_is_there_however_it_is_written():
    assert told_amiss([subject("Elodie VASSEUR", "0639981122")], TEXTS) is None


def test_a_name_and_a_value_in_different_texts_are_nobody():
    told = told_amiss([subject("Karim Benali", "06 39 98 33 44"), subject("Elodie Vasseur", "0639981122")], TEXTS)
    assert told is not None
    assert "“training”, 1 stand" in told.en
    assert "Benali" not in told.en + told.fr


def test_other_bases_say_nothing_about_the_texts():
    assert told_amiss([subject("Karim Benali", "06 39 98 33 44", basis="public")], TEXTS) is None


def test_a_control_of_the_texts_is_refused_without_a_value():
    control = subject("Élodie Vasseur", "06 39 98 11 22", member=False, basis="none")
    with pytest.raises(DataError, match="1 persons of role 'control'") as caught:
        told_amiss([control], TEXTS)
    assert "Vasseur" not in str(caught.value)
    assert "1122" not in str(caught.value).replace(" ", "")


def test_a_control_whose_value_alone_is_common_passes():
    assert told_amiss([subject("Nadia Colin", "06 39 98 33 44", member=False, basis="none")], TEXTS) is None
