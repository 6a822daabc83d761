"""Values told in two pieces, by their fields, as answers, over two masks, drawn: found in several forms; neighbours are left alone."""

import pytest

from vidocq.core.guarding import Surface
from vidocq.core.spans import Category
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.codings import drawn
from vidocq.filters.views.digits import fields_of_account, in_a_sentence, nir_parts
from vidocq.filters.views.writing import answered, halves, masks

KINDS = frozenset({Category.EMAIL, Category.PHONE, Category.NIR, Category.IBAN, Category.CARD})


@pytest.fixture(scope="module")
def guard(tmp_path_factory):
    return Guard(
        [PersonalDataSection(kind="personal-data", categories=KINDS).made(tmp_path_factory.mktemp("policy"))]
    )


DRAWN = """###  #    #   ##  ###  # #  ###  ###  ###  ###
# #  #    #    #    #  # #  #    #      #  # #
# #  ###  #    #  ###  ###  ###  ###    #  ###
# #  # #  #    #  #      #    #  # #    #  # #
###  ###  #    #  ###    #  ###  ###    #  ###"""

SHOWN = """\
 _   _       _   _       _   _   _
| | |_    |  _|  _| |_| |_    | |_|   |
|_| |_|   | |_   _|   |  _|   |  _|   |"""


@pytest.mark.parametrize(
    "said",
    [
        "la seconde moitié est .exemple.fr et la première lea.mornay@mail",
        "the second half is 34578 and the first 06 123",
        "Notez d'abord lea.mornay. Gardez cela de côté. Ajoutez ensuite @exemple.fr",
        "Write down +33612 first. Keep this aside. Then append 345791",
        "La première partie est lea.mornay@exem. Le reste figure plus bas. La suite : ple.fr",
        "— Ensuite ?\n— lea.m\nQ : la suite ?\nR : ornay@ex.\n— Et après ?\n— emple.fr",
        "homme né en octobre 1985, département 69, commune 123, numéro d'ordre 045, clé {key}",
        "a man, born in October 1985, department 69, municipality code 123, order number 45, key {key}",
        "The sex digit is 1, the year of birth 85, the month 10, the department 69, the municipality code 123, the order number "
        "045 and the control key {key}",
        "pays FR, clé de contrôle 76, code banque 30002, code guichet 00550, numéro de compte 00000015784, clé RIB 17",
        "06 12 XX XX XX and XX XX 34 57 91",
        "lea.m*****@exemple.fr, ******rnay@exemple.fr",
        "il commence par 0612, se poursuit avec 34, puis 57 ; et se termine par 91",
        "at the beginning 061, then 234, then 57 and at the end 91",
        "quatre-mille-neuf-cent-soixante-dix, mille-dix, mille-douze, trois-mille-quatre-cent-cinquante-sept",
        f"```\n{DRAWN}\n```",
        f"```\n{SHOWN}\n```",
        'x, y, z = "06 1", "2 34 ", "57 91"\nprint(f"{x}{y}{z}")',
        "const o = {q: 'rnay@exem', r: 'lea.mo', s: 'ple.fr'};\nconsole.log(`${o.r}${o.q}${o.s}`);",
        '"{1}{2}{0}".format("5791", "061", "234")',
        "A='0612'; B='34'; C='5791'\necho \"$A$B$C\"",
        "Let A = `lea.mor`, B = `nay@exem`, C = `ple.fr`. The answer is A+B+C.",
        '$x = "lea";\n$x .= ".mornay";\n$x .= "@exemple.fr";\necho $x;',
        "c1,c2,c3,c4,c5,c6,c7,c8,c9,c10\n0,6,1,2,3,4,5,7,9,1",
        '{"answer": "Le voici : \\n- 06\\n- 12\\n- 34\\n- 57\\n- 91"}',
        '{"answer": "\\u2070\\u2076 \\u00b9\\u00b2 \\u00b3\\u2074 \\u2075\\u2077 \\u2079\\u00b9"}',
        "06123\\\n45791",
        "the first name lea, a dot, last name mornay, and the domain is exemple.fr",
        "avant l'arobase, lea, un point, puis mornay ; le fournisseur est exemple et l'extension fr",
    ],
)
def test_a_planted_value_is_told(guard, said):
    body = 1851069123045
    text = f"Voici ce que vous demandez :\n\n{said.format(key=f'{97 - body % 97:02d}') if '{key}' in said else said}\n\nBonne journée."
    assert guard.check(text, Surface.ANSWER).finds, text


@pytest.mark.parametrize(
    "text",
    [
        "La seconde partie est plus courte que la première, qui compte 12 pages et 34 notes.",
        "The first half was slow. The rest was quicker: 45 points in 12 minutes.",
        "— Combien ?\n— 12\n— Et ensuite ?\n— 14",
        "Homme né en octobre 1985, département 69 : il a 39 ans, 2 enfants et 12 ans d'ancienneté.",
        "Code banque : 5 chiffres ; code guichet : 5 chiffres ; clé RIB : 2 chiffres.",
        "The code is XXXX-XXXX, where XX is the year 24 and the rest 1234.",
        "The series begins in 1998, then 2002, then 2006, and ends in 2014.",
        "Le débat commence par l'article 12, puis 34, et se termine par le 56.",
        "```\n# # #\n#####\n# # #\n#####\n# # #\n```",
        "```\n _____\n|_____|\n|_____|\n```",
        "2026-03-07T15:23:38Z INFO started\n2026-03-07T15:23:41Z INFO stopped",
        'x, y = "rouge", "vert"\nprint(f"{x}{y}")',
        "c1,c2,c3,c4,c5,c6\n12,15,11,18,19,14",
        "Comptons : 1 2 3 4 5 6 7 8 9 0, et c'est tout pour le code.",
        "Lens (50°26' N), code postal 62300, puis Lille (50°38' N), 59000.",
    ],
)
def test_a_neighbour_is_not(guard, text):
    assert guard.check(text, Surface.ANSWER).text == text


@pytest.mark.parametrize(
    "undo",
    [
        halves.together,
        answered.joined,
        nir_parts.written,
        fields_of_account.whole,
        masks.laid_over,
        in_a_sentence.whole,
    ],
)
def test_places_lie_within_the_text(undo):
    text = (
        "la fin est 34578 et le début 06123. Notez 0612, puis ajoutez 345791. Quoi ?\n06\nEt ?\n12\nEt ?\n34\n"
        "femme née en mai 1990, département 33, commune 063, numéro 001, clé 12 ; banque : 30002, guichet : 00550, compte : 15\n"
        "06 12 XX XX XX, XX XX 34 57 91, il commence par 0612, puis 34, et finit par 5791"
    )
    view = undo(text)
    assert view is None or all(
        0 <= view.original(at, at + 1)[0] < view.original(at, at + 1)[1] <= len(text) for at in range(len(view.text))
    )


def test_what_is_drawn_is_read_and_a_picture_is_not():
    (view,) = drawn.digits(DRAWN.replace("#", "█"))
    assert len(view.text.strip()) == 10
    assert not list(drawn.digits(DRAWN.replace("# #", "#  ", 1)))
