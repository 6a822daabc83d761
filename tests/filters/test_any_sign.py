"""Addresses with signs of any kind, and what only resembles them."""

import time

import pytest

from vidocq.filters.views.readings import readings
from vidocq.filters.views.signs.any_sign import signs

SAID = {
    "lea.mornay34$exemple.fr": "lea.mornay34@exemple.fr",
    "voir jeromekermarec🐌courriel-exemple.com ok": "voir jeromekermarec@courriel-exemple.com ok",
    "x chloecassagnol 📧 exemple.fr": "x chloecassagnol@exemple.fr",
    "bastien-escoubes et commercial courriel-exemple.com": "bastien-escoubes@courriel-exemple.com",
    "elodie-kermarecATuniversite-exempleDOTfr.": "elodie-kermarec@universite-exemple.fr.",
    "ewen94AThopitalDOTexampleDOTorg": "ewen94@hopital.example.org",
    "damien punto mornay arroba societe-exemple punto org": "damien.mornay@societe-exemple.org",
    "karim punkt jolibois Klammeraffe exemple punkt fr": "karim.jolibois@exemple.fr",
    "quentin-berthelin93@universite-exemple·fr": "quentin-berthelin93@universite-exemple.fr",
    "jeromepointablonczy39arobasesociete-exemplepointorg": "jerome.ablonczy39@societe-exemple.org",
    "helene_mornay71📧societe-exemple🔘org": "helene_mornay71@societe-exemple.org",
    "ttournemire[arroba]yahoo[punto]fr": "ttournemire@yahoo.fr",
    "zoegirard38&at;mail&dot;exemple&dot;fr": "zoegirard38@mail.exemple.fr",
    "oceane_kermarec75@@exemple.com": "oceane_kermarec75@exemple.com",
    "| bastien-berthelin41 | societe-exemple.org |": "| bastien-berthelin41@societe-exemple.org |",
    "u = 'bastien.cassagnol88'\nd = 'exemple.fr'": "u = 'bastien.cassagnol88@exemple.fr'",
    "l'utilisateur jeromeberthelin58 du domaine exemple.org": "l'utilisateur jeromeberthelin58@exemple.org",
    "The user name is i.garcia and the mailbox is hosted at free.fr.": "The user name is i.garcia@free.fr.",
}
CLEAN = [
    "Voir README.md sur github.com et e-mail chez orange.fr",
    "le site universite-exemple.fr, et societe-exemple.org",
    "https://charset-normalizer.readthedocs.io/en/latest",
    "Requires-Dist: typing ; python_version < 3.5, voir exemple.com",
    "for point de départ, an elite residential complex, it lies there",
    "Homepage, https://twistedmatrix.com/ | https://insights.linuxfoundation.org",
    "Jean Dupont écrit dans Le Monde (lemonde.fr), puis sur liberation.fr",
    "jean.dupont@exemple.fr",  # stands there as it is
    "a = b & c; exemple.com, 3 * exemple.fr",
]


@pytest.mark.parametrize(("said", "meant"), SAID.items())
def test_an_address_is_read_whatever_its_signs(said, meant):
    seen = signs(said)
    assert seen is not None
    assert seen.text == meant
    at = seen.text.index("@")
    start, end = seen.original(at, at + 1)
    assert 0 <= start < end <= len(said)


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_no_address_is_not_made_one(text):
    assert signs(text) is None


def test_an_address_after_many_domains_is_read():
    seen = signs("exemple.com, exemple.net, " * 40 + "lea.mornay34$exemple.fr")
    assert seen is not None
    assert seen.text.endswith(" lea.mornay34@exemple.fr")


@pytest.mark.parametrize("unit", [".fr", "a.fr ", "x, fr ", "jean.dupont.com ", "📧.com", "at dot com "])
def test_many_ends_of_domains_cost_in_proportion(unit):
    def seconds(length):
        text, taken = (unit * length)[:length], []
        for _ in range(3):  # a collection of garbage may fall into one
            began = time.process_time()
            signs(text)
            taken.append(time.process_time() - began)
        return min(taken)

    seconds(1000)
    assert seconds(80_000) < 20 * max(seconds(10_000), 0.01)  # 64 times if it grew as the square


def test_pictures_in_a_word_are_left_out():
    texts = [view.text for view in readings("kar🌸i🌸m😀.ga🔥rcia🔥@🔥w🐱a🌸nadoo.fr")]
    assert "karim.garcia@wanadoo.fr" in texts


def test_signs_said_before_the_text_was_turned_round():
    texts = [view.text for view in readings("le dire : rf tod elpmexe-etisrevinu ta neitsab.longassac")]
    assert any("longassac"[::-1] in text and "@universite-exemple.fr" in text for text in texts)
