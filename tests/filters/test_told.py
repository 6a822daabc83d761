"""Values of which the text tells how they are to be read: filled, cleared, reckoned, turned round; and poems."""

import pytest

from vidocq.core.guarding import Action, Hit
from vidocq.filters.figures import is_row_of_figures
from vidocq.filters.views import carrier
from vidocq.filters.views.codings import blocks
from vidocq.filters.views.digits import reckoned, versed
from vidocq.filters.views.writing import expressions, holes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("075XX21974, où XX vaut 09.", "0750921974"),
        ("453985XXXX085501, where XXXX stands for 7513", "4539857513085501"),
        ("06 12 ?? 56 78 ; remplacez ?? par 34", "06 12 34 56 78"),
        ("06 [A] [B] 56 78 with [A] = 12 and [B] = 34", "06 12 34 56 78"),
        ("077XXXX518 (XXXX = 1519)", "0771519518"),
        ("jean.XXXX@free.fr où XXXX est dupont", "jean.dupont@free.fr"),
    ],
)
def test_holes_are_filled(text, meant):
    assert holes.may_be_filled(text)
    view = holes.filled(text)
    assert meant in view.text
    start = view.text.index(meant)
    first, last = view.original(start, start + len(meant))
    assert text[first] == meant[0]
    assert last <= len(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('07005REMOVE72542 (remove every "REMOVE")', "0700572542"),
        ("5286STOP2524STOP6349 (retirez les « STOP »)", "528625246349"),
        ("06x12x34x56x78 (enlevez les x)", "0612345678"),
        ("jeanNOSPAM.dupont@NOSPAMfree.fr", "jean.dupont@free.fr"),
    ],
)
def test_what_is_to_be_taken_out_is(text, meant):
    assert meant in holes.cleared(text).text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("162054426729522 (subtract 1000 to get it)", "162054426728522"),
        ("4974259860377249 (retranche 1000)", "4974259860376249"),
        ("ajoute 1 à 0612345677", "0612345678"),
        ("1224691356 (divise par 2)", "0612345678"),
    ],
)
def test_numbers_are_reckoned_with(text, meant):
    assert reckoned.may_stand(text)
    assert meant in reckoned.reckoned(text).text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "blocks, last one first: .fr amy ue-l iq pt ur@o asse llev mi ca. Messages are kept.",
            "camillevasseur@optique-lamy.fr",
        ),
        ("blocs du dernier au premier : 32 12 884 343 +3.", "+33438841232"),
        ("Voici : 78 56 34 12 06 (groupes à l'envers)", "0612345678"),
    ],
)
def test_blocks_are_turned_round(text, meant):
    assert blocks.may_stand(text)
    assert blocks.turned(text).text.endswith(meant)


def test_expressions_say_what_they_match():
    assert "hugo.m21@net.fr" in expressions.matched(r"^[h][u][g][o]\.[m][2][1]\@[n][e][t]\.[f][r]$").text
    assert expressions.matched("a[i][j] = b[k]") is None


VERSES = """Zéro nuage au matin
Six oiseaux sur la mer
Le vent répète un à la forêt
Deux étoiles veillent
Et trois encore avant le jour
Quatre, dit la cloche
Cinq pas dans la cour
Huit fois le refrain
Puis sept au bout du val
Et neuf pour finir"""


def test_a_verse_names_a_digit():
    assert versed.may_stand(VERSES)
    assert "0612345879" in versed.said(VERSES).text.replace(" ", "")
    assert versed.said(VERSES.replace("Zéro", "Aucun")) is None


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ('x = {"n": 7, "v": ["06", "12"]} ;', '06", "12', '{"n": 7, "v": ["06", "12"]}'),
        ("v = \"21 60\".split('').reverse().join('');", "21 60", "\"21 60\".split('').reverse().join('');"),
        ("echo '21 60' | rev\n", "21 60", "echo '21 60' | rev"),
        ("Mon numéro : 06 12, merci", "06 12", "06 12"),
    ],
)
def test_a_find_goes_with_what_carries_it(text, value, whole):
    start = text.index(value)
    hit = Hit(start, start + len(value), "personal-data", "phone", Action.MASK, "strings")
    found = carrier.widened(text, [hit])[0]
    assert text[found.start : found.end] == whole
    assert carrier.widened(text, [hit._replace(view="plain")])[0].start == start


def test_heads_that_count_are_no_figures():
    row = "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |\n| 06 | 12 | 34 | 5 | 6 | 78 |"
    assert not is_row_of_figures(row, row.index("06"), row.index("78") + 2)
