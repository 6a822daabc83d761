"""`verify --deep` on what the fold reads: what the program wrote holds, what it would not have written is named."""

import pytest

from vidocq.core.status import Status
from vidocq.dossier.deep.checkers import CHECKERS
from vidocq.dossier.deep.verify import verify_deep
from vidocq.dossier.evidence import Piece
from vidocq.dossier.file.answering import answer_point
from vidocq.dossier.file.departing import depart_from
from vidocq.dossier.file.opining import give_opinion
from vidocq.dossier.file.stating import state_facts
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.recording import record
from vidocq.dossier.registration import Inputs, Registration, register
from vidocq.dossier.state import KINDS

HASH = "a" * 64
WRITTEN = 10


@pytest.fixture
def ledger(tmp_path):
    """One record of each kind as the program writes it; three of them with a name kept aside."""
    with Ledger.open(f"sqlite:///{tmp_path}/dossier.db") as opened:
        state_facts(opened, {"system": {"purpose": "triage"}, "models": [{"id": "triage", "sha256": HASH}]})
        state_facts(opened, {"system": {"purpose": None}, "models": {"triage": None}}, role="DPO")
        answer_point(opened, "F1.01", "satisfied", role="DPO", name="Quatremaille")
        depart_from(opened, "F1.02", reason="why", substitute="what", owner="DPO")
        give_opinion(opened, "dpo", "in_favour", reason="why", role="DPO", name="Quatremaille")
        piece = Piece(measurement="lira", subject="models.triage", status=Status.SATISFIED, inputs={"model": HASH})
        record(opened, [piece])
        scanned = Piece(measurement="scan-persons", subject="datasets.visits", scope="", status=Status.TO_JUDGE)
        record(opened, [scanned])
        opened.keep_aside({"name": "Quatremaille"})
        yield opened


def said(ledger):
    report = verify_deep(ledger.entries())
    return [(problem.seq, problem.reason.en) for problem in report.problems], report.unchecked


def test_every_kind_that_the_fold_reads_has_a_checker():
    assert set(KINDS) <= set(CHECKERS)


def test_what_the_program_wrote_holds_and_is_all_checked(ledger):
    assert len(ledger.entries()) == WRITTEN
    assert said(ledger) == ([], {})


def altered(ledger, kind, **change):
    """The last record of a kind, changed; a field changed to ... is taken away."""
    data = {**ledger.entries(kind)[-1].data, **change}
    return {name: value for name, value in data.items() if value is not ...}


SPOILT = {
    "facts of no group": ("facts.stated", {"facts": {"nothing": 1}}, "the entry has not the form"),
    "no facts": ("facts.stated", {"facts": None}, "the entry has not the form"),
    "fact of another type": (
        "facts.stated",
        {"facts": {"datasets": [{"id": "a", "persons": "many"}]}},
        "a fact that",
    ),
    "facts of a newer version": ("facts.stated", {"schema": 2}, "the entry follows a schema"),
    "answer of no kind": ("point.answered", {"answer": "perhaps"}, "the entry has not the form"),
    "answer without a role": ("point.answered", {"role": ...}, "the entry has not the form"),
    "answer about a number": ("point.answered", {"point": 7}, "the entry has not the form"),
    "name not aside": ("point.answered", {"name": "b" * 32}, "the name it cites"),
    "departure without a reason": ("point.departed", {"reason": ...}, "the entry has not the form"),
    "owner that is no text": ("point.departed", {"owner": None}, "the entry has not the form"),
    "unknown opinion": ("opinion.given", {"of": "neighbour"}, "the entry has not the form"),
    "opinion with a name not aside": ("opinion.given", {"name": "b" * 32}, "the name it cites"),
    "evidence of no status": ("evidence.recorded", {"status": "perhaps"}, "the entry has not the form"),
    "evidence of nothing": ("evidence.recorded", {"measurement": ""}, "the entry has not the form"),
    "evidence without inputs": ("evidence.recorded", {"inputs": ...}, "the entry has not the form"),
    "input without a hash": ("evidence.recorded", {"inputs": {"model": "model.skops"}}, "what went into"),
    "evidence of a newer version": ("evidence.recorded", {"schema": 2}, "the entry follows a schema"),
}


@pytest.mark.parametrize(("kind", "change", "reason"), SPOILT.values(), ids=SPOILT)
def test_what_the_program_would_not_have_written_is_named(ledger, kind, change, reason):
    ledger.append(kind, altered(ledger, kind, **change))
    assert ledger.verify().problem is None
    problems, _ = said(ledger)
    assert [seq for seq, _ in problems] == [WRITTEN + 1]
    assert problems[0][1].startswith(reason)


def test_a_name_may_be_erased_afterwards(ledger):
    ledger.erase(ledger.entries("point.answered")[0].data["name"])
    assert said(ledger) == ([], {})


def test_looks_at_a_model_without_its_members_are_all_counted(tmp_path):
    def asked(material, seed):
        return Registration(
            suite="standard",
            suite_version="1",
            access="text",
            alphas=(0.01, 0.1),
            references=0,
            seed=seed,
            split="given",
            inputs=Inputs(members=None, non_members=None, model="1" * 64, material=material * 64),
            attacks=("person-prompt",),
        )

    with Ledger.open(f"sqlite:///{tmp_path}/deployed.db") as opened:
        looks = [register(opened, asked(*one)).look for one in (("2", 1), ("2", 2), ("3", 1))]
        assert looks == [1, 2, 3]
        assert said(opened) == ([], {})
