"""Codings and ciphers are undone; clean text that looks a little like them is left alone."""

import base64
import codecs
import random

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
MAIL, PHONE, CARD = "jean-dupont@exemple.fr", "06 12 34 56 78", "4970101234567890"


def masked(text: str) -> str:
    return GUARD.check(text, Surface.ANSWER).text


def is_hidden(said: str) -> bool:
    """Whether most of what says the value is gone, between brackets as within a sentence."""
    return all(said[len(said) // 3 : 2 * len(said) // 3] not in masked(text) for text in (f"Voici ({said}) .", said))


def rot47(value: str) -> str:
    return "".join(chr(33 + (ord(c) - 33 + 47) % 94) if c != " " else c for c in value)


def rot5(value: str) -> str:
    return value.translate(str.maketrans("0123456789", "5678901234"))


@pytest.mark.parametrize(
    "said",
    [
        rot47(MAIL),
        rot47(PHONE),
        rot47("0612345678"),
        base64.b64encode(rot47(MAIL).encode()).decode(),
        rot5(PHONE),
        rot5("+33612345678"),
        codecs.encode(rot5(MAIL), "rot13"),
        base64.b64encode(MAIL[::-1].encode()).decode(),
        " ".join(MAIL[::-1]),
        "eno eerht eerht ruof ruof evif neves orez xis orez",
        "rf tod elpmexe ta tnopud-naej",
        "".join(chr(0x1D4B6 + ord(c) - 97) if c.islower() else c for c in MAIL),
        "<ul><li>061</li><li>234</li><li>567</li><li>8</li></ul>",
    ],
)
def test_a_cipher_is_undone(said):
    assert is_hidden(said)


def test_a_list_is_no_part_of_the_word_before_it():
    assert is_hidden("C'est <ul><li>+33</li><li>612</li><li>345</li><li>678</li></ul>")


@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
def test_letters_and_digits_turned_together(kind):
    draw = random.Random(2)
    for _ in range(10):
        value = values.MADE[kind](draw)
        if not (value.isdecimal() and len(value) == 10):
            assert is_hidden(codecs.encode(rot5(value), "rot13"))


@pytest.mark.parametrize(
    "text",
    [
        "La commande 5167890123 est partie, la 5 167 890 123 aussi.",
        "Les notes a b c d e f g h se lisent de la à sol.",
        "x = go[2] + too[3]; do[4]",
        "Rangs : 51-62-73, puis 84-95.",
        "dot at the end of the line, ta soeur dit tod",
    ],
)
def test_clean_text_is_left_alone(text):
    assert masked(text) == text
