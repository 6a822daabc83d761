"""A language model behind a server, audited through its text alone: asked, stopped, killed, gone on with, never asked twice."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from vidocq.audit.configuration import configure
from vidocq.audit.execute import NOT_MEASURED, WORK, WRONG_USAGE
from vidocq.audit.plan import make_plan
from vidocq.cli.main import main

from audited_texts import audited, told_in, write_lines, write_persons, write_sides
from openai_server import Abilities, Fault, serving

pytest.importorskip("httpx", reason='these tests need httpx: pip install "vidocq[http]"')

KEPT_OUT = " ".join(f"mot{i}" for i in range(40))


class Reciter:
    """Goes on with any text that it knows, from wherever it is begun; says what it is told to of all others."""

    def __init__(self, texts):
        self.texts = texts

    def write(self, prompts, *, decoding, times, most_tokens, seed):
        return [[self._after(prompt.text)] * times for prompt in prompts]

    def _after(self, start):
        known = next((text for text in self.texts if text.startswith(start) and len(start) > 20), start + " rien")
        return known[len(start) :]


def server(served, **more):
    return {
        "kind": "openai",
        "openai": {
            "url": served.url,
            "model": served.name,
            "form": "completion",
            "retries": 0,
            "backoff": 0.01,
            "timeout": 20,
            **more,
        },
    }


LANGUAGE = {"prefix": 8, "suffix": 4, "queries": 2, "edits": 0, "temperature": 0.5}


@pytest.fixture(scope="module")
def sides(planted, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    return folder, write_sides(folder, planted, each=24), Reciter(planted.corpus)


def test_a_server_that_leaves_out_log_probabilities_is_still_asked_for_text(planted, sides):
    folder, data, reciter = sides
    with serving(reciter, abilities=Abilities(logprobs=False)) as served:
        model = server(served, logprobs=True)
        found = audited(
            folder, model=model, data=data, language=LANGUAGE, out="unread", dossier={"url": "sqlite:///u.db"}
        )
    assert found.error is None
    assert "membership" in {absent["id"] for absent in found.content["not_measured"]}
    assert "extraction" in {result["id"] for result in found.content["results"]}


def test_a_served_model_that_recites_is_shown_to_leak_and_its_bill_is_told(planted, sides):
    folder, data, reciter = sides
    with serving(reciter) as served:
        model = server(served, price_given=0.1, price_written=0.2, currency="EUR", version="v1")
        plan = make_plan(configure({"model": model, "data": data, "language": LANGUAGE}, base=folder, where="x"))
        assert served.asked == []
        found = audited(folder, model=model, data=data, language=LANGUAGE)
    assert (found.error, found.exit_code) == (None, 1)
    (verdict,) = found.content["verdicts"]
    assert (verdict["verdict"], verdict["access"]) == ("leak_shown", "text")
    assert "served-model" in {one["code"] for one in found.content["warnings"]}
    assert found.run["endpoint"]["cost"] > 0
    asked = sum(one["queries"] for one in plan.content["measurements"] if one["id"] == "extraction")
    assert 0 < found.run["endpoint"]["queries"] <= asked
    assert "EUR" in (folder / "out" / "report.fr.html").read_text(encoding="utf-8")
    assert "lm-loss" in {one["id"] for one in found.content["not_measured"]}
    assert told_in(folder, planted) == set()


def test_a_server_that_fails_leaves_the_rest_and_what_was_kept_is_not_asked_again(planted, sides):
    folder, data, reciter = sides
    stop_at = 30

    def failing(place, asked):
        return Fault(status=500) if place >= stop_at else None

    how = {"model": None, "data": data, "language": LANGUAGE, "dossier": {"url": "sqlite:///stopped.db"}}
    with serving(reciter, faults=failing) as served:
        first = audited(folder, out="stopped", **{**how, "model": server(served)})
        address = served.url
        before = len(served.asked)
    assert first.exit_code == NOT_MEASURED
    assert "extraction" in {one["id"] for one in first.content["not_measured"]}
    assert (folder / "stopped" / WORK).is_dir()
    with serving(reciter, at=address) as served:
        again = audited(folder, out="stopped", **{**how, "model": server(served)})
        after = len(served.asked)
    assert again.content["verdicts"][0]["verdict"] == "leak_shown"
    assert again.run["replayed"] is True
    assert not (folder / "stopped" / WORK).exists()
    with serving(reciter) as served:
        whole = audited(folder, out="whole", **{**how, "dossier": {"url": "sqlite:///w.db"}, "model": server(served)})
        every = len(served.asked)
    assert after < every
    assert before == stop_at + 1
    assert again.content["results"] == whole.content["results"]


def test_a_run_that_was_killed_goes_on_where_it_was(planted, sides, tmp_path):
    data = write_sides(tmp_path, planted, each=24)
    _, _, reciter = sides

    def slow(place, asked):
        return Fault(stall=0.02)

    with serving(reciter, faults=slow) as served:
        told = server(served)["openai"]
        content = (
            '[model]\nkind = "openai"\n[model.openai]\n'
            + "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items())
            + "[data]\n"
            + "".join(f"{key} = {json.dumps(value)}\n" for key, value in data.items())
            + "[language]\n"
            + "".join(f"{key} = {json.dumps(value)}\n" for key, value in LANGUAGE.items())
            + '[plan]\nsuite = "quick"\n[engine]\nworkers = 1\n'
        )
        (tmp_path / "audit.toml").write_text(content, encoding="utf-8")
        command = ["audit", str(tmp_path / "audit.toml"), "--out", str(tmp_path / "out"), "--quiet"]
        running = subprocess.Popen([sys.executable, "-c", f"from vidocq.cli.main import main; main({command})"])
        deadline = time.monotonic() + 120
        while len(served.asked) < 20 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        before = len(served.asked)
        assert before >= 20
        assert main([*command, "--json", str(tmp_path / "told.json")]) == 1
        after = len(served.asked) - before
    with serving(reciter) as served:
        audited(tmp_path, out="whole", model=server(served), data=data, language=LANGUAGE)
        every = len(served.asked)
    assert after < every
    assert before + after <= every + 2
    assert json.loads((tmp_path / "told.json").read_bytes())["verdicts"][0]["verdict"] == "leak_shown"


def test_a_budget_that_is_spent_stops_the_measurement_and_not_the_audit(sides):
    folder, data, reciter = sides
    with serving(reciter) as served:
        found = audited(
            folder,
            out="spent",
            model=server(served, budget=10),
            data=data,
            language=LANGUAGE,
            dossier={"url": "sqlite:///spent.db"},
        )
        assert len(served.asked) <= 10
    assert found.exit_code == NOT_MEASURED
    (reason,) = [one["reason"]["en"] for one in found.content["not_measured"] if one["id"] == "extraction"]
    assert "budget of 10 queries is spent" in reason


def test_a_system_that_hands_documents_over_has_a_verdict_of_its_own(planted, tmp_path):
    documents = [
        {"id": f"d{i}", "text": f"Note {i} : {text}", "readers": ["staff" if i % 2 else "*"], "stored": i % 5 != 0}
        for i, text in enumerate(planted.members[:24])
    ]
    write_lines(tmp_path / "documents.jsonl", documents)
    held = [one["text"] for one in documents if one["stored"]]

    class System:
        def write(self, prompts, *, decoding, times, most_tokens, seed):
            return [[next((t for t in held if t[8:40] in p.text), "Je ne sais pas.")] * times for p in prompts]

    with serving(System()) as served:
        found = audited(
            tmp_path,
            model=server(served, form="chat"),
            data={},
            language={"documents": "documents.jsonl", "reader": "visitor", "document_queries": 2, "scope": "system"},
        )
        alone = audited(
            tmp_path,
            out="apart",
            model=server(served, form="chat"),
            data={},
            language={"documents": "documents.jsonl", "reader": "visitor", "document_queries": 2},
        )
    assert [(v["scope"]) for v in found.content["verdicts"]] == ["system"]
    assert [v["scope"] for v in alone.content["verdicts"]] == ["model", "system"]
    assert alone.content["verdicts"][0]["verdict"] == "inconclusive"
    assert alone.content["verdicts"][1]["verdict"] == found.content["verdicts"][0]["verdict"]
    assert found.content["verdicts"][0]["verdict"] in {"leak_shown", "inconclusive"}
    assert told_in(tmp_path, planted) == set()


def test_persons_are_asked_about_through_chat(planted, tmp_path):
    persons = write_persons(tmp_path, planted, controls=20)
    known = {one.name: one.phone for times in (16, 64) for one in planted.persons[times]}

    class Assistant:
        def write(self, prompts, *, decoding, times, most_tokens, seed):
            return [[next((v for name, v in known.items() if name in p.text), "Inconnu.")] * times for p in prompts]

    with serving(Assistant()) as served:
        found = audited(
            tmp_path,
            model=server(served, form="chat"),
            data={},
            language={"persons": persons, "person_queries": 4, "form": "chat"},
        )
    (verdict,) = found.content["verdicts"]
    assert (verdict["verdict"], verdict["reasons"][0]["code"]) == ("leak_shown", "direct-evidence")
    told = found.content["language"]["measurements"]["person-prompt"]
    assert {one["shape"] for one in told["examples"]} == {"99 99 99 99 99"}
    page = (tmp_path / "out" / "report.fr.html").read_text(encoding="utf-8")
    assert "99 99 99 99 99" in page
    assert told_in(tmp_path, planted) == set()


def test_what_cannot_be_served_is_refused_before_anything_is_asked(sides):
    folder, data, reciter = sides
    with serving(reciter, abilities=Abilities(echo=False)) as served:
        found = audited(folder, out="no", model=server(served), data=data, access={"outputs": "logprobs"})
        assert found.exit_code == WRONG_USAGE
        assert "text only" in str(found.error)
        assert served.asked == []
