"""The state is a fold: later facts replace, null erases, names stay aside, and any past date can be asked for."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.core.status import Status
from vidocq.dossier.entries import Entry
from vidocq.dossier.evidence import RECORDED, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.answering import answer_point
from vidocq.dossier.file.departing import depart_from
from vidocq.dossier.file.merging import keyed, listed, merge, merge_recorded
from vidocq.dossier.file.opining import give_opinion
from vidocq.dossier.file.stating import state_facts
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import State, fold, state


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(f"sqlite:///{tmp_path}/dossier.db") as opened:
        yield opened


def test_later_facts_replace_and_null_erases(ledger):
    state_facts(ledger, {"system": {"purpose": "triage", "is_generative": True}, "datasets": [{"id": "a"}]})
    state_facts(ledger, {"system": {"purpose": "tri"}, "datasets": [{"id": "b", "persons": 3}]})
    state_facts(ledger, {"system": {"is_generative": None}, "datasets": {"a": {"records": 7}}})
    facts = state(ledger).facts
    assert (facts.system.purpose, facts.system.is_generative) == ("tri", None)
    assert [(one.id, one.persons, one.records) for one in facts.datasets] == [("a", None, 7), ("b", 3, None)]
    state_facts(ledger, {"datasets": {"a": None}, "system": None})
    facts = state(ledger).facts
    assert [one.id for one in facts.datasets] == ["b"]
    assert facts.system.purpose is None
    state_facts(ledger, {"datasets": []})
    assert state(ledger).facts.datasets == ()
    state_facts(ledger, {"datasets": None})
    assert state(ledger).facts.datasets is None


def test_parts_of_an_operation_go_by_actor(ledger):
    part = {"actor": "us", "decides_purpose": True}
    state_facts(ledger, {"operations": [{"id": "train", "parts": [part, {"actor": "them"}]}]})
    state_facts(ledger, {"operations": {"train": {"parts": {"them": {"decides_means": False}}}}})
    (operation,) = state(ledger).facts.operations
    assert [(one.actor, one.decides_purpose, one.decides_means) for one in operation.parts] == [
        ("us", True, None),
        ("them", None, False),
    ]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"systm": {}}, "systm"),
        ({"system": {"is_generative": "SECRET"}}, "system.is_generative"),
        ({"system": {"sectors": ["SECRET"]}}, "system.sectors[1]"),
        ({"system": "SECRET"}, "system"),
        ({"datasets": [{"persons": 1}]}, "datasets[1]"),
        ({"datasets": [{"id": "a"}, {"id": "a"}]}, "datasets.a"),
        ({"datasets": [{"id": "SECRET.x"}]}, "datasets[1]"),
        ({"datasets": {"a": {"id": "SECRET"}}}, "datasets.a"),
        ({"datasets": {"a": {"persons": -1}}}, "datasets.a.persons"),
        ({"system": {"purpose": "write to SECRET.person@example.org"}}, "system.purpose"),
        ({"system": {"purpose": "x" * 5000}}, "system.purpose"),
    ],
)
def test_what_does_not_fit_is_named_and_never_quoted(ledger, content, where):
    with pytest.raises(ConfigurationError) as caught:
        state_facts(ledger, content)
    assert caught.value.where == where
    assert "SECRET" not in str(caught.value)
    assert ledger.entries() == []


def test_dates_are_text_in_the_chain(ledger):
    entry = state_facts(ledger, {"system": {"purpose_set_on": datetime.date(2026, 3, 1)}})
    assert entry.data == {"schema": 1, "role": "", "facts": {"system": {"purpose_set_on": "2026-03-01"}}}
    assert state(ledger).facts.system.purpose_set_on == datetime.date(2026, 3, 1)


def test_names_stay_aside_and_can_go(ledger):
    answer_point(ledger, "F0.02", "satisfied", role="DPO", name="Ada Lovelace", note="seen")
    (answer,) = state(ledger).answers
    assert (answer.point, answer.status, answer.role, answer.note) == ("F0.02", Status.SATISFIED, "DPO", "seen")
    assert ledger.aside(answer.name) == {"name": "Ada Lovelace"}
    assert all("Ada" not in str(entry.data) for entry in ledger.entries())
    ledger.erase(answer.name)
    assert ledger.aside(answer.name) is None
    assert ledger.verify().problem is None
    assert state(ledger).answers == (answer,)


def test_the_latest_word_counts(ledger):
    answer_point(ledger, "F0.02", "satisfied", role="DPO")
    depart_from(ledger, "F0.02", reason="too small", substitute="a yearly look", owner="head of data")
    found = state(ledger)
    assert found.answers == ()
    assert found.position("F0.02").substitute == "a yearly look"
    answer_point(ledger, "F0.02", "to_judge", role="DPO", about="datasets.a")
    found = state(ledger)
    assert found.position("F0.02", "datasets.a").status is Status.TO_JUDGE
    assert found.position("F0.02", "datasets.b").owner == "head of data"
    assert found.position("F0.03") is None


@pytest.mark.parametrize(
    "write",
    [
        lambda ledger: answer_point(ledger, "F0.02", "fine", role="DPO"),
        lambda ledger: answer_point(ledger, "F0.02", "satisfied", role=" "),
        lambda ledger: answer_point(ledger, "F0.02", "satisfied", role="DPO", note="call +33 6 12 34 56 78"),
        lambda ledger: depart_from(ledger, "F0.02", reason="", substitute="a", owner="b"),
        lambda ledger: give_opinion(ledger, "dpo", "perhaps", reason="a", role="DPO"),
        lambda ledger: give_opinion(ledger, "neighbour", "against", reason="a", role="DPO"),
    ],
)
def test_a_refused_record_leaves_nothing(ledger, write):
    with pytest.raises(ConfigurationError):
        write(ledger)
    assert ledger.entries() == []


def test_evidence_and_opinions_come_back(ledger):
    piece = Piece(
        measurement="audit", subject="models.m", status=Status.SATISFIED, inputs={"model": "ab"}, suite="quick 3"
    )
    entry = ledger.append(RECORDED, {"schema": 1, **piece.content()})
    give_opinion(ledger, "dpo", "against", reason="retention", role="DPO", about="models.m", version="1.0")
    found = state(ledger)
    (read,) = found.evidence.pieces
    assert read.content() == piece.content()
    assert (read.at, read.entry) == (entry.at, entry.id)
    assert [(one.of, one.stance, one.version) for one in found.opinions] == [("dpo", "against", "1.0")]


def test_any_past_date(ledger, monkeypatch):
    days = ["2026-01-01T10:00:00Z", "2026-02-01T10:00:00Z", "2026-03-01T10:00:00Z"]
    for day, purpose in zip(days, "abc", strict=True):
        monkeypatch.setattr(moment, "now", lambda day=day: day)
        state_facts(ledger, {"system": {"purpose": purpose}})
    heads = [entry.hash for entry in ledger.entries()]
    for until, length in [("2025-12-31", 0), ("2026-01-01", 1), ("2026-02-01T09:00:00+00:00", 1), ("2026-02-20", 2)]:
        found = state(ledger, until)
        assert found.length == length
        assert found == State() if length == 0 else found.head == heads[length - 1]
        assert found.facts.system.purpose == (None, "a", "b", "c")[length]
    assert state(ledger).as_of == days[-1]
    with pytest.raises(ConfigurationError):
        state(ledger, "yesterday")


def test_foreign_kinds_are_counted_and_newer_records_stop(ledger):
    ledger.append("audit.registered", {"x": 1})
    ledger.append("from.elsewhere", {})
    ledger.append("from.elsewhere", {})
    assert state(ledger).others == {"audit.registered": 1, "from.elsewhere": 2}
    ledger.append("facts.stated", {"schema": 2, "facts": {}})
    with pytest.raises(LedgerError, match="does not know") as caught:
        state(ledger)
    assert caught.value.where == "entry 4"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("facts.stated", {"facts": 3}),
        ("facts.stated", {"facts": {"from_the_future": 3}}),
        ("point.answered", {"point": "F0.01", "answer": "fine", "about": "", "role": "", "name": "", "note": ""}),
        ("point.departed", {"point": "F0.01"}),
        ("evidence.recorded", {"measurement": "audit", "status": "GOOD"}),
        ("opinion.given", {"of": "dpo"}),
    ],
)
def test_a_record_that_is_not_ours_is_an_error(ledger, kind, data):
    ledger.append(kind, {"schema": 1, **data})
    with pytest.raises(LedgerError):
        state(ledger)


words = st.none() | st.sampled_from(["x", "y"])
groups = st.fixed_dictionaries({}, optional={"purpose": words, "name": words})
item = st.none() | st.fixed_dictionaries({}, optional={"title": words})
items = st.fixed_dictionaries({}, optional={"a": item, "b": item})
statements = st.fixed_dictionaries({}, optional={"system": st.none() | groups, "datasets": st.none() | items})


@settings(deadline=None)
@given(st.lists(statements, max_size=4), statements)
def test_stating_twice_is_stating_once(several, last):
    once: dict = {}
    for one in [*several, last]:
        merge(once, keyed(one, Facts))
    twice = listed(once, Facts)
    merge(once, keyed(last, Facts))
    assert listed(once, Facts) == twice
    assert listed(keyed(twice, Facts), Facts) == twice


@settings(deadline=None)
@given(st.lists(statements, max_size=5))
def test_the_fold_merges_as_stating_does(several):
    plain: dict = {}
    folded: dict = {}
    for one in several:
        merge(plain, keyed(one, Facts))
        merge_recorded(folded, listed(keyed(one, Facts), Facts), Facts)
    assert read_facts(listed(folded, Facts)) == read_facts(listed(plain, Facts))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["F1.01", "F1.02"]), st.sampled_from(["", "datasets.a"])), max_size=6))
def test_one_position_for_each_point_and_item(said):
    def entry(seq, point, about):
        data = {"point": point, "answer": "satisfied", "about": about, "role": "", "name": "", "note": ""}
        return Entry(seq, "", "point.answered", str(seq), "2026-01-01T00:00:00Z", data, "")

    found = fold(entry(seq, *one) for seq, one in enumerate(said, start=1))
    assert set(found.positions) == set(said)
    assert all(
        one.entry == str(max(n for n, s in enumerate(said, 1) if s == key)) for key, one in found.positions.items()
    )


def test_naming_an_item_again_keeps_what_was_said_of_it(ledger):
    state_facts(ledger, {"datasets": [{"id": "a", "persons": 3, "scraping": {"deny_list": True}}]})
    state_facts(ledger, {"datasets": {"a": {"scraping": {}}}})
    state_facts(ledger, {"datasets": [{"id": "a"}]})
    (dataset,) = state(ledger).facts.datasets
    assert (dataset.persons, dataset.scraping.deny_list) == (3, True)
    state_facts(ledger, {"datasets": {"a": None}})
    assert state(ledger).facts.datasets is None


@pytest.mark.slow
def test_a_hundred_thousand_entries_fold_in_a_second():
    kinds = [
        ("facts.stated", lambda n: {"role": "", "facts": {"datasets": [{"id": f"d{n % 50}", "persons": n}]}}),
        ("point.answered", lambda n: {"point": f"F{n % 13}.{n % 30}", "answer": "satisfied", "about": "", "role": "DPO",
                                      "name": "", "note": "n"}),
        ("evidence.recorded", lambda n: Piece(measurement="audit", subject="models.m", status=Status.SATISFIED).content()),
        ("facts.stated", lambda n: {"role": "", "facts": {"system": {"purpose": str(n)}}}),
    ]  # fmt: skip
    entries = [
        Entry(n + 1, "", kinds[n % 4][0], str(n), "2026-01-01T00:00:00Z", {"schema": 1, **kinds[n % 4][1](n)}, "")
        for n in range(100_000)
    ]
    took = []
    for _ in range(3):  # the best of three: other work on the machine is not ours
        start = time.perf_counter()
        found = fold(entries)
        took.append(time.perf_counter() - start)
    assert min(took) < 1
    assert len(found.facts.datasets) == 25
    assert len(found.evidence.pieces) == 25_000
