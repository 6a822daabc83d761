"""The official client works through the proxy as without it; what is found never reaches it."""

import asyncio

import openai
import pytest

from guarding import BLOCKING, EMAIL, FILLER, KEY, PHONE, Says, guarded, holds
from made_speech import Bigrams, Told
from openai_server import Abilities

USER = [{"role": "user", "content": "Le chat"}]
SPEECH = "Le chat dort sur le mur. Le chat mange la souris. La souris dort sous le mur. La mer est grande et la nuit aussi."
TOOL = {
    "type": "function",
    "function": {"name": "look_up", "description": "Looks up.", "parameters": {"type": "object", "properties": {}}},
}
FOUND = f"{FILLER * 4}Write to {EMAIL} or call {PHONE}, please. {FILLER * 4}"
MASKED = FOUND.replace(EMAIL, "[e-mail address]").replace(PHONE, "[telephone]")


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("clean"), Bigrams(SPEECH)) as running:
        yield running


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("leaky"), Says(FOUND)) as running:
        yield running


@pytest.fixture(scope="module")
def blocking(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("blocking"), Says(FOUND), policy=BLOCKING) as running:
        yield running


def text_of(chunks, index=0):
    return "".join(
        choice.delta.content or "" for chunk in chunks for choice in chunk.choices if choice.index == index
    )


@pytest.mark.parametrize("more", [{}, {"n": 3}, {"logprobs": True, "top_logprobs": 2}, {"max_tokens": 120}], ids=str)
def test_a_chat_completion_comes_as_the_server_made_it(clean, more):
    ask = {"model": "tiny", "messages": USER, "seed": 3, **more}
    assert clean.client().chat.completions.create(**ask) == clean.bare().chat.completions.create(**ask)


@pytest.mark.parametrize("more", [{}, {"n": 2}, {"max_tokens": 150}], ids=str)
def test_a_streamed_chat_says_the_same_and_ends_the_same(clean, more):
    ask = {
        "model": "tiny", "messages": USER, "seed": 3, "stream": True,
        "stream_options": {"include_usage": True}, **more,
    }  # fmt: skip
    through, bare = (list(client.chat.completions.create(**ask)) for client in (clean.client(), clean.bare()))
    for index in range(more.get("n", 1)):
        assert text_of(through, index) == text_of(bare, index) != ""
        ends = [
            [choice.finish_reason for chunk in side for choice in chunk.choices if choice.index == index][-1]
            for side in (through, bare)
        ]
        assert ends[0] == ends[1] is not None
    assert through[-1] == bare[-1]
    assert through[-1].usage.total_tokens > 0
    assert {(c.id, c.model, c.object, c.created) for c in through} == {
        (c.id, c.model, c.object, c.created) for c in bare
    }
    assert through[0].choices[0].delta.role == "assistant"


@pytest.mark.parametrize("more", [{}, {"logprobs": 2}, {"echo": True}, {"n": 2}], ids=str)
def test_a_completion_comes_as_the_server_made_it(clean, more):
    ask = {"model": "tiny", "prompt": "Le chat", "seed": 5, **more}
    through = clean.client().completions.create(**ask)
    assert through == clean.bare().completions.create(**ask)


def test_a_streamed_completion_says_the_same(clean):
    ask = {"model": "tiny", "prompt": ["Le chat", "La mer"], "seed": 5, "stream": True, "max_tokens": 90}
    sides = [list(client.completions.create(**ask)) for client in (clean.client(), clean.bare())]
    for index in (0, 1):
        through, bare = (
            "".join(choice.text for chunk in side for choice in chunk.choices if choice.index == index)
            for side in sides
        )
        assert through == bare != ""


def test_responses_come_as_the_server_made_them(clean):
    ask = {"model": "tiny", "input": "Le chat", "instructions": "Be brief."}
    assert clean.client().responses.create(**ask) == clean.bare().responses.create(**ask)


def test_streamed_responses_say_the_same_and_end_with_the_whole(clean):
    ask = {"model": "tiny", "input": [{"role": "user", "content": "Le chat"}], "stream": True}
    through, bare = (list(client.responses.create(**ask)) for client in (clean.client(), clean.bare()))
    deltas = ["".join(e.delta for e in side if e.type == "response.output_text.delta") for side in (through, bare)]
    assert deltas[0] == deltas[1] != ""
    assert through[-1].response == bare[-1].response
    kinds = [[e.type for e in side if not e.type.endswith("delta")] for side in (through, bare)]
    assert kinds[0] == kinds[1]
    assert [e.sequence_number for e in through] == list(range(len(through)))


@pytest.mark.parametrize("form", ["float", "base64"])
def test_embeddings_come_as_the_server_made_them(clean, form):
    ask = {"model": "tiny", "input": ["le chat", "la mer"], "encoding_format": form}
    assert clean.client().embeddings.create(**ask) == clean.bare().embeddings.create(**ask)


def test_models_come_as_the_server_tells_them(clean):
    assert clean.client().models.list().data == clean.bare().models.list().data
    assert clean.client().models.retrieve("tiny").id == "tiny"
    with pytest.raises(openai.NotFoundError) as refused:
        clean.client().models.retrieve("none")
    assert refused.value.code == "model_not_found"
    assert clean.post("/models/..%2f..%2fadmin", {}).status_code in (404, 405)


def test_the_asynchronous_client_streams(clean):
    async def ask():
        client = openai.AsyncOpenAI(base_url=clean.url, api_key=KEY)
        stream = await client.chat.completions.create(model="tiny", messages=USER, seed=3, stream=True)
        whole = await client.chat.completions.create(model="tiny", messages=USER, seed=3)
        return [chunk async for chunk in stream], whole

    chunks, whole = asyncio.run(ask())
    assert text_of(chunks) == whole.choices[0].message.content


@pytest.mark.parametrize("arguments", [{"city": "Gap"}, {"note": FOUND}], ids=["clean", "found"])
def test_calls_of_tools_come_whole_and_streamed(tmp_path, arguments):
    with guarded(tmp_path, Says("unused"), abilities=Abilities(tool=arguments)) as running:
        ask = {"model": "tiny", "messages": USER, "tools": [TOOL]}
        through, bare = (c.chat.completions.create(**ask) for c in (running.client(), running.bare()))
        whole = through.choices[0].message.tool_calls[0]
        chunks = list(running.client().chat.completions.create(**ask, stream=True))
    calls = [call for chunk in chunks for c in chunk.choices for call in c.delta.tool_calls or []]
    assert calls[0].function.name == whole.function.name == "look_up"
    assert calls[0].id == whole.id
    assert "".join(call.function.arguments or "" for call in calls) == whole.function.arguments
    assert chunks[-1].choices[0].finish_reason == "tool_calls"
    if "city" in arguments:
        assert through == bare
    else:
        assert whole.function.arguments == bare.choices[0].message.tool_calls[0].function.arguments.replace(
            EMAIL, "[e-mail address]"
        ).replace(PHONE, "[telephone]")


def test_a_tool_that_responses_call(tmp_path):
    with guarded(tmp_path, Says("unused"), abilities=Abilities(tool={"note": FOUND})) as running:
        ask = {"model": "tiny", "input": "x", "tools": [{"type": "function", "name": "look_up", "parameters": {}}]}
        whole = running.client().responses.create(**ask)
        events = list(running.client().responses.create(**ask, stream=True))
    deltas = "".join(e.delta for e in events if e.type == "response.function_call_arguments.delta")
    assert deltas == whole.output[0].arguments == events[-1].response.output[0].arguments
    assert EMAIL not in deltas
    assert "[telephone]" in deltas


def test_what_is_found_is_masked_streamed_or_not(leaky):
    client = leaky.client()
    whole = client.chat.completions.create(model="tiny", messages=USER)
    chunks = list(client.chat.completions.create(model="tiny", messages=USER, stream=True))
    assert whole.choices[0].message.content == text_of(chunks) == MASKED
    completed = client.completions.create(model="tiny", prompt="x")
    streamed = list(client.completions.create(model="tiny", prompt="x", stream=True))
    assert completed.choices[0].text == "".join(c.choices[0].text for c in streamed) == MASKED
    response = client.responses.create(model="tiny", input="x")
    events = list(client.responses.create(model="tiny", input="x", stream=True))
    assert response.output_text == events[-1].response.output_text == MASKED
    assert "".join(e.delta for e in events if e.type == "response.output_text.delta") == MASKED


def test_what_is_blocked_ends_the_answer(blocking):
    whole = blocking.chat().json()["choices"][0]
    assert whole["finish_reason"] == "content_filter"
    assert FOUND.startswith(whole["message"]["content"])
    assert not holds(whole["message"]["content"], EMAIL)
    streamed = blocking.chat(stream=True).text
    assert streamed.endswith('"finish_reason":"content_filter"}]}\n\ndata: [DONE]\n\n')
    assert not holds(streamed, EMAIL)
    response = blocking.client().responses.create(model="tiny", input="x")
    assert (response.status, response.incomplete_details.reason) == ("incomplete", "content_filter")
    events = list(blocking.client().responses.create(model="tiny", input="x", stream=True))
    assert events[-1].type == "response.incomplete"
    assert EMAIL not in str(response) + str(events)


def test_each_answer_of_several_is_looked_through(tmp_path):
    with guarded(tmp_path, Says(FOUND, FILLER * 3), policy=BLOCKING) as running:
        ask = {"model": "tiny", "messages": USER, "n": 2}
        whole = running.client().chat.completions.create(**ask)
        chunks = list(running.client().chat.completions.create(**ask, stream=True))
    assert [c.finish_reason for c in whole.choices] == ["content_filter", "stop"]
    assert text_of(chunks, 1) == whole.choices[1].message.content == FILLER * 3
    assert text_of(chunks, 0) == whole.choices[0].message.content


def test_log_probabilities_of_what_is_found_are_left_out(tmp_path):
    class Tells(Says):
        def tell(self, text):
            return [Told(token, -1.0, {token: -1.0}) for token in text]

    with guarded(tmp_path, Tells(FOUND)) as running:
        choice = running.client().chat.completions.create(
            model="tiny", messages=[{"role": "user", "content": ""}], logprobs=True
        ).choices[0]  # fmt: skip
    told = "".join(each.token for each in choice.logprobs.content)
    assert told == FOUND.replace(EMAIL, "").replace(PHONE, "")
