"""The server of these tests is one that the official client understands: what our own client meets there is real."""

import asyncio
import json

import pytest

from made_speech import CORPUS, Bigrams
from openai_server import Abilities, Fault, serving

openai = pytest.importorskip("openai", reason="these tests call the server with OpenAI's own client")

TOOL = {"type": "function", "function": {"name": "look_up", "parameters": {"type": "object", "properties": {}}}}


@pytest.fixture(scope="module")
def speech():
    return Bigrams()


@pytest.fixture(scope="module")
def served(speech):
    with serving(speech, abilities=Abilities(tool={"town": "Brest", "since": 1999})) as running:
        yield running


@pytest.fixture(scope="module")
def client(served):
    with openai.OpenAI(base_url=served.url, api_key="any", max_retries=0) as one:
        yield one


def say(text):
    return [{"role": "user", "content": text}]


def test_models_are_listed(client, served):
    assert [model.id for model in client.models.list()] == [served.name]
    assert client.models.retrieve(served.name).id == served.name
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("another")
    with pytest.raises(openai.NotFoundError):
        client.completions.create(model="another", prompt="Le")


def test_completions_are_written_cut_and_repeated_by_seed(client, served):
    asked = {"model": served.name, "prompt": "Le chat", "max_tokens": 6, "temperature": 1.0}
    first = client.completions.create(**asked, n=3, seed=4)
    again = client.completions.create(**asked, n=3, seed=4)
    assert [c.text for c in first.choices] == [c.text for c in again.choices]
    assert [c.index for c in first.choices] == [0, 1, 2]
    assert first.usage.prompt_tokens == 2
    assert first.usage.completion_tokens == sum(len(Bigrams.pieces(c.text)) for c in first.choices)
    greedy = client.completions.create(model=served.name, prompt="La porte", temperature=0, max_tokens=30, stop=" de")
    assert greedy.choices[0].text == " du jardin"
    assert greedy.choices[0].finish_reason == "stop"
    several = client.completions.create(model=served.name, prompt=["Le", "La"], max_tokens=1)
    assert [c.index for c in several.choices] == [0, 1]


def test_a_text_is_given_back_with_its_log_probabilities(client, served, speech):
    answer = client.completions.create(
        model=served.name, prompt="Le chat dort", max_tokens=0, echo=True, logprobs=1, temperature=1
    )
    told = answer.choices[0].logprobs
    assert answer.choices[0].text == "Le chat dort"
    assert told.tokens == ["Le", " chat", " dort"]
    assert told.text_offset == [0, 2, 7]
    assert told.token_logprobs == [one.logprob for one in speech.tell("Le chat dort")]
    assert told.top_logprobs[0] is None
    assert all(
        max(top.values()) >= value for top, value in zip(told.top_logprobs[1:], told.token_logprobs[1:], strict=True)
    )


def test_conversations_are_answered(client, served, speech):
    asked = {"model": served.name, "messages": say("Le chat"), "max_tokens": 5, "seed": 1}
    answer = client.chat.completions.create(**asked, n=2, logprobs=True, top_logprobs=1)
    assert [c.message.role for c in answer.choices] == ["assistant"] * 2
    for choice in answer.choices:
        assert "".join(one.token for one in choice.logprobs.content) == choice.message.content
    parts = [{"role": "user", "content": [{"type": "text", "text": "Le chat"}]}]
    assert client.chat.completions.create(**{**asked, "messages": parts}, n=2).choices == [
        choice.model_copy(update={"logprobs": None}) for choice in answer.choices
    ]


@pytest.mark.parametrize("usage", [False, True])
def test_streams_add_up_to_the_answer(client, served, usage):
    options = {"stream_options": {"include_usage": True}} if usage else {}
    asked = {"model": served.name, "max_tokens": 12, "seed": 3}
    whole = client.chat.completions.create(**asked, messages=say("Le code"))
    chunks = list(client.chat.completions.create(**asked, messages=say("Le code"), stream=True, **options))
    told = [chunk for chunk in chunks if chunk.choices]
    assert len(told) > 2
    assert "".join(chunk.choices[0].delta.content or "" for chunk in told) == whole.choices[0].message.content
    assert told[-1].choices[0].finish_reason == whole.choices[0].finish_reason
    assert [chunk.usage for chunk in chunks if chunk.usage] == ([whole.usage] if usage else [])
    line = client.completions.create(**asked, prompt="Le code")
    pieces = client.completions.create(**asked, prompt="Le code", stream=True, **options)
    assert "".join(chunk.choices[0].text for chunk in pieces if chunk.choices) == line.choices[0].text


def test_a_tool_offered_is_called_whole_or_in_pieces(client, served):
    asked = {"model": served.name, "messages": say("Où ?"), "tools": [TOOL]}
    answer = client.chat.completions.create(**asked).choices[0]
    assert (answer.finish_reason, answer.message.content) == ("tool_calls", None)
    assert answer.message.tool_calls[0].function.name == "look_up"
    assert json.loads(answer.message.tool_calls[0].function.arguments) == {"town": "Brest", "since": 1999}
    with client.chat.completions.stream(**asked) as stream:
        final = stream.get_final_completion().choices[0].message.tool_calls[0].function
    assert final.arguments == answer.message.tool_calls[0].function.arguments


def test_embeddings_come_as_numbers_or_packed(client, served):
    packed = client.embeddings.create(
        model=served.name, input=["Le chat", "le CHAT", "Paul"]
    )  # base64, as it likes best
    plain = client.embeddings.create(model=served.name, input="Le chat", encoding_format="float")
    assert packed.data[0].embedding == packed.data[1].embedding == pytest.approx(plain.data[0].embedding, abs=1e-6)
    assert packed.data[2].embedding != packed.data[0].embedding


def test_the_asynchronous_client_is_served_too(served):
    async def several():
        async with openai.AsyncOpenAI(base_url=served.url, api_key="any", max_retries=0) as client:
            asked = {"model": served.name, "messages": say("Le chat"), "max_tokens": 8}
            answers = await asyncio.gather(*(client.chat.completions.create(**asked, seed=i) for i in range(5)))
            stream = await client.chat.completions.create(**asked, seed=2, stream=True)
            pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
            return [answer.choices[0].message.content for answer in answers], "".join(pieces)

    answers, streamed = asyncio.run(several())
    assert len(set(answers)) > 1
    assert answers[2] == streamed


def test_it_misbehaves_as_told(speech):
    faults = {
        0: Fault(status=429, headers={"Retry-After": "7"}, body=b'{"error": {"message": "slow down"}}'),
        1: Fault(drop=20),
        2: Fault(body=b"no JSON", kind="text/plain"),
        3: Fault(change=lambda content: {**content, "model": "another"}),
        4: Fault(drop=250),
    }
    abilities = Abilities(key="right", context=3)
    with serving(speech, abilities=abilities, faults=lambda i, _: faults.get(i)) as served:
        client = openai.OpenAI(base_url=served.url, api_key="right", max_retries=0)
        asked = {"model": served.name, "prompt": "Le", "max_tokens": 5}
        with pytest.raises(openai.RateLimitError) as limited:
            client.completions.create(**asked)
        assert limited.value.response.headers["retry-after"] == "7"
        with pytest.raises(openai.APIConnectionError):
            client.completions.create(**asked)
        assert isinstance(client.completions.create(**asked), str)
        assert client.completions.create(**asked).model == "another"
        begun = client.completions.create(**asked, stream=True)
        assert next(begun).choices[0].text
        with pytest.raises(openai.APIConnectionError):
            list(begun)
        with pytest.raises(openai.BadRequestError) as refused:
            client.completions.create(**{**asked, "prompt": CORPUS})
        assert refused.value.code == "context_length_exceeded"
        with pytest.raises(openai.AuthenticationError):
            client.with_options(api_key="wrong").completions.create(**asked)
        assert len(served.asked) == 7
