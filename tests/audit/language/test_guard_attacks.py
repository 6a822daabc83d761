"""A guard tried by the attacks it is there for: a model that recites persons, bare and behind a policy."""

import json

import pytest

from vidocq.audit.configuration import configure
from vidocq.audit.guard_attacks import attack_guard
from vidocq.cli.main import main
from vidocq.core.errors import ConfigurationError
from vidocq.core.status import Status
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.state import state
from vidocq.filters.policy import read_policy

from audited_texts import audited, local, told_in, write_lines, write_persons, write_sides

pytest.importorskip("transformers", reason='these tests need transformers: pip install "vidocq[language]"')

PERSONAL = 'schema = 1\nlang = "en"\n[[filters]]\nkind = "personal-data"\n'
VERBATIM = '[[filters]]\nkind = "verbatim"\ngrams = "corpus.grams"\ncharacters = 48\n'


@pytest.fixture(scope="module")
def place(planted, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    data = write_sides(folder, planted, each=24)
    persons = write_persons(folder, planted, controls=12)
    rows = [{"text": person.text} for who in planted.persons.values() for person in who]
    write_lines(folder / "documents.jsonl", rows)
    assert (
        main(["guard", "index", str(folder / "documents.jsonl"), "--out", str(folder / "corpus.grams"), "--quiet"])
        == 0
    )
    (folder / "open.toml").write_text("schema = 1\n", encoding="utf-8")
    (folder / "policy.toml").write_text(PERSONAL + VERBATIM, encoding="utf-8")
    language = {"prefix": 10, "suffix": 6, "edits": 0, "temperature": 0, "person_queries": 2, "most_tokens": 16}
    content = {"model": local(planted), "data": data, "language": language | {"persons": persons}}
    lines = []
    for name, section in content.items():
        lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in section.items())]
    (folder / "attacked.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder, content


def test_what_attacks_obtain_is_told_bare_and_behind_the_guard(planted, place):
    folder, _ = place
    said = folder / "trial.json"
    dossier = f"sqlite:///{folder}/dossier.db"
    arguments = ["guard", "test", "--policy", str(folder / "policy.toml"), "--config", str(folder / "attacked.toml")]
    arguments += [
        "--each",
        "1",
        "--json",
        str(said),
        "--dossier",
        dossier,
        "--subject",
        "models.assistant",
        "--quiet",
    ]
    code = main(arguments)
    content = json.loads(said.read_text(encoding="utf-8"))
    found = {row["id"]: row for row in content["attacks"]["findings"]}
    assert found.keys() == {"extraction", "person-prompt"}
    bare, guarded = (found["extraction"][name]["estimate"] for name in ("bare", "guarded"))
    assert bare["value"] > guarded["value"]
    assert bare["low"] > found["extraction"]["bare"]["control"]["value"]
    assert guarded["n"] == bare["n"]
    with Ledger.open(dossier) as ledger:
        pieces = {piece.measurement: piece for piece in state(ledger).evidence.pieces}
    piece = pieces["guard-attacks"]
    assert (piece.scope, piece.subject) == ("system", "models.assistant")
    assert code == (1 if "NOT_SATISFIED" in {pieces["guard-evasion"].status, piece.status} else 3)
    assert piece.inputs["guard"] == content["policy"]
    assert {row["id"] for row in piece.figures["attacks"]} == {"extraction", "person-prompt"}
    assert told_in(folder, planted) == set()


def test_a_policy_that_filters_nothing_lets_through_what_the_model_recites(place):
    folder, content = place
    found = attack_guard(
        configure(content, base=folder, where="attacked.toml"), read_policy(folder / "open.toml"), most=0.02
    )
    assert found.status == Status.NOT_SATISFIED
    row = next(row for row in found.content["findings"] if row["id"] == "extraction")
    assert row["guarded"] == row["bare"]
    assert len(found.lines()) == len(found.content["findings"]) + len(found.content["not_measured"]) + 2


def test_a_table_is_no_language_model(place):
    folder, _ = place
    table = {
        "model": {"kind": "sklearn", "path": "m.skops"},
        "data": {"members": "a.csv", "non_members": "b.csv", "label": "y"},
    }
    with pytest.raises(ConfigurationError):
        attack_guard(configure(table, base=folder, where="t.toml"), read_policy(folder / "open.toml"), most=0.02)


def test_an_audit_of_the_system_is_about_the_model_and_the_policy_around_it(place):
    """The model is the one that is audited alone; else the dossier would take what leaks through for another's."""
    folder, content = place
    policy = read_policy(folder / "open.toml")
    dossier = f"sqlite:///{folder}/system.db"
    sections = {name: section for name, section in content.items() if name != "language"}
    asked = content["language"] | {"guard": "open.toml", "scope": "system"}
    found = audited(folder, **sections, language=asked, dossier={"url": dossier, "model": "assistant"})
    alone = attack_guard(configure(content, base=folder, where="attacked.toml"), policy, most=0.02)
    assert found.content["verdicts"][0]["verdict"] == "leak_shown"
    model = found.content["inputs"]["model"]
    assert (model, found.content["inputs"]["guard"]) == (alone.content["model_hash"], policy.hash)
    stated = [
        "models.assistant.sha256=" + model,
        "models.assistant.trained_on=texts",
        "models.assistant.is_derived=false",
        "datasets.texts.personal_data=true",
        "models.assistant.reach=system",
    ]
    for one in stated:
        path, _, value = one.partition("=")
        assert main(["dossier", "fact", path, value, "--dossier", dossier]) == 0
    with Ledger.open(dossier) as ledger:
        held = state(ledger)
    decided = {(one.rule, one.subject): one.value for one in decide_all(held.facts, held.evidence)}
    assert decided["system-status", "models.assistant"] == "leak_shown"
    assert decided["model-status", "models.assistant/system"] == "leak_shown"
