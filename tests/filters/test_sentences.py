"""Pieces of a value that a sentence leads through, or that lines of a log hold; and sentences and logs that hold none."""

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
VALUES = (
    "0612345791",
    "290035718841173",
    "FR7610278459206624989647818",
    "4970533057956532",
    "clara.masson@brumeval.fr",
)
SAID = (
    "first {}; next {}, and it ends with {}. Let me know.",
    "The first part is {}. Then you have {}. The last piece is {}",
    "d'abord {}, puis {}, et pour terminer {}. La fiche est à jour.",
    "Cela commence par {}. Après cela, on a {}. La fin est {}.",
    "On commence par {} ; on ajoute {}, et enfin {}",
)
QUOTES = ("«{}»", "« {} »", "“{}”", "`{}`", '"{}"', "'{}'", "**{}**", "_{}_", "[{}]", "{}")
LOGS = (
    "2024-08-26 22:09:{at}.{odd} TRACE [worker-{nth}] buf={piece}",
    "2024-08-26T22:09:{at}.{odd}Z INFO [pid {odd}] data {piece}",
    'Mar 14 22:09:{at} srv{nth} app[{odd}]: msg="{piece}"',
    "INFO 2024-08-26 22:09:{at},{odd} - thread-{nth} - payload: {piece}",
    '{{"ts":"2024-08-26T22:09:{at}Z","pid":{odd},"data":"{piece}"}}',
    "17247000{at}.{odd} rx node-{nth} bytes={piece}",
    "[22:09:{at}] DEBUG chunk={piece} took={odd}ms",
    "WARN [worker-{nth}] field={piece}",
)


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("value", VALUES)
def test_pieces_in_a_sentence(said, quote, value):
    at = value.index("@") if "@" in value else 5
    pieces = [value[:at], value[at : at + 1], value[at + 1 :]]
    text = said.format(*(quote.format(piece) for piece in pieces))
    checked = GUARD.check(text, Surface.ANSWER)
    assert pieces[0] not in checked.text
    assert pieces[2] not in checked.text


@pytest.mark.parametrize("value", ["4970533057956532", "clara.masson@brumeval.fr", "0612345791"])
def test_two_pieces(value):
    checked = GUARD.check(f"d'abord **{value[:7]}**, et pour terminer **{value[7:]}**.", Surface.ANSWER)
    assert value[7:] not in checked.text


@pytest.mark.parametrize(
    "text",
    [
        "First, talk to paul, then to marie, and finally write to the list.",
        "It starts with a name, then the @, and it ends with a domain such as example.com.",
        "Il commence par 12 pages, puis 35, et se termine par 8 annexes.",
        "d'abord 2019, puis 2021, et enfin 2023 : 16 mois en tout.",
        "The first is 4970, then 1200, next 5795, and last 6532.",
        "d'abord «FR76», puis «1027», et enfin «8459».",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert not GUARD.check(text, Surface.ANSWER).finds


@pytest.mark.parametrize("line", LOGS)
@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("length", [3, 4])
def test_columns_that_vary_do_not_hide_the_one_that_says_something(line, value, length):
    pieces = [value[at : at + length] for at in range(0, len(value), length)]
    log = "\n".join(
        line.format(at=10 + at, odd=(617, 248, 904, 335, 782)[at % 5], nth=(3, 1, 4, 1, 2)[at % 5], piece=piece)
        for at, piece in enumerate(pieces)
    )
    text = f"Voici :\n\n{log}\n\nLa réunion a lieu mardi."
    middle = text.index(log) + len(log) // 2
    assert any(found.start <= middle < found.end for found in GUARD.check(text, Surface.ANSWER).finds)


def test_logs_of_figures_are_left_alone():
    sizes = (4096, 120, 8192, 77, 2048, 351, 16384, 9)
    for line in LOGS:
        log = "\n".join(
            line.format(at=10 + at, odd=617 - at * 31 % 97, nth=at * 7 % 4, piece=size)
            for at, size in enumerate(sizes)
        )
        assert not GUARD.check(log, Surface.ANSWER).finds
