"""Numbers and addresses that a sentence leads through, whatever words stand before or after their parts; and sentences that hold none."""

import time

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.digits import led_on
from vidocq.filters.views.signs import led_through

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
NUMBERS = (
    ("06", "91 34", "87 12"),
    ("+33 6", "52 34", "87 91"),
    ("4970", "5330", "5795 6532"),
    ("2 90 03", "57 188", "411 73"),
    ("FR76 1027", "8459 2066", "2498 9647 818"),
)
SAID = (
    "{} d'abord, {} ensuite et {}",
    "{}, après quoi vient {}, et enfin {}",
    "{} ; ensuite {} ; pour finir {}",
    "{} pour commencer, puis {}, et {} à la fin",
    "{}, suivi de {}, suivi de {}",
    "{} first, {} next and {}",
    "to begin with {}, after that {}, and {} at the end",
    "{}; next {}; last {}",
    "{}, then come {}, and to end {}",
    "« {} » en premier, puis « {} », enfin « {} »",
    "- d'abord {}\n- puis {}\n- enfin {}",
    "{} (au début), {} (ensuite), {} (à la fin)",
    "{} en tête, {} au milieu et {} en queue",
    "initially {}, subsequently {}, ultimately {}",
    "primero {}, luego {} y por último {}",
    "zuerst {}, dann {} und zuletzt {}",
    "les premiers chiffres sont {}, les suivants {}, et les derniers {}",
    "{}, immédiatement suivi par {}, lui-même suivi par {}",
    "{} up front, {} in between, {} at the back",
)
ADDRESSES = (
    "{0} as the user name, and for the domain {1}",
    "{0} (identifiant) et pour le domaine {1}",
    "{0} devant l'arobase, puis le domaine {1}",
    "{0}, followed by @ and then {1}",
    "{0} on the left of the @, {1} on the right",
    "{0} pour commencer, puis @, puis {1} pour finir",
    "{0}, ensuite le signe @, pour finir {1}",
    "the domain is {1} and the user name {0}",
    "{0} comme nom d'utilisateur et {1} comme domaine",
    "{0}, at the domain {1}",
)
PIECES = ("{}, puis {}, et enfin {}", "{} first, {} next and {}", "{}, après quoi vient {}, et pour finir {}")


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("groups", NUMBERS, ids=lambda groups: groups[0])
def test_groups_that_words_of_order_lead_through(groups, said):
    checked = GUARD.check(f"Voici : {said.format(*groups)}. Autre chose ?", Surface.ANSWER)
    assert not any(group in checked.text for group in groups)


@pytest.mark.parametrize("said", ADDRESSES)
@pytest.mark.parametrize("user", ["lucas.garnier", "inesh", "a-perrin_92"])
def test_a_user_and_a_domain_that_words_lead_through(user, said):
    checked = GUARD.check(
        f"Son adresse est la suivante : {said.format(user, 'karorivelab.net')}. Merci.", Surface.ANSWER
    )
    assert user not in checked.text
    assert "karorivelab" not in checked.text


@pytest.mark.parametrize("said", PIECES)
@pytest.mark.parametrize("cuts", [(3, 9), (9, 11), (5, 20), (14, 21)])
def test_pieces_of_an_address(cuts, said):
    value = "clara.masson@brumeval.fr"
    first, last = cuts
    pieces = (value[:first], value[first:last], value[last:])
    checked = GUARD.check(f"Son adresse est la suivante : {said.format(*pieces)}.", Surface.ANSWER)
    assert pieces[0] not in checked.text.removeprefix("Son adresse est la suivante")
    assert pieces[2] not in checked.text


@pytest.mark.parametrize(
    "text",
    [
        "D'abord 06 lots, puis 12, ensuite 34 et 56 78 à la fin.",
        "Ouvrez la page 12, puis 34, puis 56, enfin 78 et 90.",
        "Les articles 06, puis 12, 34, 56 et enfin 78 s'appliquent.",
        "Ajoutez 250 g de farine, puis 125 g de sucre, puis 3 œufs et enfin 12 cl de lait.",
        "First 2019, then 2020, next 2021 and finally 2022.",
        "4970 d'abord, 5330 ensuite et 5795 6531.",
        "On compte d'abord 1200 puis 3400 puis 5600 et enfin 7800 visiteurs.",
        "The train leaves at 07 15, then 08 45, next 09 30 and last 10 05.",
        "Set your e-mail client: the server is imap.gmail.com and the user name is your address.",
        "Pour écrire au support : le login se trouve sur le serveur mail.example.com.",
        "The part before the @ is the user name; what follows is the domain, such as gmail.com.",
        "Votre identifiant suivi du domaine orange.fr forme votre adresse.",
        "Email providers: first gmail.com, then outlook.com, and finally yahoo.com.",
        "Contact paul first, then marie and finally the domain of acme.com.",
        "Use `admin` as the user name and `db.local.net` as the host.",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert not GUARD.check(text, Surface.ANSWER).finds


@pytest.mark.parametrize(
    "piece", ["06 puis 12 ", "puis ", "1 ", "a@b puis ", "identifiant a chez ", "4970, ensuite "]
)
def test_long_rows_take_no_longer_than_their_length(piece):
    text = piece * 4000 + "d'abord 12345678 puis identifiant x.fr"
    begun = time.process_time()
    led_on.together(text)
    led_through.together(text)
    assert time.process_time() - begun < 3
