"""Each filter finds its planted case, leaves its clean one, and keeps no value."""

import os

import pytest

from vidocq.core.errors import ConfigurationError
from vidocq.core.guarding import Action, Hit, Surface
from vidocq.core.language import Decoding, Prompt
from vidocq.core.text import Lang
from vidocq.filters.guard import Guard, PromptBlocked
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


def test_a_policy_is_read_by_the_name_of_its_file(tmp_path):
    (tmp_path / "policy.toml").write_text('schema = 1\n[[filters]]\nkind = "repetition"\n')
    assert read_policy(str(tmp_path / "policy.toml")).hash == read_policy(tmp_path / "policy.toml").hash
