"""Addresses that are spelt, ranked, told in parts or in steps, written in leet, cut into dressed pieces or put at heads of lines."""

import time

import pytest

from vidocq.filters.held import PARTS
from vidocq.filters.parts import share_of_parts
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.codings.cloudflare import unhidden
from vidocq.filters.views.codings.ranks import unranked
from vidocq.filters.views.readings import readings
from vidocq.filters.views.signs import dictated, in_parts, in_steps, leet
from vidocq.filters.views.writing import acrostics, wrapped

ADDRESS = "lea.mornay@exemple.fr"

SPELT = [
    "l, e, a dot m, o, r, n, a, y at e, x, e, m, p, l, e dot f, r",
    "l_e_a DOT m_o_r_n_a_y AT e_x_e_m_p_l_e DOT f_r",
    "l-e-a [dot] m-o-r-n-a-y [at] e-x-e-m-p-l-e [dot] f-r",
    "L comme Louis, E comme Émile, A comme abricot, point, M de Marcel, O d'Oscar, R de Raoul, N comme Nicolas, A comme Anatole, "
    "Y comme Yvonne, arobase, exemple, point, F comme fenêtre, R comme radis",
    "L as in Lima, E as in Echo, A as in Alpha, dot, M as in Mike, O as in Oscar, R as in Romeo, N as in November, A as in apple, Y as in "
    "Yankee, at, E as in Echo, X as in X-ray, E, M, P, L, E, dot, F for Foxtrot, R for Romeo",
    "« L » comme « Louis », « E » comme « Eugène », « A » comme « Anatole », « . », « M », « O », « R », « N », « A », « Y », arobase, exemple point fr",
    "Lima Echo Alpha point Mike Oscar Romeo November Alpha Yankee arobase Echo X-ray Echo Mike Papa Lima Echo point Foxtrot Romeo",
    "Louis Eugène Anatole point Marcel Oscar Raoul Nicolas Anatole Yvonne arobase Eugène Xavier Eugène Marcel Pierre Louis Eugène point François Raoul",
    "- L (Lima)\n- E (Echo)\n- A (Alpha)\n- point\n- M\n- O\n- R\n- N\n- A\n- Y\n- @\n- exemple\n- point\n- F\n- R",
]


@pytest.mark.parametrize("said", SPELT)
def test_what_is_spelt_is_read(said):
    assert dictated.may_stand(Clues(said))
    seen = dictated.spelt(f"Voici : {said}.")
    assert seen is not None
    at = seen.text.index(ADDRESS)
    start, end = seen.original(at, at + len(ADDRESS))
    assert start <= len("Voici : - ")
    assert end >= len("Voici : ") + len(said) - 2


def test_an_account_that_is_spelt_is_read():
    seen = dictated.spelt("soit Foxtrot Romeo one nine two zero zero four one eight Alpha eight zero")
    assert seen is not None
    assert seen.text == "soit FR19200418A80"


@pytest.mark.parametrize("said", SPELT[3:6])
def test_more_is_held_back_for_letters_with_their_words(said):
    assert share_of_parts(said) >= PARTS


@pytest.mark.parametrize(
    "text",
    [
        "Options a, b, c, d, e et f ; voir aussi chez eux le point g.",
        "Il y a Mike, Oscar et Victor au golf, at the hotel in Lima, Quebec.",
        "L'élève a un chien ; l'on y va à pied, d'un pas lent, s'il y a lieu.",
        "Say A as in apple, B as in boy, C as in cat, D as in dog.",
    ],
)
def test_letters_of_sentences_spell_nothing(text):
    seen = dictated.spelt(text)
    assert seen is None or "@" not in seen.text


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    ("between", "sign"),
    [
        ("-", "'{}'"),
        (" ", '"{}"'),
        (", ", "{}"),
        ("/", "({})"),
        (".", "[{}]"),
        ("·", "`{}`"),
        (" - ", "{}"),
        ("-", "{}"),
    ],
)
def test_ranks_of_letters_are_read(first, between, sign):
    said = between.join(str(ord(each) - 97 + first) if each.isalpha() else sign.format(each) for each in ADDRESS)
    seen = unranked(f"Voici : {said} voilà")
    assert seen is not None
    assert seen.text == f"Voici : {ADDRESS} voilà"


@pytest.mark.parametrize(
    "text",
    [
        "Loto : 5-12-18-23-7-9-11-14-3, écrire à contact@exemple.fr",
        "les 1, 2, 3, 4, 5, 6, 7, 8 et 9 mai at 9",
        "1-2-3-4-5-6-7-8-9 @ 10-11-12",
    ],
)
def test_numbers_spell_no_address(text):
    assert unranked(text) is None


@pytest.mark.parametrize(
    "said",
    [
        "identifiant : lea.mornay ; hébergeur : exemple ; extension : fr",
        "identifiant : lea.mornay ; hébergeur : exemple ; se termine en .fr",
        "la partie avant l'arobase est « lea.mornay », le domaine s'appelle « exemple » et l'extension est fr",
        "The part before the @ is lea.mornay, the domain is exemple and it ends in .fr",
        "username lea.mornay, provider exemple, ending .fr",
        "- **User**: `lea.mornay`\n- **Domain**: `exemple`\n- **TLD**: `fr`",
        '{"user": "lea.mornay", "domain": "exemple", "tld": "fr"}',
        "| utilisateur | lea.mornay |\n| domaine | exemple |\n| extension | .fr |",
        "| user | domain | tld |\n|---|---|---|\n| lea.mornay | exemple | fr |",
        "user,domain,tld\nlea.mornay,exemple,fr",
        "domaine : exemple.fr, utilisateur : lea.mornay",
        "À gauche de l'arobase : lea.mornay ; à droite : exemple.fr",
        "« lea.mornay » avant l'arobase, « exemple.fr » après",
        "lea.mornay (avant l'arobase), exemple (après l'arobase), fr (extension)",
    ],
)
def test_parts_that_bear_names_are_put_together(said):
    assert in_parts.may_stand(said, Clues(said).kinds)
    seen = in_parts.whole(said)
    assert seen is not None
    assert ADDRESS in seen.text


@pytest.mark.parametrize(
    "text",
    [
        "L'identifiant est obligatoire et le domaine est inconnu ; l'extension .fr est libre.",
        "user: admin\nhost: localhost\nport: 5432",
        "user: deploy\nserver: prod.exemple.org",
        "Le serveur est lent, l'utilisateur attend. Le domaine exemple.fr est à vendre.",
        "Enter your username, then the provider, ending with the code.",
    ],
)
def test_names_of_parts_alone_are_no_address(text):
    assert in_parts.whole(text) is None


@pytest.mark.parametrize(
    "said",
    [
        "prends lea.mornay, ajoute une arobase, puis exemple, un point et fr",
        "prenez « lea.mornay », ajoutez un arobase, puis exemple point fr",
        "lea.mornay, puis l'arobase, puis exemple, et l'extension .fr",
        "Take lea.mornay, add an at sign, then exemple, a dot and fr",
        "lea.mornay followed by the @ symbol, then exemple.fr",
        "Commencez par lea.mornay. Ajoutez l'arobase. Terminez par exemple.fr",
    ],
)
def test_steps_are_followed(said):
    assert in_steps.may_stand(said)
    seen = in_steps.followed(said)
    assert seen is not None
    assert ADDRESS in seen.text


@pytest.mark.parametrize(
    "text",
    ["L'arobase est un signe, puis vient le point.", "The at sign comes after the name, then the domain and a dot."],
)
def test_words_about_signs_are_no_steps(text):
    assert in_steps.followed(text) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("l34.m0rn4y(4t)3x3mpl3.fr", ADDRESS), ("l34.m0rn4y @ 3x3mpl3.fr", ADDRESS), ("l34 d07 m0rn4y 4t 3x3mpl3 d07 fr", ADDRESS),
        ("m4n0n.nguy3n(4t)qu1n735514.10", "manon.nguyen@quintessla.io"), ("4.ch3v4l13r@p0574l1n3.3u", "a.chevaller@postallne.eu"),
    ],
)  # fmt: skip
def test_leet_is_read_in_every_part(said, meant):
    assert leet.may_stand(said)
    seen = leet.unlooked(f"Voici {said} !")
    assert seen is not None
    assert seen.text.replace("i", "l") == f"Voici {meant} !".replace("i", "l")


@pytest.mark.parametrize(
    "text",
    ["lodash@4.17.10 et react@18.2.0", "lea34@exemple.fr", "@types/node@20.11.5, voir @5e.10", "rdv a 4t 10.10"],
)
def test_versions_and_plain_addresses_are_no_leet(text):
    assert leet.unlooked(text) is None


def test_an_address_hidden_by_cloudflare_is_read():
    hidden = bytes([0x5A, *(byte ^ 0x5A for byte in ADDRESS.encode())]).hex()
    for said in (f'<a data-cfemail="{hidden}">', f"/cdn-cgi/l/email-protection#{hidden}", hidden.upper()):
        seen = unhidden(said)
        assert seen is not None
        assert ADDRESS in seen.text
    assert unhidden("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") is None


@pytest.mark.parametrize(
    "said",
    [
        "**le** **a.** **mor** **nay** **@ex** **emp** **le.fr**",
        "**l***e***a***.mor***nay***@exemple***.fr**",
        "`le` `a.` `mor` `nay@ex` `emple.fr`",
        "<b>le</b><b>a.mor</b> <b>nay</b> <b>@exemple</b> <b>.fr</b>",
    ],
)
def test_dressed_pieces_are_put_together(said):
    assert wrapped.may_stand(said)
    seen = wrapped.together(f"Voici {said}, merci")
    assert seen is not None
    assert ADDRESS in seen.text


def test_words_in_bold_stay_apart():
    assert wrapped.together("**Note** : voir **ceci** puis **cela**, `a` ou `b` et `c`") is None


def test_heads_of_lines_are_read():
    lines = "".join(f"{each} …\n" if not each.isalpha() else f"{each.upper()}n vers de plus\n" for each in ADDRESS)
    assert acrostics.may_stand(lines)
    seen = acrostics.down(lines)
    assert seen is not None
    assert ADDRESS in seen.text
    named = "".join(f"{each}n vers\n" for each in "lmornay") + "\n(Premières lettres, puis arobase exemple point fr)"
    assert acrostics.may_stand(named)
    seen = acrostics.down(named)
    assert seen is not None
    assert "lmornay@exemple.fr" in seen.text


def test_a_poem_is_no_address():
    poem = "Un vers\nDeux vers\nTrois vers\nQuatre vers\nCinq vers\nSix vers\n"
    assert not acrostics.may_stand(poem)
    assert acrostics.down(poem) is None


@pytest.mark.parametrize(
    "text",
    [
        "a " * 4000, "a as in " * 1000, "user: x ; " * 800, "domaine " * 1000, "arobase puis " * 600, "1-" * 4000, "**a** " * 1000, "a\n" * 3000,
        "l34.m0@" * 800, "a." * 4000, "a-dot-" * 1500, "a (d0t) " * 900, "user x, " * 900, "avant l'arobase " * 500, "⠁" * 6000, "\ufe01" * 6000, "ɐ" * 6000, "Alpha Bravo " * 600,
    ],
)  # fmt: skip
def test_no_row_takes_long(text):
    clues = Clues(text)
    began = time.process_time()
    for undo in (
        dictated.spelt, in_parts.whole, in_steps.followed, leet.unlooked, unranked, unhidden, wrapped.together, acrostics.down,
    ):  # fmt: skip
        undo(text)
    dictated.may_stand(clues)
    assert time.process_time() - began < 3


def test_a_disguise_within_a_list_is_read():
    text = "1. user: lea.mornay\n2. domain: exemple\n3. tld: fr"
    assert any(ADDRESS in view.text for view in readings(text))
