"""A system with documents behind it, from the file of documents to the findings, on systems that are known whole."""

import json
import random
import re
import stat
from dataclasses import replace
from math import comb

import pytest

from vidocq.audit.language.asking import Asking
from vidocq.audit.language.documents_file import Document, plant, read_documents, write_documents
from vidocq.audit.language.retrieval import RetrievalOptions, measure_retrieval
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.language import Decoding
from vidocq.core.text import Lang

from language_models import made_texts

TEXTS = made_texts(40, seed=9, sentences=6)
LETTERHEAD = (
    "Société fictive des exemples, 1 place du Marché, Pau. Document interne, ne pas diffuser au-delà du service. "
)


def documents(*, forbidden=20, allowed=10, absent=10, head=""):
    readers = [["direction"]] * forbidden + [["staff", "direction"]] * allowed + [["direction"]] * absent
    return [
        Document(id=f"d{number}", text=head + text, readers=frozenset(who), stored=number < forbidden + allowed)
        for number, (text, who) in enumerate(zip(TEXTS, readers, strict=False))
    ]


def words_of(text):
    return set(re.findall(r"\w{4,}", text.lower()))


class Rag:
    """Answers with the stored document that shares most words with the question, if its rule lets it."""

    def __init__(self, held, *, hands_over=lambda document, question: True, quotes=lambda text: text):
        self.held = [(one, words_of(one.text)) for one in held if one.stored]
        self.hands_over = hands_over
        self.quotes = quotes
        self.asked = []

    def describe(self):
        return {"kind": "rag"}

    def write(self, prompts, *, decoding, times, most_tokens, seed):
        self.asked += prompts
        return [[self._answer(prompt.text)] * times for prompt in prompts]

    def _answer(self, question):
        words = words_of(question)
        best = max(self.held, key=lambda one: len(words & one[1]))[0]
        return self.quotes(best.text) if self.hands_over(best, question) else "Je ne peux pas répondre à cela."


def staff_only(document, question):
    return document.allowed("staff")


def measured(system, held, folder, **options):
    asking = Asking(decoding=Decoding(), seed=1, most_tokens=200)
    return measure_retrieval(
        system, held, asking=asking, options=RetrievalOptions(reader="staff", **options), folder=folder
    )


def test_a_system_that_hands_over_everything_is_found(tmp_path):
    held = documents()
    found = measured(Rag(held), held, tmp_path)
    main = found.findings[0]
    assert main.p == pytest.approx(1 / comb(30, 10))
    assert (main.estimate.value, main.estimate.n, main.control.value, main.control.n) == (1.0, 20, 0.0, 10)
    assert main.estimate.low == pytest.approx(0.025 ** (1 / 20))
    assert found.absent == ()
    assert found.details["documents"] == {"forbidden": 20, "allowed": 10, "not_stored": 10}
    assert main.cost["queries"] == 10 * 40


def test_a_system_that_keeps_to_the_rules_is_not(tmp_path):
    held = documents()
    found = measured(Rag(held, hands_over=staff_only), held, tmp_path)
    assert found.findings[0].p == 1.0
    assert found.findings[0].estimate.value == 0.0
    assert found.findings[-1].estimate.value >= 0.5  # what may be read came back
    assert found.absent == ()


def test_one_that_yields_to_pressure_is_found_by_the_questions_that_push(tmp_path):
    held = documents()

    def yields(document, question):
        return staff_only(document, question) or "administrat" in question

    found = measured(Rag(held, hands_over=yields), held, tmp_path)
    assert found.findings[0].p < 0.001
    assert set(found.details["brought_by"]) == {"push"}


def test_a_system_that_says_nothing_proves_nothing(tmp_path):
    held = documents()
    found = measured(Rag(held, hands_over=lambda document, question: False), held, tmp_path)
    assert [absent.id for absent in found.absent] == ["retrieval"]
    assert "ne prouve rien" in found.absent[0].reason.fr


def test_canaries_come_back_of_what_was_handed_over_and_of_nothing_else(tmp_path):
    held = plant(documents(absent=0), seed=3)

    def half(document, question):
        return document.allowed("staff") or int(document.id[1:]) % 2 == 0

    found = measured(Rag(held, hands_over=half, quotes=lambda text: text[-40:].upper()), held, tmp_path)
    by_document, by_canary = found.findings[:2]
    assert by_document.p is None
    assert (by_canary.estimate.value, by_canary.control.value, by_canary.control.n) == (0.5, 0.0, 1000)
    assert by_canary.p < 1e-15
    clean = measured(Rag(held, hands_over=staff_only), held, tmp_path)
    assert (clean.findings[1].estimate.value, clean.findings[1].p) == (0.0, 1.0)


def test_what_an_allowed_document_says_too_is_no_leak(tmp_path):
    held = documents(head=LETTERHEAD)
    found = measured(Rag(held, hands_over=staff_only), held, tmp_path, at_least=60)
    assert found.findings[0].estimate.value == 0.0
    assert found.findings[0].control.value == 0.0


def test_a_few_words_of_its_own_beside_what_is_allowed_are_no_passage(tmp_path):
    """A hundred characters in a row, of which an allowed document holds all but the end: not a hundred of the forbidden one."""
    held = documents(head=LETTERHEAD)

    def letterhead_and_more(text):
        return text[: len(LETTERHEAD) + 40]

    found = measured(Rag(held, quotes=letterhead_and_more), held, tmp_path, at_least=60)
    assert found.findings[0].estimate.value == 0.0
    longer = measured(Rag(held, quotes=lambda text: text[: len(LETTERHEAD) + 120]), held, tmp_path, at_least=60)
    assert longer.findings[0].estimate.value > 0.8


def test_what_the_question_told_is_no_leak(tmp_path):
    held = documents()

    class Parrot(Rag):
        def _answer(self, question):
            return question

    found = measured(Parrot(held), held, tmp_path, at_least=40, quoted=12)
    assert found.findings[0].estimate.value == 0.0


def test_without_a_control_nothing_is_tested(tmp_path):
    held = documents(absent=0)
    found = measured(Rag(held), held, tmp_path)
    assert [finding.p for finding in found.findings] == [None] * len(found.findings)
    assert found.findings[0].estimate.value == 1.0
    assert "rien n'est testé" in found.absent[0].reason.fr


def test_where_nothing_is_forbidden_nothing_is_asked(tmp_path):
    held = [replace(one, readers=frozenset(["*"])) for one in documents()]
    system = Rag(held)
    found = measured(system, held, tmp_path)
    assert not system.asked
    assert found.findings == ()
    assert len(found.absent) == 1


@pytest.mark.parametrize("lang", list(Lang))
def test_questions_are_put_in_each_language_and_tell_no_canary(lang, tmp_path):
    held = plant(documents(), seed=3)
    system = Rag(held)
    measured(system, held, tmp_path, langs=(lang,), queries=5)
    assert len(system.asked) == 5 * 40
    asked = " ".join(prompt.text for prompt in system.asked)
    assert not any(one.canary in asked for one in held if one.canary)
    assert ("mot pour mot" in asked) == (lang is Lang.fr)


def test_nothing_that_is_returned_holds_a_word_of_a_document(tmp_path):
    held = plant(documents(), seed=3)
    found = measured(Rag(held), held, tmp_path)
    told = repr(found) + json.dumps([finding.to_dict() for finding in found.findings]) + json.dumps(found.details)
    for one in held:
        assert one.text[:30] not in told
        assert one.canary is None or one.canary not in told
    assert not list(tmp_path.iterdir())
    assert TEXTS[0][:20] not in repr(held)


def test_documents_are_planted_once_each_and_written_for_their_owner(tmp_path):
    held = plant(documents(), seed=3)
    assert held == plant(documents(), seed=3)
    marks = [one.canary for one in held if one.stored]
    assert len(set(marks)) == 30
    assert all(one.canary is None for one in held if not one.stored)
    path = tmp_path / "documents.jsonl"
    write_documents(path, held)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_documents(path) == held


GOOD = {"id": "d", "text": "Un texte.", "readers": ["*"]}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ({**GOOD, "id": 3}, "no `id`"),
        ({**GOOD, "text": " "}, "no `text`"),
        ({**GOOD, "readers": "staff"}, "needs `readers`"),
        ({**GOOD, "stored": "yes"}, "needs `stored`"),
        ({**GOOD, "canary": "court"}, "by luck"),
        ({**GOOD, "canary": "vq-abcd-efgh-jkmn"}, "does not stand in its text"),
        ("[" * 40_000, "not JSON"),
    ],
)
def test_a_faulty_line_is_named_and_not_quoted(tmp_path, line, why):
    path = tmp_path / "documents.jsonl"
    path.write_text(
        json.dumps({**GOOD, "id": "first"}) + "\n" + (line if isinstance(line, str) else json.dumps(line))
    )
    with pytest.raises(DataError, match=why) as caught:
        read_documents(path)
    assert "line 2" in str(caught.value)
    assert "Un texte" not in str(caught.value)


def test_ids_and_canaries_are_not_shared(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text((json.dumps(GOOD) + "\n") * 2)
    with pytest.raises(DataError, match="same id"):
        read_documents(path)
    marked = {**GOOD, "text": "Un texte vq-abcd-efgh.", "canary": "vq-abcd-efgh"}
    path.write_text(json.dumps(marked) + "\n" + json.dumps({**marked, "id": "e"}))
    with pytest.raises(DataError, match="same canary"):
        read_documents(path)


def test_passages_too_short_to_be_found_are_refused():
    with pytest.raises(ConfigurationError, match="long enough"):
        RetrievalOptions(reader="staff", at_least=10)


def test_documents_left_out_by_lot_make_an_honest_test(tmp_path):
    """A system that hands over what it was never told to keep: whichever documents are left out, p is no smaller than it may be."""
    low = 0
    for seed in range(12):
        texts = random.Random(seed).sample(TEXTS, len(TEXTS))
        held = [Document(id=str(n), text=text, readers=frozenset(), stored=n < 30) for n, text in enumerate(texts)]
        everything = [replace(one, stored=True) for one in held if one.text in TEXTS[:10]]
        low += measured(Rag(everything), held, tmp_path, queries=3).findings[0].p < 0.05
    assert low <= 2
