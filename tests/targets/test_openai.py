"""A served language model: asked once, for as much as it may cost, of one model only; errors and logs quote nothing."""

import _thread
import json
import logging
import threading
import time

import pytest

from vidocq.core.errors import ConfigurationError, MissingExtra, ModelError
from vidocq.core.language import Decoding, Prompt, ScoresTexts
from vidocq.engine.store import Store
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.meter import TokenPrice
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_terms import OpenAiTerms

from made_speech import Bigrams
from openai_server import Abilities, Fault, serving

PRIVATE = "Jacquot"
PLAIN = Decoding()
GREEDY = Decoding(temperature=0.0)
TERMS = {"model", "forms", "answers_as", "system", "stop", "body", "together", "at_once", "limit_as", "seed_as", "price", "budget_cost"}  # fmt: skip

pytest.importorskip("httpx", reason='these tests need httpx: pip install "vidocq[http]"')


@pytest.fixture(scope="module")
def speech():
    return Bigrams()


def model_at(url, *, store=None, audit="", **given):
    terms = {name: value for name, value in given.items() if name in TERMS}
    rest = {name: value for name, value in given.items() if name not in TERMS}
    endpoint = Endpoint(
        **{"url": url, "table": "[model.openai]", "retries": 0, "backoff": 0.01, "timeout": 20.0, **rest}
    )
    return OpenAiModel(
        endpoint, OpenAiTerms(**{"model": "tiny", "forms": ("completion", "chat"), **terms}), store=store, audit=audit
    )


def ask(
    model, prompts=("Le chat",), *, form="completion", decoding=PLAIN, times=1, most_tokens=6, seed=1, system=None
):
    return model.write(
        [Prompt(text=text, form=form, system=system) for text in prompts],
        decoding=decoding,
        times=times,
        most_tokens=most_tokens,
        seed=seed,
    )


def only(place, fault):
    """The request at this place goes amiss."""
    return lambda i, _: fault if i == place else None


@pytest.mark.parametrize("form", ["completion", "chat"])
def test_it_writes_what_the_model_behind_it_writes(speech, form):
    with serving(speech) as served:
        model = model_at(served.url)
        assert not isinstance(model, ScoresTexts)
        found = ask(model, ["La porte", "Le code"], form=form, decoding=GREEDY, times=3)
    prompts = [Prompt(text=text, form=form) for text in ("La porte", "Le code")]
    assert found == speech.write(prompts, decoding=GREEDY, times=3, most_tokens=6, seed=0)
    assert len(served.asked) == 2  # a greedy answer is asked for once
    assert {one.path.removeprefix("/v1/") for one in served.asked} == {
        "chat/completions" if form == "chat" else "completions"
    }


def test_the_question_is_as_configured(speech):
    with serving(speech) as served:
        model = model_at(
            served.url,
            system="Be brief.",
            stop=("\n",),
            body={"penalty": 1},
            limit_as="max_completion_tokens",
            seed_as=None,
        )
        ask(model, form="chat", decoding=Decoding(temperature=0.7, top_k=5, top_p=0.9), times=2, most_tokens=9)
        ask(model, form="chat", system="Go on.")
        ask(model)
    first, second, third = served.bodies
    assert first == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Le chat"}],
        "temperature": 0.7,
        "top_p": 0.9,
        "top_k": 5,
        "n": 2,
        "max_completion_tokens": 9,
        "stop": ["\n"],
        "penalty": 1,
    }
    assert second["messages"][0]["content"] == "Go on."
    assert third["prompt"] == "Le chat"
    assert "top_k" not in third


@pytest.mark.parametrize(
    ("abilities", "bodies", "met"),
    [
        (Abilities(), [4, 4, 2], {}),
        (Abilities(several="refused"), [4] + [None] * 10, {"several_refused": 1}),
        (Abilities(several="one"), [4] + [None] * 9, {"fewer_answers": 1}),
    ],
    ids=["several", "refused", "one"],
)
def test_many_answers_come_together_or_one_by_one(speech, abilities, bodies, met):
    with serving(speech, abilities=abilities) as served:
        model = model_at(served.url, together=4)
        found = ask(model, times=10)
    assert len(found[0]) == 10
    assert len(set(found[0])) > 5
    assert [body.get("n") for body in served.bodies] == bodies
    assert len({body["seed"] for body in served.bodies}) >= len(bodies) - 1
    told = model.account()["met"]
    assert {kind: n for kind, n in told.items() if kind not in {"cut_at_length", "empty"}} == met
    assert model.account()["answered"] == 10


def test_one_seed_has_one_answer_however_many_are_under_way(speech):
    texts = [f"Le {word}" for word in ("chat", "mur", "code", "jardin")] * 3
    with serving(speech) as served:
        one_by_one = ask(model_at(served.url), texts, times=3)
        at_once = ask(model_at(served.url, at_once=6), texts, times=3)
        assert one_by_one == at_once
        model = model_at(served.url)
        assert ask(model, texts, times=3) == ask(model, texts, times=3) == one_by_one
        assert len(served.asked) == 36
        assert ask(model, texts, times=3, seed=2) != one_by_one
    with serving(speech) as elsewhere:
        assert ask(model_at(elsewhere.url), texts, times=3) == one_by_one
    assert one_by_one[0] != one_by_one[4]  # the same prompt again has answers of its own


def test_a_run_that_was_stopped_asks_for_the_rest_only(speech, tmp_path, refused):
    texts = [f"Le {word}" for word in ("chat", "mur", "code", "jardin", "pain")]
    faults = {"on": True}
    with serving(speech, faults=lambda i, _: Fault(status=500) if faults["on"] and i >= 3 else None) as served:
        model = model_at(served.url, store=Store(tmp_path), audit="one", together=4)
        message = refused(ModelError, ask, model, texts, times=6)
        assert "answers had so far are kept" in message
        assert "so far 12 queries in 4 requests" in message  # four and two, and again, of which the last were refused
        assert model.account()["answered"] == 10
        faults["on"] = False
        again = model_at(served.url, store=Store(tmp_path), audit="one", together=4)
        found = ask(again, texts, times=6)
        assert [len(answers) for answers in found] == [6] * 5
        assert again.account()["answered"] == 30
        assert again.account()["met"]["status_500"] == 1
        assert len(served.asked) == 4 + 7
        asked = len(served.asked)
        assert ask(model_at(served.url, store=Store(tmp_path), together=4), texts, times=6) == found
        more = ask(model_at(served.url, store=Store(tmp_path), together=4), texts, times=7)
        assert [answers[:6] for answers in more] == found
        assert len(served.asked) == asked + 5
    assert all((path.stat().st_mode & 0o777) == 0o600 for path in tmp_path.iterdir())
    assert (tmp_path.stat().st_mode & 0o777) == 0o700


PASSING = {
    "status_429": Fault(status=429, headers={"Retry-After": "0"}),
    "status_503": Fault(status=503, body=PRIVATE.encode()),
    "garbage": Fault(body=f"{PRIVATE} is no JSON".encode()),
    "garbage utf-8": Fault(body=b'{"choices": "\xff\xfe"}'),
    "garbage events": Fault(body=f"data: {PRIVATE}\n\n".encode(), kind="text/event-stream"),
    "garbage number": Fault(body=b'{"choices": [NaN]}'),
    "broken_off": Fault(drop=30),
    "too_slow": Fault(stall=2.0),
    "too_slow drip": Fault(drip=0.05),
    "malformed": Fault(change=lambda content: {**content, "choices": PRIVATE}),
    "malformed text": Fault(change=lambda content: {**content, "choices": [{"text": 5}]}),
    "malformed list": Fault(change=lambda content: [content]),
    "wrong_number none": Fault(change=lambda content: {**content, "choices": []}),
    "wrong_number many": Fault(change=lambda content: {**content, "choices": content["choices"] * 4}),
    "another_model": Fault(change=lambda content: {**content, "model": PRIVATE}),
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_may_pass_is_asked_again_and_counted(speech, refused, kind):
    with serving(speech, faults=only(1, PASSING[kind])) as served:
        model = model_at(served.url, retries=1, timeout=0.8 if "too_slow" in kind else 10.0)
        found = ask(model, ["Le chat", "Le mur"], times=2)
        assert len(served.asked) == 3
        assert served.bodies[1] == served.bodies[2]
    assert [len(answers) for answers in found] == [2, 2]
    assert model.account()["met"][kind.partition(" ")[0]] == 1
    assert (model.account()["queries"], model.account()["answered"]) == (6, 4)
    with serving(speech, faults=lambda i, _: PASSING[kind] if i else None) as served:
        model = model_at(served.url, retries=1, timeout=0.8 if "too_slow" in kind else 10.0)
        message = refused(ModelError, ask, model, ["Le chat", "Le mur"])
        assert "2 times in a row" in message
        assert "Le mur" not in message
        assert model.account()["met"][kind.partition(" ")[0]] == 2


WRONG = [
    (Fault(endless=True), "more than 1 MiB", "too_large"),
    (Fault(status=302, headers={"Location": f"http://example.org/{PRIVATE}"}), "redirects", None),
    (Fault(status=401), "refuses access", None),
    (Fault(status=422, body=json.dumps({"error": {"message": PRIVATE}}).encode()), "status 422", None),
    (Fault(change=lambda content: {**content, "model": PRIVATE}), "another model", "another_model"),
]


@pytest.mark.parametrize(("fault", "said", "kind"), WRONG, ids=[said for _, said, _ in WRONG])
def test_what_will_not_pass_is_told_at_once(speech, refused, fault, said, kind):
    with serving(speech, faults=lambda *_: fault) as served:
        model = model_at(served.url, retries=3, largest=1 << 20)
        assert said in refused(ModelError, ask, model)
        assert len(served.asked) == 1
        assert kind is None or model.account()["met"] == {kind: 1}


def test_retry_after_holds_everyone_back(speech, refused):
    with serving(speech, faults=only(0, Fault(status=429, headers={"Retry-After": "1"}))) as served:
        model = model_at(served.url, retries=2, at_once=3)
        ask(model, ["Le chat", "Le mur", "Le code", "La porte", "La souris", "Le jardin"])
        times = [one.at for one in served.asked]
    assert len(times) == 7
    assert times[6] - times[0] >= 0.95
    with serving(speech, faults=only(0, Fault(status=429, headers={"Retry-After": "4000"}))) as served:
        model = model_at(served.url, retries=2, longest_wait=60)
        assert "asks to wait 4000 seconds" in refused(ModelError, ask, model)


def test_the_pace_is_kept_by_all_together(speech):
    with serving(speech) as served:
        ask(model_at(served.url, at_once=4, per_second=10), [f"Le {i}" for i in range(7)])
        times = sorted(one.at for one in served.asked)
    assert times[-1] - times[0] >= 0.4  # six gaps, less what the way there varies by


def test_after_a_failure_nothing_more_sets_out(speech, refused):
    with serving(speech, faults=only(2, Fault(status=403))) as served:
        model = model_at(served.url, at_once=2, per_second=20)
        assert "refuses access" in refused(ModelError, ask, model, [f"Le {i}" for i in range(40)])
        assert len(served.asked) < 20
        assert ask(model, ["Le chat"])  # and may be asked again


@pytest.mark.parametrize("at_once", [1, 3])
def test_an_interruption_is_heeded_while_the_server_is_silent(speech, tmp_path, at_once):
    texts = [f"Le {i}" for i in range(9)]
    with serving(speech, faults=lambda i, _: Fault(stall=30.0) if i >= 3 else None) as served:
        model = model_at(served.url, at_once=at_once, timeout=30, store=Store(tmp_path))

        def interrupt():
            while len(served.asked) < 3 + at_once:
                time.sleep(0.02)
            _thread.interrupt_main()

        waiting = threading.Thread(target=interrupt, daemon=True)
        waiting.start()
        began = time.perf_counter()
        with pytest.raises(KeyboardInterrupt):
            ask(model, texts)
        assert time.perf_counter() - began < 15
        waiting.join()
    with serving(speech, at=served.url) as served:
        found = ask(model_at(served.url, at_once=at_once, store=Store(tmp_path)), texts)
        assert len(found) == 9
        assert len(served.asked) == 6


def test_a_model_may_answer_under_its_dated_name_or_the_one_that_is_named(speech, refused):
    def renamed(name):
        return lambda *_: Fault(change=lambda content: {**content, "model": name})

    for asked, answered, fine in [
        ("tiny", "tiny-2026-11-01", True),
        ("tiny", "tiny-0613", True),
        ("tiny", "tiny-large", False),
        ("tiny", "tiny2", False),
    ]:
        with serving(speech, faults=renamed(answered)) as served:
            model = model_at(served.url, model=asked)
            if fine:
                ask(model)
                assert model.account()["answers_as"] == answered
            else:
                assert "answers_as" in refused(ModelError, ask, model)
    with serving(speech, faults=renamed("file.bin")) as served:
        ask(model_at(served.url, answers_as="file.bin"))
    with serving(speech, faults=lambda i, a: renamed(f"tiny-{i}")(i, a)) as served:  # and never two in one audit
        assert "another model" in refused(ModelError, ask, model_at(served.url), ["Le chat", "Le mur"])
    with serving(
        speech, faults=lambda *_: Fault(change=lambda c: {k: v for k, v in c.items() if k != "model"})
    ) as served:
        model = model_at(served.url)
        ask(model)
        assert model.account()["met"]["unnamed"] == 1


def message(**content):
    """A conversation's answer with this message."""
    finish = content.pop("finish", "stop")

    def change(answer):
        choice = {**answer["choices"][0], "message": {"role": "assistant", **content}, "finish_reason": finish}
        return {**answer, "choices": [choice]}

    return Fault(change=change)


@pytest.mark.parametrize(
    ("fault", "text", "met"),
    [
        (message(content="Oui", finish="length"), "Oui", {"cut_at_length": 1}),
        (message(content="", finish="content_filter"), "", {"filtered": 1, "empty": 1}),
        (message(content=None, refusal="Non."), "Non.", {"declined": 1}),
        (message(content=None, tool_calls=[{}], finish="tool_calls"), "", {"no_text": 1, "empty": 1}),
        (message(content=[{"type": "text", "text": "a"}, {"type": "image_url"}]), "a", {"no_text": 1}),
        (message(content="\ud800x"), "\ufffdx", {}),
        (message(content="  "), "  ", {"empty": 1}),
    ],
    ids=["cut", "filtered", "declined", "tool", "parts", "half a character", "blank"],
)
def test_what_is_odd_about_an_answer_is_counted(speech, tmp_path, fault, text, met):
    with serving(speech, faults=lambda *_: fault) as served:
        model = model_at(served.url, store=Store(tmp_path))
        assert ask(model, form="chat") == [[text]]
        assert model.account()["met"] == met
        assert ask(model_at(served.url, store=Store(tmp_path)), form="chat") == [[text]]
        assert len(served.asked) == 1


def test_a_prompt_that_a_filter_withholds_has_no_text_and_is_counted(speech):
    with serving(speech, abilities=Abilities(withheld=PRIVATE)) as served:
        model = model_at(served.url, price=TokenPrice(given=1, written=1, currency="EUR"))
        found = ask(model, [PRIVATE, "Le chat"], times=2)
        assert found[0] == ["", ""]
        assert all(found[1])
        assert model.account()["met"]["filtered"] == 2
        assert model.account()["tokens_guessed"] == 0


def test_a_prompt_that_is_too_long_is_an_error(speech, refused):
    with serving(speech, abilities=Abilities(context=3)) as served:
        model = model_at(served.url)
        assert "context" in refused(ModelError, ask, model, ["Le chat", f"{PRIVATE} " * 4])
        assert model.account()["met"]["too_long"] == 1
        assert model.account()["answered"] == 1


def test_tokens_are_paid_as_told_or_as_they_may_be_at_most(speech):
    price = TokenPrice(given=10.0, written=100.0, currency="EUR")
    with serving(speech) as served:
        model = model_at(served.url, price=price)
        found = ask(model, times=3)
        account = model.account()
    written = sum(len(Bigrams.pieces(text)) for text in found[0])
    assert (account["tokens_given"], account["tokens_written"], account["tokens_guessed"]) == (2, written, 0)
    assert account["cost"] == pytest.approx((2 * 10 + written * 100) / 1000)
    with serving(speech, abilities=Abilities(usage=False), faults=only(0, Fault(drop=0))) as served:
        model = model_at(served.url, price=price, retries=1)
        ask(model, times=3)
        told = model.account()
    assert told["tokens_written"] == 2 * 3 * 6  # both attempts, as much as was asked for
    assert told["tokens_guessed"] == 2
    assert told["tokens_given"] > 2 * len("Le chat") / 2
    with serving(speech, faults=only(0, Fault(status=503))) as served:
        model = model_at(served.url, price=price, retries=1)
        ask(model, times=3)
        assert model.account()["tokens_guessed"] == 0  # a refusal costs nothing


@pytest.mark.parametrize("at_once", [1, 4])
def test_neither_budget_is_passed(speech, tmp_path, refused, at_once):
    texts = [f"Le chat {i}" for i in range(40)]
    with serving(speech) as served:
        model = model_at(served.url, budget=25, at_once=at_once)
        assert "the budget of 25 queries is spent" in refused(ModelError, ask, model, texts, times=2)
        assert model.account()["queries"] == 24
        assert len(served.asked) == 12
    price = TokenPrice(given=0.0, written=1000.0, currency="EUR")
    with serving(speech, abilities=Abilities(usage=False)) as served:
        terms = {"price": price, "budget_cost": 100.0, "at_once": at_once, "audit": "one"}
        model = model_at(served.url, store=Store(tmp_path), **terms)
        assert "the budget of 100 EUR" in refused(ModelError, ask, model, texts, times=2)
        assert model.account()["cost"] == 96
        assert len(served.asked) == 8
        again = model_at(served.url, store=Store(tmp_path), **terms)  # what was spent before counts
        refused(ModelError, ask, again, texts, times=2)
        assert len(served.asked) == 8
        assert ask(again, texts[: 8 // at_once], times=2)


def test_nothing_of_a_prompt_an_answer_or_a_secret_is_logged(speech, caplog, monkeypatch, refused, tmp_path):
    monkeypatch.setenv("MODEL_KEY", "very-secret-value")
    caplog.set_level(logging.DEBUG)
    with serving(speech, abilities=Abilities(key="very-secret-value"), faults=only(2, message(content=5))) as served:
        model = model_at(
            served.url,
            headers={"Authorization": "Bearer ${MODEL_KEY}"},
            store=Store(tmp_path),
            system=f"{PRIVATE}, hush",
        )
        found = ask(model, [f"{PRIVATE} a dit que", "Le code"], form="chat", times=1)
        told = refused(ModelError, ask, model, [f"Le {PRIVATE}"], form="chat")
        model.close()
    shown = caplog.text + told + json.dumps(model.describe()) + repr(model.account())
    assert "127.0.0.1" in caplog.text
    for secret in (PRIVATE, "very-secret-value", "a dit que", *(text for answers in found for text in answers)):
        assert secret not in shown
    assert all(PRIVATE.encode() not in path.name.encode() for path in tmp_path.iterdir())


def test_a_form_that_is_not_served_is_not_asked_for(speech, refused):
    with serving(speech) as served:
        assert "form" in refused(ConfigurationError, ask, model_at(served.url, forms=("chat",)))
        assert not served.asked


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"model": ""}, "not named"),
        ({"forms": ()}, "not named"),
        ({"at_once": 0}, "below one"),
        ({"together": 0}, "below one"),
        ({"budget_cost": 3.0}, "no price"),
        ({"body": {"temperature": 1}}, "set otherwise"),
        ({"body": {"max_tokens": 1}}, "set otherwise"),
        ({"body": {"x": {1, 2}}}, "JSON"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(terms, said, refused):
    assert said in refused(ConfigurationError, lambda: OpenAiTerms(**{"model": "tiny", **terms}))


def test_the_description_follows_what_is_asked_and_not_on_which_terms():
    def told(**given):
        return model_at(**{"url": "https://example.org/v1", **given}).describe()

    same = [{"budget": 5}, {"at_once": 3}, {"together": 2}, {"retries": 7}, {"per_second": 1.0}]
    assert all(told(**terms) == told() for terms in same)
    other = [
        told(url="https://example.org/v2"),
        told(model="other"),
        told(forms=("chat",)),
        told(system="x"),
        told(stop=("x",)),
        told(body={"x": 1}),
        told(version="2"),
    ]
    assert all(one != told() for one in other)


def test_the_address_keeps_its_parameters(speech):
    from vidocq.targets.served.openai_terms import address_of

    endpoint = Endpoint(url="https://example.org/deployments/x/?api-version=2", table="[model.openai]")
    assert address_of(endpoint, "chat").url == "https://example.org/deployments/x/chat/completions?api-version=2"
    assert address_of(endpoint, "completion").url == "https://example.org/deployments/x/completions?api-version=2"


def test_errors_name_the_table_of_the_configuration(refused, monkeypatch):
    monkeypatch.delenv("MODEL_KEY", raising=False)
    model = model_at("https://example.org/v1", headers={"Authorization": "Bearer ${MODEL_KEY}"})
    assert "[model.openai], headers.Authorization" in refused(ConfigurationError, model.require_ready)
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    assert "vidocq[http]" in refused(MissingExtra, model_at("https://example.org/v1").require_ready)
