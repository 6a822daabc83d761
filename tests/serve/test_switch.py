"""The stop switch: what is under way ends, nothing begins, and nothing else in the policy keeps it from holding."""

import json
import threading
import time

import httpx
import pytest

from vidocq.filters.stop import read_stop

from guarding import ASK, POLICY, Raw, Says, before, chunk, error_of, guarded, last_error, until
from openai_server import Fault

PAUSED = '[stop]\npaused = true\nbecause = "incident 7"\n'
MISSING = '[[filters]]\nkind = "verbatim"\ngrams = "gone.grams"\n'


def test_an_answer_under_way_is_not_given_any_more(tmp_path):
    with guarded(tmp_path, Says("ok"), faults=lambda i, _: Fault(stall=3.0)) as running:
        answers = []
        asks = threading.Thread(target=lambda: answers.append(running.chat()))
        asks.start()
        until(lambda: running.served.asked)
        running.policy.write_text(running.policy.read_text() + PAUSED)
        began = time.monotonic()
        asks.join()
        assert time.monotonic() - began < 2.5
    assert error_of(answers[0]) == (503, "paused")


def test_a_request_whose_body_is_still_coming_goes_nowhere(tmp_path):
    with guarded(tmp_path, Says("ok")) as running:
        body = json.dumps({"model": "tiny", "messages": [{"role": "user", "content": "x"}]}).encode()

        def slowly():
            yield body[:10]
            running.policy.write_text(running.policy.read_text() + PAUSED)
            time.sleep(1.5)
            yield body[10:]

        answer = httpx.post(f"{running.url}/chat/completions", content=slowly(), timeout=20.0)
        assert error_of(answer) == (503, "paused")
        assert running.served.asked == []


def test_a_stream_whose_server_is_silent_learns_of_the_pause_and_it_is_logged(tmp_path):
    with before(tmp_path, Raw(chunk("well "), 10.0)) as url:
        file = tmp_path / "policy.toml"
        with httpx.stream("POST", f"{url}/chat/completions", json=ASK, timeout=20.0) as answer:
            file.write_text(file.read_text() + PAUSED)
            began = time.monotonic()
            text = "".join(answer.iter_text())
        assert time.monotonic() - began < 3
        assert last_error(text) == "paused"
        lines = [json.loads(line) for line in (tmp_path / "guard.log").read_text().splitlines()]
    asked = next(each for each in lines if each["event"] == "asked")
    cut = next(each for each in lines if each["event"] == "paused")
    assert (cut["exchange"], cut["because"]) == (asked["exchange"], "incident 7")


@pytest.mark.parametrize("broken", [MISSING, "nonsense = 1\n", "[more\n", 'lang = "en\n'])
def test_a_pause_holds_whatever_else_is_wrong(tmp_path, broken):
    with guarded(tmp_path, Says("ok")) as running:
        text = running.policy.read_text()
        running.policy.write_text(f"{text}{PAUSED}{broken}")
        until(lambda: running.chat().status_code == 503)
        running.policy.write_text(text + MISSING)
        until(lambda: '"refused"' in running.log.read_text())
        time.sleep(1.2)
        assert running.chat().status_code == 503  # a policy that cannot be used ends no pause
        running.policy.write_text(text)
        until(lambda: running.chat().status_code == 200)


@pytest.mark.parametrize(
    ("text", "paused"),
    [
        (POLICY, False),
        (POLICY + PAUSED, True),
        (POLICY + " [ stop ] # now\n# x\npaused = true\n[more\n", True),
        (POLICY + "[stop]\npaused = false\n[more\n", None),
        (POLICY + "[stop]\n# paused = true\n[more\n", None),
        (POLICY + "[stop]\npaused = true\nbecause = 'it\n", True),
        (POLICY + "stop = { paused = true\n", True),
        (POLICY + "[stop]\npaused = true\nnonsense = 1\n", True),
        ("[more\n", None),
        ("x = " + "[" * 100_000, None),
        ("[stop]\npaused = 17\n", None),
        ("[stop]\npause = true\n", None),
    ],
)
def test_the_switch_is_read_by_itself(tmp_path, text, paused):
    (tmp_path / "policy.toml").write_text(text)
    found = read_stop(tmp_path / "policy.toml")
    assert (None if found is None else found.paused) == paused
    assert read_stop(tmp_path / "none.toml") is None
