"""A replay is no look, another model on the same persons is one, and a tolerance has an author."""

import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.canonical import canonical_bytes, content_hash, sha256
from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.core.status import AuditVerdict
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import (
    Inputs,
    Look,
    Registration,
    find_registered,
    looks,
    record_result,
    register,
)


def file(name):
    return sha256(name.encode())


def registration(*, members="members", model="model", access="probabilities", **changes):
    base = Registration(
        suite="standard",
        suite_version="1",
        access=access,
        alphas=(0.01, 0.1),
        references=512,
        seed=1,
        tolerance_average=0.03,
        tolerance_worst=0.1,
        set_by="Ada Lepic, DPO",
        split="randomised",
        inputs=Inputs(members=file(members), non_members=file("others"), model=file(model), recipe=file("recipe")),
        attacks=("lira", "rmia"),
    )
    return replace(base, **changes)


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(f"sqlite:///{tmp_path}/dossier.db") as opened:
        yield opened


def test_another_model_is_another_look_and_another_access_counts_apart(ledger):
    first = register(ledger, registration())
    second = register(ledger, registration(model="retrained"))
    labels = register(ledger, registration(access="labels"))
    others = register(ledger, registration(members="other members"))
    assert [first.look, second.look, labels.look, others.look] == [1, 2, 1, 1]
    assert not any(found.is_replay for found in (first, second, labels, others))
    again = register(ledger, registration())
    assert (again.look, again.is_replay, again.at, again.hash) == (1, True, first.at, first.hash)
    assert looks(ledger, file("members"), "probabilities") == [
        Look(1, first.hash, first.at, "standard", "1"),
        Look(2, second.hash, second.at, "standard", "1"),
    ]
    assert looks(ledger, file("unseen"), "labels") == []
    assert find_registered(ledger, second.hash) == replace(second, is_replay=True)
    assert find_registered(ledger, "0" * 64) is None


CHANGES = [
    {"suite": "thorough"},
    {"suite_version": "2"},
    {"alphas": (0.001, 0.01, 0.1)},
    {"references": 64},
    {"seed": 2},
    {"tolerance_average": 0.04},
    {"tolerance_worst": None},
    {"split": "given"},
    {"declared_by": "Ada Lepic, DPO"},
    {"attacks": ("lira",)},
    {"inputs": Inputs(members=file("members"), non_members=file("o2"), model=file("model"), recipe=file("recipe"))},
    {"inputs": Inputs(members=file("members"), non_members=file("others"), model=file("model"))},
    {"language": {"decoding": {"temperature": 1.0}}},
    {"language": {"decoding": {"temperature": 0.0}}},
]


def test_without_members_looks_are_counted_by_the_model_whatever_it_is_asked_about(ledger):
    def asked(material, **changes):
        inputs = Inputs(members=None, non_members=None, model=file("model"), material=file(material))
        return register(ledger, registration(inputs=inputs, access="text", **changes))

    assert [asked("persons").look, asked("persons", seed=2).look, asked("others").look] == [1, 2, 3]
    assert asked("persons").is_replay
    with pytest.raises(ConfigurationError, match="nothing is looked at"):
        Inputs(members=None, non_members=None, model=file("model"))
    with pytest.raises(ConfigurationError, match="go together"):
        Inputs(members=None, non_members=file("others"), model=file("model"), material=file("persons"))


def test_every_change_of_content_is_a_look(ledger):
    register(ledger, registration())
    found = [register(ledger, registration(**change)).look for change in CHANGES]
    assert found == list(range(2, len(CHANGES) + 2))


def test_order_of_rates_and_attacks_does_not_matter():
    turned = registration(alphas=(0.1, 0.01, 0.1), attacks=("rmia", "lira"))
    assert turned.hash == registration().hash == content_hash(registration().content())


asked = st.tuples(
    st.sampled_from(["m1", "m2"]), st.sampled_from(["a", "b", "c"]), st.sampled_from(["labels", "weights"])
)


@settings(max_examples=30, deadline=None)
@given(st.lists(asked, max_size=10))
def test_a_replay_keeps_its_look_whatever_came_between(sequence):
    seen = {}
    with Ledger.open("sqlite://") as opened:
        for members, model, access in sequence:
            found = register(opened, registration(members=members, model=model, access=access))
            counted = seen.setdefault((members, access), {})
            assert found.is_replay == (model in counted)
            assert found.look == counted.setdefault(model, len(counted) + 1)
        for (members, access), counted in seen.items():
            assert [look.look for look in looks(opened, file(members), access)] == list(range(1, len(counted) + 1))
        assert opened.verify().problem is None


def test_two_at_once_never_share_a_look(tmp_path):
    url = f"sqlite:///{tmp_path}/dossier.db"
    found = []

    def ask(model):
        with Ledger.open(url) as opened:
            found.append(register(opened, registration(model=model)).look)

    threads = [threading.Thread(target=ask, args=(f"model {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 9))


def test_names_are_kept_aside_and_a_new_one_is_recorded_without_a_look(ledger):
    first = register(ledger, registration())
    chain = canonical_bytes([entry.data for entry in ledger.entries()])
    assert b"Lepic" not in chain
    [entry] = ledger.entries("audit.registered")
    assert ledger.aside(entry.data["names"]) == {"set_by": "Ada Lepic, DPO"}
    length = ledger.verify().length
    assert register(ledger, registration()).is_replay
    assert ledger.verify().length == length

    other = register(ledger, registration(set_by="Bo Mara, CISO"))
    assert (other.look, other.is_replay, other.hash, other.at) == (1, True, first.hash, first.at)
    newest = ledger.entries("audit.registered")[-1]
    assert ledger.aside(newest.data["names"]) == {"set_by": "Bo Mara, CISO"}
    ledger.erase(entry.data["names"])
    assert register(ledger, registration(set_by="Bo Mara, CISO")).look == 1
    assert len(looks(ledger, file("members"), "probabilities")) == 1
    assert ledger.verify().problem is None


def test_a_registration_without_tolerance_needs_no_name(ledger):
    alone = registration(tolerance_average=None, tolerance_worst=None, set_by=None)
    assert register(ledger, alone).look == 1
    assert register(ledger, alone).is_replay
    assert [entry.kind for entry in ledger.entries()] == ["audit.registered"]


@pytest.mark.parametrize(
    "changes",
    [
        {"set_by": None},
        {"set_by": "  ", "tolerance_worst": None},
        {"tolerance_average": 3.0},
        {"tolerance_average": float("nan")},
        {"alphas": ()},
        {"alphas": (0.01, 1.0)},
        {"split": "random"},
        {"attacks": ()},
        {"references": -1},
        {"seed": 2**53},
        {"seed": -1},
    ],
    ids=str,
)
def test_what_is_inconsistent_is_refused(changes):
    with pytest.raises(ConfigurationError):
        registration(**changes)


def test_the_refusal_says_what_is_missing():
    with pytest.raises(ConfigurationError, match="a tolerance without a name"):
        registration(set_by=None)
    with pytest.raises(ConfigurationError, match="'members' is not a SHA-256"):
        Inputs(members="train.parquet", non_members=file("b"), model=file("c"))


def test_a_result_follows_its_registration(ledger):
    with pytest.raises(LedgerError, match="without a registration"):
        record_result(ledger, registration().hash, file("audit.json"), AuditVerdict.LEAK_SHOWN)
    found = register(ledger, registration())
    entry = record_result(ledger, found.hash, file("audit.json"), AuditVerdict.LEAK_SHOWN)
    assert entry.kind == "audit.result"
    assert entry.data == {"registration": found.hash, "audit_json": file("audit.json"), "verdict": "leak_shown"}
    with pytest.raises(ConfigurationError):
        record_result(ledger, found.hash, "audit.json", AuditVerdict.INCONCLUSIVE)
    assert ledger.verify().problem is None


@pytest.mark.parametrize("data", [{}, {"registration": {}, "hash": "x"}, {"registration": {"inputs": 1}}])
def test_a_false_registration_stops_the_count(ledger, data):
    ledger.append("audit.registered", data)
    with pytest.raises(LedgerError, match="is none"):
        register(ledger, registration())
