"""What is said aloud: numbers in pairs, threes and blocks in words, letters by their names or with a word each, small sums."""

import re
import time

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.ciphers import of_two
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits import spoken
from vidocq.filters.views.signs import dictated, sounded
from vidocq.filters.views.writing import joined

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
EMAIL, IBAN = "lea.mornay@exemple.fr", "FR7610278459206624989647818"


def gone(text):
    """What is taken out of a text."""
    return [text[find.start : find.end] for find in GUARD.check(text, Surface.ANSWER).finds]


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("the one asked for: zero six, twelve, thirty-four", "asked for: 06,12,34"),
        ("numéro un : zéro six, douze, trente-quatre. Un instant", "numéro un : 06,12,34. Un instant"),
        ("zéro six douze trente-quatre Deux autres", "061234Deux autres"),
        ("un et deux et soixante-deux et vingt-neuf et treize", "1et2et62et29et13"),
        ("vingt et un, soixante et onze, quatre-vingt-un", "21,71,81"),
        ("quatre cent nonante\nquatre mille neuf cent six\ncinq\nseptante-cinq", "490\n4906\n5\n75"),
        ("forty-seven hundred and six, ten fifty-five, three", "4706,1055,3"),
        ("quatre-mille-sept-cent-trente-cinq - mille-huit - trois", "4735-1008-3"),
    ],
)
def test_a_row_of_numbers_is_read_without_the_sentence_around_it(said, digits):
    made = spoken.numbers(said)
    assert re.sub("[ ]", "", made.text).endswith(digits.replace(" ", ""))


@pytest.mark.parametrize(
    "said",
    [
        "six cent septante-six trois vingt nonante six",
        "two hundred and six, forty five",
    ],
)
def test_hundreds_are_tied_where_spaces_part_other_numbers(said):
    made = spoken.numbers_apart(said)
    assert made.text in ("676 3 20 90 6", "206, 40 5")


@pytest.mark.parametrize(
    "text",
    [
        "Item 2: 06, 12, 34, 57, 91.",
        "06, 12, 34, 57, 91. I can also write.",
        "06, 12, 34, 57, 91.\nN'hésitez pas.",
    ],
)
def test_numbers_are_joined_without_the_sentence_around_them(text):
    assert re.search(r"(?<!\w)0612345791(?!\w)", joined.numbers(text).text)


@pytest.mark.parametrize("around", ["**{}**", "value you asked for: {}.", "Voici : {}.\nUne seule personne.", "{}"])
@pytest.mark.parametrize(
    "said",
    [
        "quarante-neuf, septante, cinquante-trois, trente, cinquante-sept, nonante-cinq, soixante-cinq, trente-deux",
        "forty-nine and seventy and fifty-three and thirty and fifty-seven and ninety-five and sixty-five and thirty-two",
        "quatre mille neuf cent soixante-dix\ncinq mille trois cent trente\ncinq mille sept cent quatre-vingt-quinze\n"
        "six mille cinq cent trente-deux",
        "zéro six ; cent vingt-trois ; quatre cent cinquante-sept ; quatre-vingt-onze",
        "plus, and then thirty-three, and then six hundred and twelve, and then three hundred and forty-five, and then seven "
        "hundred and ninety-one",
        "F et R et soixante-seize et dix et vingt-sept et quatre-vingt-quatre et cinquante-neuf et vingt et soixante-six et "
        "vingt-quatre et nonante-huit et nonante-six et quarante-sept et quatre-vingt-un et huit",
    ],
)
def test_blocks_said_as_numbers_are_found(around, said):
    assert any(said[8:-9] in each for each in gone(around.format(said)))


LETTERED = [
    "effe erre sept six un zéro deux sept huit quatre cinq neuf deux zéro six six deux quatre neuf huit neuf six quatre sept huit un huit",
    "ef, ar, 7610, 2784, 5920, 6624, 9896, 4781, 8",
    "èf\nèr\n76\n1027\n8459\n2066\n2498\n9647\n818",
    "effe erre soixante-seize dix vingt-sept quatre-vingt-quatre cinquante-neuf vingt soixante-six vingt-quatre quatre-vingt-dix-huit "
    "quatre-vingt-seize quarante-sept quatre-vingt-un huit",
    "F for fox, R for river, 7, 6, 1, 0, 2, 7, 8, 4, 5, 9, 2, 0, 6, 6, 2, 4, 9, 8, 9, 6, 4, 7, 8, 1, 8",
    'f as in "foxtrot"; r as in "rabbit"; 7610; 2784; 5920; 6624; 9896; 4781; 8',
    "F comme Fernand - R comme rose - sept - six - one - zero - 2784 - 5920 - 6624 - 9896 - 4781 - 8",
    "F : 'fleur'\nR : 'Roger'\n76\n1027\n8459\n2066\n2498\n9647\n818",
]
SPELT = [
    "elle e a point emme o erre enne a i-grec arobase e ixe e emme pé elle e point effe erre",
    "el, ee, ay, dot, em, oh, ar, en, ay, why, at, ee, ex, ee, em, pee, el, ee, dot, ef, ar",
    "èl-e-a-point-èm-o-èr-èn-a-i grec-arobase-e-ixe-e-èm-pé-èl-e-point-èf-èr",
    "elle\ne\na\npoint\nemme\no\nerre\nenne\na\ni grec\narobase\nexemple\npoint\nfr",
    "« elle », « e », « a », « point », « emme », « o », « erre », « enne », « a », « i-grec », puis « arobase », exemple, point, effe, erre",
]


@pytest.mark.parametrize("said", LETTERED)
@pytest.mark.parametrize(
    "around", ["il y a {}. N'hésitez pas.", "What the file holds: {}.\nI can also write.", "« {} » Un instant."]
)
def test_an_account_is_masked_with_its_letters(around, said):
    assert any(said[:-1] in each for each in gone(around.format(said)))


@pytest.mark.parametrize("said", SPELT)
@pytest.mark.parametrize(
    "around", ["Écrire à {}. Deux jours après, rien.", "The one to go for: {}\n\nLetters by name.", "**{}**"]
)
def test_letters_by_their_names_are_read(around, said):
    text = around.format(said)
    assert sounded.may_stand(Clues(text))
    seen = sounded.spelt(text)
    at = seen.text.index(EMAIL)
    start, end = seen.original(at, at + len(EMAIL))
    assert said.strip("« »") in text[start : end + 2]
    assert gone(text)


def test_doubled_and_two_word_letters_are_read():
    seen = sounded.spelt("double elle, i grec, tiret du bas, a commercial, double-vé, e, bé, point, cé, o, emme")
    assert seen.text == "lly_@web.com"


@pytest.mark.parametrize(
    "text",
    [
        "L'alphabet : a, bé, cé, dé, e, effe, gé, hache, i, ji, ka, elle, emme, enne, o, pé, ku, erre, esse, té, u, vé.",
        "Elle erre en ville, la hache à la main ; au dé, il gagne 3 points contre 4, 5, 6, 7, 8 et 9.",
        "A bee, a tee, a jay and a kay meet at gee dot.",
        "F as in fox, R as in river; chapter 7, 6 pages, 2 figures, 1 table, 12345678 readers.",
        "A for apple, B for ball, C for cat: the alphabet book has 26 pages and 12345678 readers.",
        "Elle a écrit à la mairie, puis elle y est allée ; point de réponse.",
    ],
)
def test_letters_of_sentences_are_no_value(text):
    assert gone(text) == []


@pytest.mark.parametrize(
    "parted", [", ", " ; ", "\n", "\n- ", " | ", " / ", " · ", "  ", ")(", "] [", " → ", " puis ", ",", "… "]
)
@pytest.mark.parametrize(
    "sums",
    [
        "7−4 1+2 3+3 3+0 18−9 2+7 2×4 8−1 4+3 6÷3 2+1",
        "3−3 3+3 6÷6 4−2 3×1 8−4 10−5 14−7 18÷2 1+0",
        "2+2 10−1 7+0 9−9 5×1 6−3 3×1 5−5 20÷4 14−7 3×3 5+0 9−3 10÷2 6−3 4÷2",
    ],
)
def test_small_sums_are_reckoned(sums, parted):
    said = parted.join(sums.split())
    assert gone(f"Voici : {said}") or gone(f"Voici : ({said})")


@pytest.mark.parametrize(
    "text",
    [
        "Scores : 3-0, 2-1, 4-4, 1-0, 5-2, 3-3, 2-0, 1-1, 6-1, 2-2.",
        "Scores: 3-3, 3-1, 4-2, 5-1, 6-3, 3-2, 2-0, 1-1, 6-1, 2-2.",
        "Votes: 7-4; 5-2; 6-3; 9-0; 8-1; 5-4; 6-3; 7-2; 5-4; 9-0; 8-1.",
        "Fractions : 1/2, 2/4, 3/6, 4/8, 5/10, 6/12, 7/14, 8/16, 9/18, 10/20.",
        "Horaires : 8:30, 9:15, 10:00, 10:45, 11:30, 12:15, 13:00, 13:45, 14:30, 15:15.",
        "Pages 1-3, 4-6, 7-9, 10-12, 13-15, 16-18, 19-21, 22-24, 25-27, 28-30.",
        "1x1, 1x2, 1x3, 1x4, 1x5, 1x6, 1x7, 1x8, 1x9, 2x1, 2x2, 2x3",
    ],
)
def test_scores_ranges_and_tables_are_no_number(text):
    assert gone(text) == []


def test_a_number_that_begins_with_its_country_gets_its_plus():
    assert [said for *_, said, _ in of_two.rows("1+2, 6−3, 2×3, 9÷9, 1+1, 2+1, 8÷2, 4+1, 9−2, 9×1, 1×1")] == [
        "+33612345791"
    ]


@pytest.mark.parametrize(
    ("read", "again"),
    [
        (sounded.spelt, "effe erre a, "),
        (dictated.spelt, "F comme Fernand, "),
        (spoken.numbers, "un et deux. "),
        (lambda text: list(of_two.rows(text)), "7-4 ; "),
    ],
)
def test_long_rows_cost_in_proportion(read, again):
    def seconds(times):
        taken = []
        for _ in range(3):  # a collection of garbage may fall into one
            began = time.process_time()
            read(again * times)
            taken.append(time.process_time() - began)
        return min(taken)

    seconds(100)
    assert seconds(8_000) < 30 * max(seconds(1_000), 0.01)  # 64 times if it grew as the square


@pytest.mark.parametrize(
    "text",
    [
        "What you asked for is zéro six / cinquante-neuf / zéro sept / soixante-huit / soixante-six.",
        "Phone: 06 cinquante-deux 51 vingt 70.",
        "Appelez-la au zéro six - trente-sept - trente-sept - cinquante et un - soixante-neuf après 14 h.",
        "Deux par deux : quarante-neuf, soixante-dix, cinquante-trois, trente, cinquante-sept, quatre-vingt-quinze, soixante-cinq, trente-deux.",
        "plus trente-trois, six, cinquante-deux, zéro un, soixante-dix-sept, quatre-vingt-quatre (deux par deux).",
        "zéro six, trente-sept, trente-sept, cinquante et un, soixante-neuf, in blocks of two",
        "pynen cbvag znffba nebonfr oehzriny cbvag se",
        "mreb fvk, gjb gjb, guerr frira, svir bar, fvk avar",
        "c\u00adi\u200bnq un quatre se\u00adpt quatre\u00ad sept trois sept zéro huit zéro ci\u00adnq ci\u00adnq deux cinq h\u00aduit",
    ],
)
def test_numbers_beside_words_that_sound_alike_and_signs_that_show_nothing(text):
    assert GUARD.check(text, Surface.ANSWER).finds
