"""What makes a search fast changes nothing of what it finds."""

import json
from itertools import chain

import pytest

from vidocq.audit.scan.searching import BETWEEN, Batch, Shared, search
from vidocq.core.spans import Category
from vidocq.detect.catalogue import IDENTIFIERS
from vidocq.detect.find import Finder, find, find_each
from vidocq.detect.names import left, reading
from vidocq.detect.prefilter import BLOCK
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.places import find_files
from vidocq.targets.texts.reading import parts_of

from detect.cases import FOUND, SILENT

VALUES = [
    text.replace("⟦", "").replace("⟧", "") for table in (FOUND, SILENT) for texts in table.values() for text in texts
]
PERSONS = [
    "Mme Claire Petit, née le 3 mai 1962, habite 12 rue des Lilas, 69003 Lyon.",
    "Nom\nMoreau\nPrénom\nLucie",
    "bonjour, je suis thomas dupont",
    "Le témoin Bouchard a répondu que MM. Petit et Vasseur étaient partis.",
    "Paul is a doctor. In Paris, Jane Roe, 31, of Tulsa, said that Roe and her friend Karim left.",
    "Il est identifié comme Leroy. Elle est en arrêt maladie (dépression), condamnée pour vol.",
    "Smith was, by all accounts, homosexual; the African Americans of the town knew him.",
    "ligne pleine de ｃ０ｕｌｅｕｒ ﬁn, Ｍ．Ｄｕｐｏｎｔ and zero\u200bwidth",
    "",
    "x",
    "\n",
    "Le comte de Rochefort et la comtesse de Ségur, rue de Rivoli.",
]
LONG = "\n".join(f"{text} {'mot ' * (k % 40)}" for k, text in enumerate(chain(VALUES, PERSONS)))
MANY = [*VALUES, *PERSONS, LONG, *(LONG[at : at + 190] for at in range(0, len(LONG), 190)), LONG[: 2 * BLOCK]]


@pytest.mark.parametrize("categories", [None, IDENTIFIERS, frozenset({Category.PERSON})], ids=["all", "ids", "names"])
def test_texts_together_show_what_each_alone_shows(categories):
    """In any order, with neighbours in which something is and others in which nothing is."""
    finder = Finder.of(categories)
    for texts in (MANY, MANY[::-1], ["rien ici", *MANY[::7], "rien là"]):
        assert find_each(texts, categories=categories) == [finder.find(text) for text in texts]
    assert sum(map(bool, find_each(MANY, categories=categories))) > 20


def test_no_text_at_all():
    assert find_each([]) == []


def test_records_searched_together_show_what_each_alone_shows(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"note": text, "siren": "x"} for text in MANY if text]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    [file] = find_files([path]).files
    limits = Limits()
    found = search(Batch(tuple(parts_of(file, limits=limits))), Shared(find_each, None, limits, b"k" * 32))
    expected = []
    for record, row in enumerate(rows, start=1):
        for span in find(BETWEEN.join(f"{name}: {text}" for name, text in row.items())):
            start, end = max(0, span.start - len("note: ")), min(len(row["note"]), span.end - len("note: "))
            if start < end:
                expected.append((record, start, end))
    told = list(zip(found["record"].tolist(), found["start"].tolist(), found["end"].tolist(), strict=True))
    assert told == expected
    assert len(told) > 100


def test_one_word_before_says_what_the_whole_line_says(monkeypatch):
    """What is remembered of the word before a name changes the time, and nothing that is read."""
    given = [*MANY, LONG.replace("mot ", "mot and "), LONG.replace("mot ", "témoin "), *LINES]
    fast = [sorted(reading.names_in(text)) for text in given]
    heard = left.heard
    monkeypatch.setattr(left, "heard", lambda word: heard(word)._replace(several=None, alone=None, weak=None))
    assert [sorted(reading.names_in(text)) for text in given] == fast
    assert sum(map(len, fast)) > 50


LINES = [
    f"{before} {name}{after}"
    for before in (
        "par", "the late", "la rue", "rue de la", "identified as", "My name is", "Nom :", "12 .", "12.", "-", "(", "«", "il dit", "le salarié,",
        "de l'", "qu'il", "l’avocat", "fin.", "Mme.", "MM. Petit et", "la comtesse de", "x" * 20, "à", "in", "what?", "name?", "\nsaid", "a\tb", "",
    )
    for name in ("Jeanne", "Jean Martin", "Kersauson", "Paris", "Marie Tholozan")
    for after in (" dit", ", 31, of Tulsa", " left her home", "'s friend", " & Sons", ".", "")
]  # fmt: skip
