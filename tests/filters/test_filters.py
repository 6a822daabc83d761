"""Each filter finds its planted case, leaves its clean one, and keeps no value."""

import asyncio
import os

import pytest

from vidocq.core.errors import ConfigurationError
from vidocq.core.guarding import Action, Hit, Surface
from vidocq.core.language import Decoding, Prompt
from vidocq.core.text import Lang
from vidocq.filters.guard import BudgetNotKept, Guard, Paused, PromptBlocked
from vidocq.filters.masking import written
from vidocq.filters.phrases import write_phrases
from vidocq.filters.policy import read_policy
from vidocq.filters.wrapping import GuardedModel

KEY = bytes(range(32))


def test_what_stands_in_the_place_of_a_find():
    hit = Hit(0, 5, "personal-data", "email", Action.MASK)
    assert written(hit, Lang.fr) == "[adresse électronique]"
    assert written(hit._replace(action=Action.REPLACE), Lang.en) == "person@example.invalid"
    assert written(Hit(0, 5, "objected", "objected", Action.MASK), Lang.en) == "[name]"


POLICY = """
schema = 1
lang = "en"
[[filters]]
kind = "personal-data"
actions = { card = "block" }
[[filters]]
kind = "requests"
"""


def policy_of(tmp_path, text):
    path = tmp_path / "policy.toml"
    path.write_text(text)
    return read_policy(path)


def test_a_policy_is_what_its_file_says(tmp_path):
    guard = Guard.of(policy_of(tmp_path, POLICY))
    assert guard.check("Call 06 12 34 56 78 now", Surface.ANSWER).text == "Call [telephone] now"
    assert guard.check("Pay with 4970 1000 0000 0154 now", Surface.ANSWER).text == "Pay with "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 2", "schema"),
        ("schema = 1\nhold_back = 3", "hold_back"),
        ("schema = 1\n[[filters]]\nkind = 'none'", "filters"),
        ("schema = 1\n[[filters]]\nkind = 'personal-data'\ncolour = 1", "colour"),
        ("schema = 1\nhold_back = 100\n[[filters]]\nkind = 'verbatim'\ngrams = 'g'\ncharacters = 90", "hold_back"),
        ("schema = ", "TOML"),
    ],
)
def test_a_policy_that_says_something_else_is_refused(tmp_path, text, said):
    with pytest.raises(ConfigurationError, match=said):
        policy_of(tmp_path, text)


def test_a_policy_that_names_what_is_not_there_is_refused_when_it_is_put_to_work(tmp_path, monkeypatch):
    verbatim = policy_of(tmp_path, "schema = 1\n[[filters]]\nkind = 'verbatim'\ngrams = 'absent'")
    with pytest.raises(ConfigurationError, match="filter of grams"):
        Guard.of(verbatim)
    write_phrases(tmp_path / "l", ["x"], key=KEY, kind="objected")
    listed = policy_of(tmp_path, "schema = 1\n[[filters]]\nkind = 'objected'\nlist = 'l'\nkey = 'VIDOCQ_TEST_KEY'")
    monkeypatch.delenv("VIDOCQ_TEST_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="not in the environment"):
        Guard.of(listed)
    monkeypatch.setenv("VIDOCQ_TEST_KEY", KEY.hex())
    Guard.of(listed)
    assert os.environ["VIDOCQ_TEST_KEY"] not in str(listed.describe())


class Tells:
    def __init__(self):
        self.asked = []

    def describe(self):
        return {"kind": "tells"}

    def write(self, prompts, *, decoding, times, most_tokens, seed):
        self.asked += prompts
        return [["Call 06 12 34 56 78 now"] * times for _ in prompts]


def test_a_function_and_a_model_behind_a_guard(tmp_path):
    guard = Guard.of(policy_of(tmp_path, POLICY))
    say = guard.wrap(lambda prompt, more="": f"{prompt}{more} 06 12 34 56 78")
    assert say("Call", more=":") == "Call: [telephone]"
    with pytest.raises(PromptBlocked):
        say("What is the phone number of Mr John Whitfield?")
    model = Tells()
    prompts = [Prompt(text="hello"), Prompt(text="What is the phone number of Mr John Whitfield?")]
    answers = GuardedModel(model, guard).write(prompts, decoding=Decoding(), times=2, most_tokens=9, seed=1)
    assert answers == [["Call [telephone] now"] * 2, ["", ""]]
    assert [prompt.text for prompt in model.asked] == ["hello"]


def after(policy_text, tmp_path):
    return Guard.of(policy_of(tmp_path, policy_text))


def test_whatever_gives_text_is_looked_through(tmp_path):
    guard = after(POLICY, tmp_path)
    answer = "Call 06 12 34 56 78 now" + " and rest" * 60

    async def later(prompt):
        return answer

    def promise(prompt):
        return later(prompt)

    def pieces(prompt):
        yield from (answer[at : at + 3] for at in range(0, len(answer), 3))

    async def pieces_later(prompt):
        for piece in pieces(prompt):
            yield piece

    async def stream_later(prompt):
        return pieces_later(prompt)

    async def gathered(stream):
        return [piece async for piece in stream]

    said = answer.replace("06 12 34 56 78", "[telephone]")
    assert asyncio.run(guard.wrap(later)("hello")) == said
    assert asyncio.run(guard.wrap(promise)("hello")) == said
    streams = [
        list(guard.wrap(pieces)("hello")),
        asyncio.run(gathered(guard.wrap(pieces_later)("hello"))),
        asyncio.run(_stream(guard.wrap(stream_later)("hello"), gathered)),
    ]
    for stream in streams:
        assert "".join(stream) == said
        assert len(stream) > 1


async def _stream(awaited, gathered):
    return await gathered(await awaited)


def test_a_stream_ends_where_it_is_blocked_and_its_source_is_closed(tmp_path):
    closed = []

    def endless(prompt):
        try:
            yield "Pay with 4970 1000 0000 0154 now"
            while True:
                yield " and so on"
        finally:
            closed.append(True)

    assert "".join(after(POLICY, tmp_path).wrap(endless)("hello")) == "Pay with "
    assert closed


@pytest.mark.parametrize("answer", [None, ["06 12 34 56 78"], {"text": "x"}, b"x"])
def test_what_is_no_text_is_refused_by_its_kind(tmp_path, answer):
    guard = after(POLICY, tmp_path)
    with pytest.raises(ConfigurationError, match=type(answer).__name__):
        guard.wrap(lambda prompt: answer)("hello")
    with pytest.raises(ConfigurationError, match=type(answer).__name__):
        list(guard.wrap(lambda prompt: iter([answer]))("hello"))
    with pytest.raises(ConfigurationError, match="prompt"):
        guard.wrap(lambda prompt: "")(answer)


def test_a_paused_policy_stops_what_is_wrapped_and_an_unkept_budget_is_told(tmp_path):
    paused = after("schema = 1\n[stop]\npaused = true", tmp_path).wrap(lambda prompt: pytest.fail("asked"))
    with pytest.raises(Paused, match="paused"):
        paused("hello")
    with pytest.warns(BudgetNotKept, match="only `vidocq guard`"):
        kept = after("schema = 1\n[budget]\nqueries = 1", tmp_path).wrap(str.upper)
    assert kept("hello") == "HELLO"


def test_a_policy_is_read_by_the_name_of_its_file(tmp_path):
    (tmp_path / "policy.toml").write_text('schema = 1\n[[filters]]\nkind = "repetition"\n')
    assert read_policy(str(tmp_path / "policy.toml")).hash == read_policy(tmp_path / "policy.toml").hash
