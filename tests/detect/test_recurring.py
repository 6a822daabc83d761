"""Recurring identifiers: all spellings of one are one, and counts are those of a plain count."""

import hashlib
import hmac
from collections import defaultdict

import numpy as np
import pytest

from vidocq.core.spans import Category
from vidocq.detect import recurring
from vidocq.detect.recurring import AT_LEAST, COUNTED, Recurring, identity, normalised_value

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("category", "spellings"),
    [
        (
            Category.IBAN,
            ["FR76 3000 6000 0112 3456 7890 189", "fr7630006000011234567890189", "FR76-3000-6000-0112-3456-7890-189"],
        ),
        (
            Category.PHONE,
            ["06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678", "06.12.34.56.78", "+33 (0)6 12 34 56 78"],
        ),
        (
            Category.PERSON,
            [
                "Hélène Dupont-Moretti",
                "HELENE DUPONT MORETTI",
                "Mme Hélène Dupont-Moretti",
                "hélène  dupont\nmoretti",
            ],
        ),
        (Category.EMAIL, ["Jean.Dupont@Exemple.fr", "jean.dupont@exemple.fr"]),
        (Category.NIR, ["1 85 05 78 006 084 91", "185057800608491", "1８5057800608491"]),
        (Category.PLATE, ["AB-123-CD", "ab 123 cd"]),
    ],
)
def test_spellings_of_one_identifier(category, spellings):
    assert len({normalised_value(s, category) for s in spellings}) == 1
    assert len({identity(s, category, key=KEY) for s in spellings}) == 1


def test_what_differs_stays_apart():
    assert identity("a", Category.SECRET, key=KEY) != identity("A", Category.SECRET, key=KEY)
    assert identity("1", Category.NIR, key=KEY) != identity("1", Category.NIF, key=KEY)
    assert identity("1", Category.NIR, key=KEY) != identity("1", Category.NIR, key=b"z" * 32)
    assert normalised_value("06 12 34 56 78", Category.PHONE) != normalised_value("+32 612345678", Category.PHONE)


@pytest.mark.parametrize("spill", [10**6, 50])
def test_counts_are_those_of_a_plain_count(monkeypatch, spill):
    monkeypatch.setattr(recurring, "_SPILL", spill)
    rng = np.random.default_rng(4)
    documents: dict[tuple[Category, int], set[int]] = defaultdict(set)
    with Recurring() as counting:
        for _ in range(40):
            category = COUNTED[int(rng.integers(3))]
            identities = rng.integers(0, 60, 30).astype(np.uint64)
            where = rng.integers(0, 40, 30).astype(np.uint64)
            counting.add(category, identities, where)
            for one, document in zip(identities.tolist(), where.tolist(), strict=True):
                documents[category, one].add(document)
        found = counting.counted()
    for category in COUNTED[:3]:
        sizes = [len(held) for (kind, _), held in documents.items() if kind is category]
        assert found[category].identifiers == len(sizes)
        assert found[category].at_least == {least: sum(size >= least for size in sizes) for least in AT_LEAST}
    assert set(found) == set(COUNTED[:3])


def test_what_tells_nobody_apart_is_not_counted():
    with Recurring() as counting:
        counting.add(Category.SPECIAL_CATEGORY, np.array([1], np.uint64), np.array([1], np.uint64))
        assert counting.counted() == {}


@pytest.mark.parametrize("length", [32, 64, 65, 200])
def test_an_identity_is_the_hmac_of_its_value(length):
    key = bytes(range(length))
    told = hmac.digest(key, b"person\x1fjean martin", hashlib.sha256)
    assert identity("M. Jean MARTIN", Category.PERSON, key=key) == int.from_bytes(told[:8], "little")
