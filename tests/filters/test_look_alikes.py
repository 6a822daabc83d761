"""Values in signs of other scripts, in letters that look like digits, or by the first letters of words; and what looks like them."""

import re
import time

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.ciphers import only_letters
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.writing import account_words, acrostics, first_letters, looks
from vidocq.filters.views.writing.confusables import DIGITS, LETTERS

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
PHONE, NIR, IBAN, CARD = "0612345791", "290035718841173", "FR7610278459206624989647818", "4970533057956532"
WITH_LETTER = "FR2149942030047" + "8B9580214056"
EMAIL = "clara.masson@brumeval.fr"
LOOKS = [
    str.maketrans("0123456789ABFR", "ОІᒿЗЧЅбㄱ৪৭АВϜᎡ"),
    str.maketrans("0123456789ABFR", "ΟӀƧӠᏎՏᏮ𐓒ଃ൭ᎪᏴꓝꓣ"),
    str.maketrans("0123456789ABFR", "𐐄ꓲꛯꝪՎꓢⳒ𑣆੪୨ꓮᗷᖴᖇ"),
]
WORDS = {
    "fr": "arbre balcon cerise danse encre fleur gare hiver image jardin kayak lune merle navire océan plume quai rose sable table urne "
    "vague wagon xénon yaourt zinc",
    "en": "apple bridge copper desk ember forest garden harbor ink jungle kettle lake moon needle ocean pencil quilt rabbit stone tiger "
    "urn vase window xenon yard zipper",
}


def grouped(value, between):
    sizes = {10: [2] * 5, 15: [1, 2, 2, 2, 3, 3, 2], 16: [4] * 4, 27: [4] * 6 + [3]}[len(value)]
    return between.join(value[sum(sizes[:at]) : sum(sizes[: at + 1])] for at in range(len(sizes)))


def by_words(value, signs, language="fr", between=" "):
    words = {word[0]: word for word in WORDS[language].split()} | {"o": "océan" if language == "fr" else "ocean"}
    return between.join(signs.get(each) or words.get(each, each) for each in value.lower())


def found(text):
    return GUARD.check(text, Surface.ANSWER).finds


@pytest.mark.parametrize("table", LOOKS)
@pytest.mark.parametrize("value", [PHONE, NIR, IBAN, CARD, WITH_LETTER])
@pytest.mark.parametrize("between", ["", " ", "-", "."])
def test_signs_of_other_scripts_are_read_by_their_look(value, table, between):
    said = grouped(value, between if value[0] != "F" or between != "." else " ").translate(table)
    text = f"Le dossier indique : {said}. Bonne journée."
    finds = found(text)
    assert finds
    assert finds[0].start <= text.index(said)
    assert finds[-1].end >= text.index(said) + len(said)


def test_letters_of_any_script_in_an_address_are_read():
    by_letter = {letter: sign for sign, letter in LETTERS.items()}
    assert found("".join(by_letter.get(sign, sign) for sign in EMAIL))


def test_digits_of_one_script_are_worth_what_they_are_worth():
    assert looks.looked("৪৭৪৭৪৭৪৭৪৭ ৭৪৭৪") is None
    assert looks.looked("Об ১২ З৪ 56 ৭৪") is not None
    assert set(DIGITS.values()) == set("0123456789")
    assert not any(sign.isascii() for sign in (*DIGITS, *LETTERS))


@pytest.mark.parametrize("alphabet", ["OlZEASGTBg", "OIZEASbTBg", "oizeasgtbq", "OIZEASGTBP", "oIzEASbtBg"])
@pytest.mark.parametrize("value", [PHONE, NIR, CARD])
@pytest.mark.parametrize("between", ["", " ", "-", "."])
def test_letters_that_look_like_digits_are_read(value, alphabet, between):
    said = grouped(value, between).translate(str.maketrans("0123456789", alphabet))
    text = f"Le numéro de téléphone, ou un autre numéro : {said}. Bonne journée."
    finds = found(text)
    assert finds
    assert finds[0].start <= text.index(said) + 1
    assert finds[-1].end >= text.index(said) + len(said) - 1


def test_an_account_in_letters_is_read():
    assert found(f"IBAN : FR{IBAN[2:].translate(str.maketrans('0123456789', 'OlZEASGTBg'))}")


def test_other_groups_are_a_telephone_number_where_the_text_says_how():
    said = "OGlZ EAS TgI"
    assert not found(f"Le code : {said}.")
    assert found(f"Chiffres remplacés par des lettres qui leur ressemblent : {said}.")


@pytest.mark.parametrize(
    "signs",
    [
        {"@": "(arobase)", ".": "(point)"},
        {"@": "[at]", ".": "[dot]"},
        {"@": "@", ".": "."},
        {"@": "AROBASE", ".": "POINT"},
        {"@": "arobase", ".": "point"},
    ],
)
@pytest.mark.parametrize("between", [" ", ", ", "\n", " - ", " / ", " → ", "\n- "])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_first_letters_of_words_are_read(signs, between, language):
    said = by_words("clara2.masson@brumeval.fr", signs, language, between)
    text = f"Son adresse est la suivante : {said}.\nLe reste du dossier est vide."
    finds = found(text)
    assert finds
    assert finds[0].start <= text.index(said)
    assert finds[-1].end >= text.index(said) + len(said)


@pytest.mark.parametrize(
    "text",
    [
        "Première lettre de chaque mot : cerise lune arbre rose avion arobase gmail point com",
        "Last letters: bus lac sol ami le (at) bol mal car (dot) neuf mer",
        "Lune\nArbre\nUn soir\nRose\nAvion\n(arobase)\nBelle nuit\nOmbre\nLune\n(point)\nFleur\nRive\n",
        "lake apple urn rabbit at bridge ocean lemon dot forest river",
    ],
)
def test_other_ways_to_tell_them_are_read(text):
    assert found(text)


@pytest.mark.parametrize("between", [" ", ", ", "\n"])
@pytest.mark.parametrize("value", [IBAN, WITH_LETTER])
def test_letters_of_an_account_are_read_from_words(value, between):
    seen = account_words.written(f"Voici : {by_words(value, {}, between=between)}. Merci.")
    assert seen is not None
    assert value in seen.text


CLEAN = [
    "Il a été là, et elle est à la gare : le bal est sage, la table est belle.",
    "LE BAL EST SAGE, LA TABLE EST BELLE : TOTAL LISTE A ET LISTE B.",
    "Country codes: ES, IT, BE, SE, DE, GB, AT, SI. State codes: OH, OK, OR, PA, RI.",
    "The oppositely shaped osteopath obliged; DIGITALISE, GLOBALISE, LEGALISATIONS.",
    "Оба зообоза об обоз бо. Чья это очередь? Зоо и обо всём.",
    "In Bengali, ৪ looks like 8 and ৭ like 9.",
    "ㅇㅇ ㄱㄱ ㅋㅋ, ㅇㅈ? ㄱㅅ ㅎㅎ",
    "We met at the hotel near the dot matrix printer for repairs.",
    "At this point, forget the rest and put a dot at the end for reference.",
    "L'arobase (@) se lit « at » en anglais ; le point (.) se lit « dot ». Aucune adresse ici.",
    "- item one\n- item two\n- at\n- rest\n- point\n- far reach\n- end of list\n",
    "Forest Rabbit 7 6 1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 are lucky numbers.",
    "A∪B ∨ C, θ = 0, Θ(n log n), O(1), σ² = 1, ρ = 0.5, Ο(n)",
]


@pytest.mark.parametrize("text", CLEAN)
def test_a_neighbour_is_left_alone(text):
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "О" * 8000, "ОЗ " * 3000, "Ѕ-" * 4000, "Og gB " * 1500, "O" * 8000, "OE.Sg," * 1500, "lune " * 1600, "(at) lune (dot) " * 500,
        "lune\n" * 1600, "arobase point " * 600, "fable rose 7 6 " * 600, "- a\n" * 2000, "FR OI ZZ " * 900, "(arobase)\n(point)\n" * 500,
    ],
)  # fmt: skip
def test_no_row_takes_long(text):
    clues = Clues(text)
    began = time.process_time()
    for undo in (looks.looked, first_letters.together, account_words.written, acrostics.down):
        undo(text)
    list(only_letters.digits(text))
    for may_stand in (looks.may_stand, only_letters.may_stand, first_letters.may_stand, account_words.may_stand):
        may_stand(clues)
    assert time.process_time() - began < 3


def test_every_reading_leads_back_to_where_it_stood():
    text = f"Voici : {by_words(EMAIL, {'@': '(at)', '.': '(dot)'})} et voilà."
    seen = first_letters.together(text)
    assert seen is not None
    at = re.search(r"\S+@\S+", seen.text)
    assert at is not None
    start, end = seen.original(*at.span())
    assert text[start:end].startswith("cerise")
    assert text[start:end].endswith("rose")


@pytest.mark.parametrize(
    "said",
    [
        "FᎡ76 1Ο27 84Ƽ9 Ƨ066 Ƨ49Ȣ 9647 8lȢ",
        "+3З (О)Ꮞ 49 Ȣ6 65 Ƨ8",
        "+³³ (⁰)⁵ ⁷⁵ ⁷⁹ ²⁵ ³⁴",
        "call her on : +E3 (o)I 27 67 7I 74",
        "SELECT '+33 5' || ' 0' || '9 79 35 99' AS ref;",
    ],
)
def test_the_code_of_the_country_tells_a_telephone_number(said):
    assert GUARD.check(f"Here it is: {said}. Thank you.", Surface.ANSWER).finds


@pytest.mark.parametrize(
    "text",
    [
        "Ports usuels : HTTPS (443), IMAPS (993), 3306, 5432, 6379.",
        "- Nom : ________\n- Téléphone : __ __ __ __ __\n- IBAN : FR__ ____ ____ ____",
    ],
)
def test_ports_and_lines_to_write_on_are_left_alone(text):
    assert GUARD.check(text, Surface.ANSWER).text == text
