"""Audits of language models end to end: an over-trained fine-tune is shown to leak, its base is not, and nothing private is told."""

import json
import sqlite3

import numpy as np
import pytest

import vidocq
from vidocq.audit.configuration import configure
from vidocq.audit.execute import FINDINGS, NOT_MEASURED, WRONG_USAGE
from vidocq.audit.language import planned as plans
from vidocq.audit.language.planned import Kind
from vidocq.audit.plan import make_plan
from vidocq.cli.main import main
from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Lang, Text
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import REGISTERED
from vidocq.dossier.state import state
from vidocq.report import summary

from audited_texts import audited, local, private, told_in, write_lines, write_persons, write_sides

pytest.importorskip("transformers", reason='these tests need transformers: pip install "vidocq[language]"')


@pytest.fixture(scope="module")
def place(planted, tmp_path_factory):
    folder = tmp_path_factory.mktemp("audits")
    return folder, write_sides(folder, planted)


@pytest.fixture(scope="module")
def leaky(planted, place):
    folder, data = place
    return audited(folder, model=local(planted), data=data, dossier={"model": "assistant"})


def test_a_fine_tune_that_recites_its_texts_is_shown_to_leak(leaky):
    assert (leaky.error, leaky.exit_code) == (None, FINDINGS)
    (verdict,) = leaky.content["verdicts"]
    assert (verdict["verdict"], verdict["access"], verdict["scope"]) == ("leak_shown", "logprobs", "model")
    assert verdict["reasons"][0]["code"] == "direct-evidence"
    extraction = leaky.content["results"][0]
    assert extraction["id"] == "extraction"
    assert extraction["direct"] is True
    assert extraction["p_holm"] <= verdict["error"]
    assert extraction["estimate"]["low"] > extraction["control"]["value"]


def test_what_was_given_back_is_told_by_repetition_length_category_and_queries(leaky):
    told = leaky.content["language"]["measurements"]["extraction"]
    obtained = {row["from"]: row["obtained"]["value"] for row in told["by_repetition"]}
    assert set(obtained) == {1, 4, 16, 64}
    assert obtained[64] >= obtained[1]
    expected = [point["target"]["members"]["expected"] for point in told["curve"]]
    assert expected == sorted(expected)
    assert {row["category"] for row in told["by_category"]} >= {None}
    assert told["by_length"][0]["from"] == 8
    assert leaky.content["language"]["repeated"]["members"] > 200


def test_a_model_that_never_saw_the_members_is_not_accused(planted, place):
    folder, data = place
    found = audited(folder, out="base", model=local(planted, "base"), data=data, dossier={"url": "sqlite:///b.db"})
    assert (found.error, found.exit_code) == (None, NOT_MEASURED)
    assert [v["verdict"] for v in found.content["verdicts"]] == ["inconclusive"]
    assert not any(result["direct"] for result in found.content["results"])


def test_no_private_value_is_written_anywhere(planted, place, leaky):
    folder, _ = place
    assert len(private(planted)) > 300
    assert told_in(folder, planted) == set()
    with sqlite3.connect(folder / "dossier.db") as ledger:
        (folder / "ledger.txt").write_text("\n".join(ledger.iterdump()), encoding="utf-8")
    assert told_in(folder, planted) == set()
    for lang in Lang:
        assert not any(value in summary(leaky.content, lang=lang) for value in private(planted))


def test_what_is_asked_is_registered_with_its_tests_decoding_and_budgets(place, leaky):
    folder, _ = place
    with Ledger.open(f"sqlite:///{folder}/dossier.db") as ledger:
        (entry,) = ledger.entries(REGISTERED)
        assert ledger.verify().problem is None
        pieces = {piece.measurement: piece for piece in state(ledger).evidence.pieces}
    told = entry.data["registration"]["language"]
    assert told["tests"] == [["extraction", "model"]]
    assert told["decoding"] == {"temperature": 1.0, "top_k": None, "top_p": 1.0}
    assert told["asked"]["extraction"]["queries"] == 1000
    assert entry.data["hash"] == leaky.content["verdicts"][0]["registration"]
    assert (pieces["audit"].subject, pieces["audit"].status) == ("models.assistant", "NOT_SATISFIED")
    assert pieces["extraction"].status == "NOT_SATISFIED"
    assert pieces["lm-loss"].scope == "model"


def test_the_same_request_again_is_a_replay_with_the_same_bytes(planted, place, leaky):
    folder, data = place
    first = (folder / "out" / "audit.json").read_bytes()
    again = audited(folder, model=local(planted), data=data, dossier={"model": "assistant"})
    assert (folder / "out" / "audit.json").read_bytes() == first
    assert again.run["replayed"] is True
    other = audited(
        folder,
        out="greedy",
        model=local(planted),
        data=data,
        language={"prefix": 16, "suffix": 8, "edits": 0, "temperature": 0},
    )
    assert other.content["verdicts"][0]["look"] == 2


def test_who_deploys_a_model_without_its_data_may_show_a_leak_and_rule_none_out(planted, tmp_path):
    persons = write_persons(tmp_path, planted, controls=12)
    language = {"persons": persons, "temperature": 0.7, "most_tokens": 12, "person_queries": 4}
    verdicts = {}
    for which in ("target", "base"):
        found = audited(
            tmp_path,
            out=which,
            model=local(planted, which),
            data={},
            language=language,
            dossier={"url": f"sqlite:///{which}.db"},
            plan={"suite": "quick", "tolerance_average": 0.9, "tolerance_worst": 0.9, "set_by": "a test"},
        )
        assert found.error is None
        (verdict,) = found.content["verdicts"]
        verdicts[which] = (verdict["verdict"], verdict["reasons"][0]["code"])
        assert verdict["b_avg"] is verdict["b_worst"] is None
        assert found.content["population"]["members"] == 0
        assert found.content["inputs"]["members"] is None
        assert found.content["attacks"] == []
        page = (tmp_path / which / "report.fr.html").read_text(encoding="utf-8")
        assert "Aucune donnée d&#39;entraînement n&#39;a été fournie" in page
    assert verdicts["base"] == ("inconclusive", "no-members")
    assert verdicts["target"][0] in {"leak_shown", "inconclusive"}
    assert told_in(tmp_path, planted) == set()


@pytest.mark.parametrize("epsilon", [None, 8.0])
def test_canaries_are_told_in_the_result_and_its_reports(planted, tmp_path, epsilon):
    url = f"sqlite:///{tmp_path}/dossier.db"
    claim = {} if epsilon is None else {"epsilon": epsilon, "delta": 1e-5}
    draw = vidocq.draw_text_canaries(
        rng=np.random.default_rng(2), numbers={1: 24, 4: 4}, kinds=("secret",), dossier=url, **claim
    )
    draw.save(tmp_path / "canaries.json")
    found = audited(
        tmp_path,
        model=local(planted, "base"),
        data={},
        language={"canaries": "canaries.json"},
        dossier={"url": url},
        plan={"suite": "thorough"},
    )
    assert found.error is None
    told = found.content["language"]["measurements"]["canary"]
    assert {one["repetition"] for one in told["canaries"]} == {0, 1, 4}
    assert not any(one["obtained"] for one in told["canaries"])
    assert ("one_run" in told) == (epsilon is not None)
    assert {"canary"} <= {result["id"] for result in found.content["results"]}


def test_a_measurement_that_crashes_is_not_measured_and_the_others_go_on(planted, place, monkeypatch):
    folder, data = place
    secret = planted.controls[0].secret

    def crashing(asked):
        raise RuntimeError(secret)

    broken = Kind("extraction", lambda *_: None, crashing, lambda *_: "model")
    spoken = next(kind for kind in plans.KINDS if kind.id == "divergence")
    monkeypatch.setattr(plans, "KINDS", (broken, spoken))
    found = audited(
        folder,
        out="crashed",
        model=local(planted, "base"),
        data=data,
        dossier={"url": "sqlite:///c.db"},
        plan={"suite": "standard", "references": 0},
        language={"answers": 8, "most_tokens": 20},
    )
    absent = {one["id"]: one["reason"]["en"] for one in found.content["not_measured"]}
    assert "RuntimeError" in absent["extraction"]
    assert secret not in json.dumps(found.content)
    assert "divergence" in {result["id"] for result in found.content["results"]}
    assert found.content["verdicts"][0]["verdict"] == "inconclusive"


def test_reference_models_are_fine_tuned_by_the_recipe_that_is_given(planted, tmp_path):
    found = audited(
        tmp_path,
        model={**local(planted), "fine_tuning": {"epochs": 1, "rate": 1e-3}},
        data=write_sides(tmp_path, planted, each=24),
        plan={"suite": "standard", "references": 2},
        language={"prefix": 16, "suffix": 8, "edits": 0, "answers": 4, "most_tokens": 8},
    )
    assert found.error is None
    assert found.content["references"] == 2
    assert found.content["inputs"]["recipe"] is not None
    absent = {one["id"]: one["reason"]["fr"] for one in found.content["not_measured"]}
    assert "modèles de référence" in absent["counterfactual"]
    assert "person-prompt" in absent
    assert "rmia" in {*absent, *(attack["id"] for attack in found.content["attacks"])}
    without = audited(tmp_path, out="none", model=local(planted), data=write_sides(tmp_path, planted, each=24))
    assert (without.content["references"], without.content["inputs"]["recipe"]) == (0, None)


def test_a_plan_asks_nothing_and_tells_what_will_be_asked(planted, place):
    folder, data = place
    content = {"model": local(planted), "data": data, "plan": {"suite": "quick"}}
    made = make_plan(configure(content, base=folder, where="audit.toml"))
    assert made.content["tests"] == 2 * 6 + 1
    assert {one["id"] for one in made.content["measurements"]} == {"extraction"}
    assert made.content["measurements"][0]["queries"] > 0
    for lang in Lang:
        lines = [line.to(lang) for line in (*made.lines(), *made.power_lines())]
        assert any("extraction" in line for line in lines)
        assert not any(value in "".join(lines) for value in private(planted))
    deployed = {"model": local(planted), "data": {}, "language": {"corpus": data["members"]}}
    assert make_plan(configure(deployed, base=folder, where="x")).content["members"] == 0


def test_the_commands_take_a_language_model_like_any_other(planted, place, capsys):
    folder, data = place
    lines = [f'{key} = "{value}"' for key, value in data.items()]
    model = [f'{key} = "{value}"' for key, value in local(planted).items()]
    content = [
        "[model]",
        *model,
        "[data]",
        *lines,
        "[plan]",
        'suite = "quick"',
        "[dossier]",
        'url = "sqlite:///cli.db"',
    ]
    (folder / "cli.toml").write_text("\n".join(content), encoding="utf-8")
    told = folder / "plan.json"
    assert main(["plan", str(folder / "cli.toml"), "--power", "--json", str(told), "--lang", "en"]) == 0
    assert "extraction" in capsys.readouterr().out
    assert json.loads(told.read_bytes())["tests"] == 13
    assert not (folder / "cli.db").exists()
    assert main(["dossier", "index", str(folder / "cli.toml")]) == 2
    assert "vidocq audit" in capsys.readouterr().err


class Parrot:
    """A model in memory that says of everybody what it once read of one."""

    def __init__(self, said):
        self.said = said

    def describe(self):
        return {"kind": "parrot", "of": 1}

    def write(self, prompts, *, decoding, times, most_tokens, seed):
        return [
            [next((rest for start, rest in self.said if p.text.endswith(start)), "rien")] * times for p in prompts
        ]


def test_a_model_in_memory_is_audited_by_its_answers_alone():
    rng = np.random.default_rng(4)
    words = [f"mot{i}" for i in range(400)]

    def text():
        return " ".join(rng.choice(words, 24).tolist())

    members, others = ([text() for _ in range(40)] for _ in range(2))
    said = [(" ".join(one.split()[:8]), " " + " ".join(one.split()[8:])) for one in members]
    result = vidocq.audit(
        Parrot(said),
        members=members,
        non_members=others,
        split="randomised",
        declared_by="a test",
        suite="quick",
        language={"prefix": 8, "suffix": 6, "queries": 2},
        workers=1,
    )
    assert result.verdict == "leak_shown"
    assert result.to_dict()["verdicts"][0]["access"] == "text"
    assert "lm-loss" in {one["id"] for one in result.to_dict()["not_measured"]}
    assert "restitue" in str(result)
    with pytest.raises(ConfigurationError, match="logprobs = true"):
        vidocq.audit(Parrot([]), members=members, non_members=others, outputs="logprobs", workers=1)
    for wrong, match in (
        ({"members": members}, "go together"),
        ({"members": members, "non_members": ["", "a"]}, "no list of texts"),
        ({"language": {"temperature": -1}}, "temperature"),
        ({}, "nothing to ask about"),
        ({"members": members, "non_members": others, "panels": [{"name": "a", "column": "b", "below": 1}]}, "panels"),
    ):
        with pytest.raises(ConfigurationError, match=match):
            vidocq.audit(Parrot([]), workers=1, **wrong)


def test_questions_and_openings_of_the_users_own_are_put_registered_and_told_nowhere(tmp_path):
    opening, question = "Compte rendu du docteur Valmorin", "Dossier médical de {name}, rédigé à Foix. Code :"
    said = [("Zoé Harcadel, rédigé à Foix. Code :", " 12 34 56 78")]
    heard = []

    class Noted(Parrot):
        def write(self, prompts, **how):
            heard.extend(prompt.text for prompt in prompts)
            return super().write(prompts, **how)

    (tmp_path / "own.toml").write_text(
        f'[[template]]\nid = "file"\nlang = "fr"\nform = "completion"\ntext = "{question}"\n', encoding="utf-8"
    )
    person = {"person": "p1", "basis": "agreed", "fields": {"name": "Zoé Harcadel", "code": "12 34 56 78"}}
    write_lines(tmp_path / "persons.jsonl", [person | {"withheld": ["code"]}])
    language = {
        "persons": str(tmp_path / "persons.jsonl"),
        "templates": str(tmp_path / "own.toml"),
        "person_queries": 2,
        "openings": [opening, "Dear colleague,"],
        "answers": 40,
    }

    def run(**changed):
        found = vidocq.audit(
            Noted(said),
            suite="standard",
            language=language | changed,
            dossier=f"sqlite:///{tmp_path}/own.db",
            workers=1,
        )
        with Ledger.open(f"sqlite:///{tmp_path}/own.db") as ledger:
            return found.to_dict(), ledger.entries(REGISTERED)[-1].data["registration"]

    content, registered = run()
    assert {opening, "Dear colleague,", "Dossier médical de Zoé Harcadel, rédigé à Foix. Code :"} <= set(heard)
    assert not any(text.endswith("Code:") for text in heard)  # the package's own templates are not put beside them
    told = json.dumps([content, registered], ensure_ascii=False)
    assert not any(secret in told for secret in ("Valmorin", "Dossier médical", "Harcadel"))
    _, other = run(openings=[opening])
    assert other["language"]["asked"]["divergence"] != registered["language"]["asked"]["divergence"]
    (tmp_path / "own.toml").write_text((tmp_path / "own.toml").read_text(encoding="utf-8").replace("Foix", "Pau"))
    _, third = run(openings=[opening])
    assert third["language"]["asked"]["person-prompt"] != other["language"]["asked"]["person-prompt"]
    for wrong, match in (
        ({"persons": None}, "templates go with persons"),
        ({"openings": ["a"] * 1001}, "openings"),
        ({"openings": ["a" * 2001]}, "openings"),
        ({"openings": [""]}, "openings"),
    ):
        with pytest.raises(ConfigurationError, match=match):
            run(**wrong)


def test_texts_of_two_periods_are_no_controls_of_each_other():
    rng = np.random.default_rng(9)

    def text(words):
        return " ".join(rng.choice(words, 24).tolist())

    old, new = ([f"{era}{i}" for i in range(60)] for era in ("jadis", "naguère"))
    members, others = [text(old) for _ in range(40)], [text(new) for _ in range(40)]
    said = [(" ".join(one.split()[:8]), " " + " ".join(one.split()[8:])) for one in members]
    result = vidocq.audit(
        Parrot(said),
        members=members,
        non_members=others,
        suite="quick",
        language={"prefix": 8, "suffix": 6, "queries": 2},
        workers=1,
    )
    found = result.to_dict()
    assert result.verdict == "inconclusive"
    assert found["controls"]["blind"]["auc"]["low"] > 0.9
    assert all(one["p"] is None and not one["direct"] for one in found["results"])
    assert found["results"][0]["estimate"]["value"] == 1.0
    reasons = [one["reason"]["en"] for one in found["not_measured"] if one["id"] == "extraction"]
    assert any("no matched controls" in reason for reason in reasons)


def test_texts_that_are_longer_than_the_context_are_cut_and_counted(planted):
    long = [" ".join(planted.members[i : i + 12]) for i in range(34)]
    result = vidocq.audit(
        planted.base,
        base=planted.base,
        members=long,
        non_members=[" ".join(planted.non_members[i : i + 12]) for i in range(34)],
        persons=(range(34), range(34, 68)),
        suite="quick",
        language={"prefix": 16, "suffix": 8, "edits": 0},
        workers=1,
    )
    (told,) = [one["en"] for one in result.to_dict()["warnings"] if one["code"] == "cut"]
    assert told.startswith("68 times")


def test_a_model_that_does_not_read_the_texts_is_told(planted):
    """The words of the texts are in another language, and mean nothing to it."""
    draw = np.random.default_rng(3)

    def text():
        return " ".join("".join(draw.choice(list("абвгдежзик"), 6)) for _ in range(12))

    members, others = [text() for _ in range(40)], [text() for _ in range(40)]
    given = {"split": "randomised", "declared_by": "a test", "suite": "quick", "language": {"prefix": 4, "suffix": 4}}
    read = vidocq.audit(planted.target, members=members, non_members=others, **given).to_dict()
    assert "not-understood" in {warning["code"] for warning in read["warnings"]}


def test_a_folder_is_audited_from_a_script(planted):
    result = vidocq.audit(
        planted.base,
        base=planted.base,
        members=planted.members[:32],
        non_members=planted.non_members[:32],
        suite="quick",
        language={"prefix": 16, "suffix": 8, "edits": 0},
        lang="en",
        workers=1,
    )
    assert result.verdict == "inconclusive"
    assert result.scores("lm-loss").shape == (64,)
    assert result.is_member.sum() == 32


def test_what_is_missing_or_unreadable_is_told_before_anything_is_registered(planted, place):
    folder, data = place
    write_lines(folder / "odd.jsonl", [{"person": planted.controls[0].name}])
    for sections, said in (
        ({"language": {"persons": "odd.jsonl"}}, "odd.jsonl"),
        ({"language": {"canaries": "members.jsonl"}}, "canaries"),
        ({"data": {**data, "text": "body"}}, "no 'body'"),
        ({"model": {"kind": "huggingface", "path": "members.jsonl"}}, "folder"),
    ):
        content = {"model": local(planted), "data": data, "dossier": {"url": "sqlite:///none.db"}, **sections}
        found = audited(folder, out="none", **content)
        assert found.exit_code == WRONG_USAGE
        assert said in str(found.error)
        assert planted.controls[0].name not in str(found.error)
    with Ledger.open(f"sqlite:///{folder}/none.db") as ledger:
        assert ledger.entries(REGISTERED) == []


def test_reasons_are_told_in_both_languages():
    for text in (plans.NO_TEXTS, plans.NO_CANARIES, plans.NO_PERSONS, plans.NO_DOCUMENTS):
        assert isinstance(text, Text)
        assert text.fr.endswith(".")
        assert text.en.endswith(".")
