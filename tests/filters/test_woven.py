"""Values whose signs were dealt onto two or more rows, or have a sign put between them; and rows of figures that were not."""

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.ciphers import certain

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
PHONE, NIR, IBAN, CARD = "0612345791", "290035718841173", "FR7610278459206624989647818", "4970533057956532"
EMAIL = "clara.masson@brumeval.fr"
SPACED = "FR76 1027 8459 2066 2498 9647 818"


def is_hidden(text, value):
    """Whether a find holds at least the middle of what stands for the value."""
    checked = GUARD.check(text, Surface.ANSWER)
    middle = text.index(value) + len(value) // 2
    return any(found.start <= middle < found.end for found in checked.finds)


def dealt(value):
    return value[::2] + value[1::2]


def fenced(value, rails):
    period = 2 * (rails - 1)
    places = sorted(range(len(value)), key=lambda at: (min(at % period, period - at % period), at))
    return "".join(value[at] for at in places)


@pytest.mark.parametrize("value", [IBAN, SPACED, NIR, "2 90 03 57 188 411 73", CARD, "4970-5330-5795-6532", EMAIL])
def test_odd_places_then_even_ones_in_one_run(value):
    assert is_hidden(f"Le champ vaut {dealt(value)}. Le reste est vide.", dealt(value))
    turned = value[1::2] + value[::2]
    assert is_hidden(f"The answer is «{turned}».", turned)


@pytest.mark.parametrize("value", [IBAN, SPACED, NIR, EMAIL])
def test_three_rails(value):
    assert is_hidden(f"The answer is {fenced(value, 3)}.", fenced(value, 3))


@pytest.mark.parametrize(
    "said",
    ["Odd positions first, then the even ones: {}", "{} (d'abord les impaires, puis les paires)", "Rail fence: {}"],
)
@pytest.mark.parametrize("value", [PHONE, "06 12 34 57 91", "+33612345791", CARD])
def test_where_it_is_told_any_number_is_read(said, value):
    assert is_hidden(said.format(dealt(value)), dealt(value))


@pytest.mark.parametrize(
    "said",
    [
        "string A: {} ; string B: {}",
        "suite 1 : « {} » ; suite 2 : « {} »",
        "première chaîne : {}, seconde chaîne : {}",
        "odds: {}; evens: {}",
        "A = {}\nB = {}",
        "{} and {}. Merge them sign by sign.",
    ],
)
@pytest.mark.parametrize("value", [IBAN, NIR, CARD, EMAIL])
def test_two_runs(said, value):
    text = said.format(value[::2], value[1::2])
    assert is_hidden(text, value[1::2])


@pytest.mark.parametrize("between", ["{}, {}", '["{}", "{}"]', "{}\n{}", "ligne 1 : {} / ligne 2 : {}"])
@pytest.mark.parametrize("value", [IBAN, NIR, EMAIL])
def test_two_runs_that_nothing_names(between, value):
    assert is_hidden(between.format(value[::2], value[1::2]), value[1::2])


@pytest.mark.parametrize("fill", ["^", "¤", "😀", "**", "[x]", " ^ ", "~*~", "::"])
@pytest.mark.parametrize("value", [EMAIL, PHONE, IBAN, NIR, CARD])
def test_a_sign_put_every_few_letters(fill, value):
    if fill == "::" and value == PHONE:
        return  # times
    pieces = [value[at : at + 3] for at in range(0, len(value), 3)]
    assert is_hidden(f"You can use {fill.join(pieces)}. Remove the filler.", fill.join(pieces))


@pytest.mark.parametrize(
    "text",
    [
        "Tours : 44.60443, 7.14320 (42°25′33″ N) alt. 1360 m\nPau : 46.84533, -1.05318 (44°29′39″ N) alt. 1786 m, en deux suites.",
        "Lot A: 01000 ; Lot B: 69001",
        "Ref: 48230117, Ticket: 95716402",
        "20240115 20240116\n20240117 20240118",
        "2019 2020 2021 2022 2023 2024",
        "The even positions are 2 4 6 8 10 12, the odd ones 1 3 5 7 9 11.",
        "deploy@staging-server; npm@10.2; user@host",
        "Scan 1x06, 1x12, 1x34, 1x57 and 1x91.",
        "12°C, 14°C, 9°C, 10°C, 11°C; then 12%, 14%, 9%, 10%.",
        "L'un d'eux n'a qu'un mot : c'est l'ami d'@lice, qu'on n'entend qu'ici.",
        "4970 5330 5795 6533",
    ],
)
def test_ordinary_rows_are_left_alone(text):
    assert not GUARD.check(text, Surface.ANSWER).finds


def test_what_is_certain():
    assert certain.is_account(IBAN)
    assert not certain.is_account(IBAN[:-1] + "9")
    assert certain.is_checked("2 90 03 57 188 411 73")
    assert not certain.is_checked("29003 57188 41173")
    assert certain.is_address(EMAIL)
    assert not certain.is_address("clara@brumeval.frx")
