"""Who may ask, for how much, under which policy; what is logged, and what is counted."""

import hashlib
import json
import os
import socket
import stat
import subprocess
import sys
import time

import httpx
import openai
import pytest

from vidocq.cli.guard_serve import run
from vidocq.core.errors import ConfigurationError
from vidocq.core.guarding import Surface
from vidocq.filters.names import name_variants
from vidocq.filters.phrases import write_phrases
from vidocq.serve.policies import Policies
from vidocq.serve.proxy import application

from guarding import BLOCKING, EMAIL, FILLER, KEY, PHONE, POLICY, Says, error_of, guarded, until
from openai_server import Abilities, serving

FOUND = f"{FILLER}Write to {EMAIL}. {FILLER}"
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGVsbG8="}}


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("leaky"), Says(FOUND)) as running:
        yield running


def test_a_prompt_with_a_find_goes_on_masked(leaky):
    leaky.chat(f"Who is {EMAIL}?")
    sent = json.dumps(leaky.served.bodies[-1])
    assert EMAIL not in sent
    assert "[e-mail address]" in sent


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/chat/completions", {"messages": [{"role": "user", "content": f"{EMAIL}"}]}),
        ("/chat/completions", {"messages": [{"role": "user", "content": [{"type": "text", "text": EMAIL}]}]}),
        ("/chat/completions", {"messages": [], "tools": [{"type": "function", "function": {"description": EMAIL}}]}),
        ("/chat/completions", {"messages": {"content": EMAIL}}),
        ("/chat/completions", {"messages": [], "user": EMAIL}),
        ("/chat/completions", {"messages": [], "metadata": {EMAIL: "x"}}),
        (
            "/chat/completions",
            {"messages": [{"role": "assistant", "tool_calls": [{"function": {"arguments": EMAIL}}]}]},
        ),
        ("/completions", {"prompt": ["x", EMAIL]}),
        ("/completions", {"prompt": "x", "suffix": EMAIL}),
        ("/responses", {"input": EMAIL}),
        ("/responses", {"input": "x", "instructions": EMAIL}),
        ("/responses", {"input": [{"type": "function_call_output", "call_id": "c", "output": EMAIL}]}),
        ("/embeddings", {"input": [EMAIL]}),
    ],
)
def test_a_prompt_that_is_blocked_goes_nowhere(tmp_path, path, content):
    with guarded(tmp_path, Says("ok"), policy=BLOCKING) as running:
        assert error_of(running.post(path, {"model": "tiny", **content})) == (400, "content_filter")
        assert running.served.asked == []
        assert EMAIL not in running.log.read_text()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/chat/completions", {"messages": [{"role": "user", "content": [PICTURE]}]}),
        ("/chat/completions", {"messages": [{"role": "user", "content": [{"text": "no type"}]}]}),
        ("/responses", {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "x"}]}]}),
        ("/responses", {"input": [{"type": "computer_call_output", "output": {}}]}),
        ("/completions", {"prompt": [1, 2, 3]}),
        ("/completions", {"prompt": [[1, 2], [3]]}),
        ("/embeddings", {"input": [1, 2, 3]}),
    ],
)
def test_what_cannot_be_looked_through_is_refused_unless_the_policy_lets_it_pass(leaky, path, content):
    assert error_of(leaky.post(path, {"model": "tiny", **content})) == (400, "not_inspectable")


def test_pictures_pass_where_the_policy_lets_them(tmp_path):
    with guarded(tmp_path, Says("ok"), serve='unseen = "pass"') as running:
        content = {"model": "tiny", "messages": [{"role": "user", "content": [PICTURE]}]}
        assert running.post("/chat/completions", content).status_code == 200
        assert running.served.bodies[-1]["messages"][0]["content"] == [PICTURE]


def test_the_clients_key_goes_on_where_the_policy_has_none(tmp_path):
    with guarded(tmp_path, Says("ok"), abilities=Abilities(key=KEY)) as running:
        assert running.chat().status_code == 200
        with pytest.raises(openai.AuthenticationError) as refused:
            openai.OpenAI(base_url=running.url, api_key="other").chat.completions.create(model="tiny", messages=[])
        assert refused.value.code == "invalid_api_key"


def test_keys_are_admitted_and_mapped(tmp_path, monkeypatch):
    monkeypatch.setenv("THE_SERVERS_KEY", "secret")
    admitted = hashlib.sha256(KEY.encode()).hexdigest()
    serve = f'upstream_key = "THE_SERVERS_KEY"\nclients = ["{admitted}"]'
    with guarded(tmp_path, Says("ok"), abilities=Abilities(key="secret"), serve=serve) as running:
        assert running.chat().status_code == 200
        assert running.served.asked[-1].headers["authorization"] == "Bearer secret"
        for path in ("/chat/completions", "/models"):
            answer = httpx.request(
                "GET" if path == "/models" else "POST", running.url + path, headers={"authorization": "Bearer x"}
            )
            assert error_of(answer) == (401, "invalid_api_key")
        assert len(running.served.asked) == 1


def test_a_request_that_is_too_large_is_refused(tmp_path):
    with guarded(tmp_path, Says("ok"), serve="body_mib = 0.01") as running:
        assert error_of(running.chat("x" * 20_000)) == (413, "too_large")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"\xff", b'{"a": NaN}', b"[" * 5000, b'{"a":' * 900 + b"1" + b"}" * 900]
)
def test_what_is_no_request_is_refused(leaky, body):
    status, code = error_of(leaky.post("/chat/completions", body))
    assert (status, code) in ((400, "not_json"), (422, "upstream_status"))


def test_other_addresses_are_not_served(leaky):
    assert error_of(leaky.post("/audio/transcriptions", {})) == (404, "not_guarded")
    assert error_of(leaky.post("/files", {})) == (404, "not_guarded")


@pytest.mark.parametrize(
    ("budget", "ask"),
    [
        ("queries = 2", lambda running, i: running.chat(f"{i} " * 5)),
        ("near_duplicates = 1", lambda running, i: running.chat("Tell me what stands in the file of that customer.")),
        ("novelty = 300", lambda running, i: running.chat(f"{i}")),
    ],
    ids=["queries", "near", "novelty"],
)
def test_a_budget_that_is_spent_is_told(tmp_path, budget, ask):
    answers = [FILLER[i:] * 2 for i in range(0, 40, 10)]

    class Anew(Says):
        def write(self, *args, **named):
            return [[answers.pop()]]

    with guarded(tmp_path, Anew(""), policy=f"{POLICY}[budget]\nseconds = 100\n{budget}\n") as running:
        told = [ask(running, i) for i in range(4)]
        other = httpx.post(f"{running.url}/chat/completions", json={"messages": []}, headers={"authorization": "x"})
    assert told[0].status_code == told[1].status_code == 200
    assert error_of(told[-1]) == (429, "budget")
    assert 0 < int(told[-1].headers["retry-after"]) <= 102
    assert other.status_code != 429


def test_a_pause_holds_at_once_and_is_logged(tmp_path):
    with guarded(tmp_path, Says("ok")) as running:
        assert running.chat().status_code == 200
        text = running.policy.read_text()
        running.policy.write_text(text + '[stop]\npaused = true\nbecause = "a leak"\n')
        until(lambda: running.chat().status_code == 503)
        answer = running.chat()
        assert error_of(answer) == (503, "paused")
        assert int(answer.headers["retry-after"]) > 0
        assert httpx.get(f"{running.root}/health").json()["status"] == "paused"
        assert '"because": "a leak"' in running.log.read_text()
        running.policy.write_text(text)
        until(lambda: running.chat().status_code == 200)


def test_an_invalid_policy_changes_nothing_and_is_told(tmp_path):
    with guarded(tmp_path, Says(FOUND)) as running:
        masked = running.chat().json()["choices"]
        text = running.policy.read_text()
        running.policy.write_text(text + "nonsense = 1\n")
        until(lambda: "newest_policy_refused" in httpx.get(f"{running.root}/health").json())
        assert running.chat().json()["choices"] == masked
        running.policy.unlink()
        time.sleep(1.2)
        assert running.chat().json()["choices"] == masked
        running.policy.write_text(text.replace(POLICY, BLOCKING))
        until(lambda: running.chat().json()["choices"][0]["finish_reason"] == "content_filter")
        assert "newest_policy_refused" not in httpx.get(f"{running.root}/health").json()
        outcomes = [json.loads(line) for line in running.log.read_text().splitlines()]
        assert {each["outcome"] for each in outcomes if each["event"] == "policy"} == {"refused", "in force"}


def test_a_guard_without_its_files_does_not_start(tmp_path):
    missing = '[[filters]]\nkind = "verbatim"\ngrams = "none.grams"\n'
    for text in (POLICY + missing, "schema = 2\n", POLICY + '[serve]\nlog = "no/such/folder/log"\n'):
        file = tmp_path / "policy.toml"
        file.write_text(text)
        with pytest.raises(ConfigurationError):
            application(upstream="http://127.0.0.1:9/v1", policy=file)
        assert run(upstream="http://127.0.0.1:9/v1", policy=str(file), host="127.0.0.1", port=0) == 2
    assert run(upstream="", policy="", host="127.0.0.1", port=0) == 2


def test_what_was_answered_before_may_be_given_again(leaky):
    given = [
        {"type": "reasoning", "id": "r", "summary": [], "content": [{"type": "reasoning_text", "text": EMAIL}]},
        {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "output_text", "text": EMAIL, "annotations": []}],
        },
        {"type": "function_call", "call_id": "c", "name": "f", "arguments": EMAIL},
        {"type": "function_call_output", "call_id": "c", "output": [{"type": "input_text", "text": EMAIL}]},
        {"role": "user", "content": "x"},
    ]
    leaky.post("/responses", {"model": "tiny", "input": given})
    sent = json.dumps(leaky.served.bodies[-1])
    assert EMAIL not in sent
    assert sent.count("[e-mail address]") == 4


def test_a_list_that_grows_is_read_again(tmp_path, monkeypatch):
    key = bytes(range(32))
    monkeypatch.setenv("THE_LISTS_KEY", key.hex())
    write_phrases(tmp_path / "names.list", name_variants("Paul Estrabec"), key=key, kind="objected")
    file = tmp_path / "policy.toml"
    file.write_text('schema = 1\n[[filters]]\nkind = "objected"\nlist = "names.list"\nkey = "THE_LISTS_KEY"\n')
    policies = Policies(file)

    def passes():
        return policies.current.guard.check("Zoé Fontarol lives here.", Surface.ANSWER).text.startswith("Zoé")

    assert passes()
    assert not policies.refresh()
    (tmp_path / "names.list").write_text("broken")
    assert not policies.refresh()
    assert policies.refused is not None
    assert passes()
    write_phrases(tmp_path / "names.list", name_variants("Zoé Fontarol"), key=key, kind="objected")
    assert policies.refresh()
    assert policies.refused is None
    assert not passes()


def test_the_command_serves_until_it_is_told_to_stop(tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY + '[serve]\nlog = "guard.log"\n')
    with serving(Says(FOUND)) as served, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.close()
        asked = ["guard", "--upstream", served.url, "--policy", str(policy), "--port", str(port)]
        command = [sys.executable, "-c", "from vidocq.cli.main import run; run()", *asked]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            until(lambda: reached(port) or process.poll() is not None, 60)
            url = f"http://127.0.0.1:{port}/v1/chat/completions"
            answer = httpx.post(
                url, json={"model": "tiny", "messages": [{"role": "user", "content": "x"}]}, timeout=30
            )
            process.terminate()
            _, errors = process.communicate(timeout=30)
    assert "[e-mail address]" in answer.json()["choices"][0]["message"]["content"]
    assert errors == b""


def reached(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_no_value_and_no_key_is_logged_or_counted(tmp_path):
    with guarded(tmp_path, Says(FOUND)) as running:
        running.chat(f"{EMAIL} {PHONE}")
        running.chat(f"{EMAIL} {PHONE}", stream=True)
        running.post("/chat/completions", {"model": "tiny", "messages": [{EMAIL: EMAIL, "metadata": {PHONE: EMAIL}}]})
        running.post(f"/{EMAIL}", {})
        running.post("/chat/completions", {"model": EMAIL, "messages": []})
        log, metrics = running.log.read_text(), httpx.get(f"{running.root}/metrics").text
        mode = stat.S_IMODE(os.stat(running.log).st_mode)
    lines = [json.loads(line) for line in log.splitlines()]
    finds = [each for each in lines if each["event"] == "find"]
    assert {each["kind"] for each in finds} >= {"email", "phone"}
    assert all(each["client"] and each["end"] > each["start"] for each in finds)
    for value in (EMAIL, PHONE, KEY, "jeanne", "valmorin"):
        assert value not in log
        assert value not in metrics
    assert 'vidocq_guard_finds_total{action="mask",filter="personal-data",kind="email",surface="prompt"}' in metrics
    assert mode == 0o600


def test_a_log_that_others_could_read_is_closed_to_them(tmp_path):
    (tmp_path / "guard.log").write_text("")
    (tmp_path / "guard.log").chmod(0o644)
    with guarded(tmp_path, Says("ok")) as running:
        assert stat.S_IMODE(os.stat(running.log).st_mode) == 0o600


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("stream", [False, True])
def test_nothing_passes_while_the_log_cannot_be_written(tmp_path, stream):
    (tmp_path / "guard.log").symlink_to("/dev/full")
    with guarded(tmp_path, Says("ok")) as running:
        answer = running.chat(stream=stream)
        assert error_of(answer) == (503, "log_unwritable")
        assert answer.headers["retry-after"]
        assert running.served.asked == []


def test_a_log_that_fills_up_in_mid_stream_ends_the_stream(tmp_path, monkeypatch):
    from vidocq.serve.journal import Journal, Unwritable

    write = Journal.write

    def full(self, **told):
        if told["event"] == "find":
            raise Unwritable
        write(self, **told)

    monkeypatch.setattr(Journal, "write", full)
    with guarded(tmp_path, Says(FOUND * 4)) as running:
        whole, streamed = running.chat(), running.chat(stream=True)
    assert error_of(whole) == (503, "log_unwritable")
    assert '"log_unwritable"' in streamed.text
    assert EMAIL not in streamed.text
    assert "[DONE]" not in streamed.text


@pytest.mark.parametrize(
    ("predictions", "told"),
    [
        ("decimals = 1", {"a": 0.7, "b": 0.2, "c": 0.1, "score": 0.9}),
        ("top_k = 1", {"a": 0.6789, "score": 0.91}),
        ("labels_only = true", {"a": None, "score": None}),
    ],
)
def test_predictions_are_made_coarser(tmp_path, predictions, told):
    import contextlib

    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from openai_server import running as serve_app

    async def predict(request):
        return JSONResponse({"classes": {"a": 0.6789, "b": 0.2111, "c": 0.11}, "score": 0.91})

    file = tmp_path / "policy.toml"
    file.write_text(f'{POLICY}[predictions]\n{predictions}\n[serve]\nlog = "guard.log"\n')
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(serve_app(Starlette(routes=[Route("/predict", predict, methods=["POST"])])))
        proxy = stack.enter_context(serve_app(application(upstream=f"{server}/predict", policy=file), lifespan="on"))
        answer = httpx.post(f"{proxy}/predict", json={"age": 41}).json()
    score = told.pop("score")
    assert answer == {"classes": told, "score": score}
