"""Whatever JSON comes, in whatever pieces: an answer that can be said, or a refusal; a planted value never leaves."""

import codecs
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.errors import ModelError
from vidocq.core.guarding import Action
from vidocq.core.spans import Category
from vidocq.filters.guard import Guard
from vidocq.filters.personal_data import PersonalData
from vidocq.serve import plain
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import ROUTES, STREAMS
from vidocq.serve.sse import LARGEST_EVENT, Event, Events, written
from vidocq.serve.surfaces import models
from vidocq.serve.surfaces.looking import Blocked, Looking

from guarding import EMAIL, FILLER, PHONE, holds

GUARD = Guard([PersonalData(dict.fromkeys((Category.EMAIL, Category.PHONE), Action.MASK))], hold=128)
STERN = Guard([PersonalData(dict.fromkeys((Category.EMAIL, Category.PHONE), Action.BLOCK))], hold=128)
PLANTED = re.compile(re.escape(EMAIL) + "|" + re.escape(PHONE))
NAMES = [
    "choices", "index", "delta", "message", "content", "text", "role", "tool_calls", "function", "function_call", "custom",
    "name", "arguments", "input", "id", "type", "finish_reason", "logprobs", "token", "tokens", "top_logprobs", "bytes",
    "token_logprobs", "text_offset", "usage", "model", "output", "item", "part", "response", "output_index", "messages",
    "prompt", "suffix", "instructions", "error", "incomplete_details", "data", "embedding", "refusal", "reasoning",
    "encrypted_content", "annotation", "status", "stop_reason", "item_id", "token_ids", "audio", "summary_index",
]  # fmt: skip
KINDS = [
    "message", "text", "function_call", "reasoning", "response.created", "response.completed", "response.output_text.delta",
    "response.output_text.done", "response.function_call_arguments.delta", "response.function_call_arguments.done",
    "response.output_item.done", "response.content_part.done", "response.image_generation_call.partial_image", "error",
]  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 200), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([EMAIL, PHONE, f"Call {PHONE} now.", f"{FILLER}{EMAIL} ", "", "stop", "assistant", *KINDS]), st.text(max_size=6),
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.sampled_from([EMAIL, PHONE]), inside, max_size=4)
    ),
    max_leaves=24,
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6)
CHOICES = st.fixed_dictionaries(
    {"index": st.sampled_from([0, 0, 0, 1, "0", None, -1, {}, []])},
    optional=dict.fromkeys(("delta", "message", "text", "logprobs", "finish_reason", "stop_reason", "audio"), JSON),
)
CHUNKS = OBJECTS | st.builds(
    lambda rest, choices: {**rest, "choices": choices}, OBJECTS, st.lists(CHOICES, max_size=3)
)
EVENTS = st.builds(lambda rest, kind: {**rest, "type": kind}, OBJECTS, st.sampled_from(KINDS))


def looking(guard=GUARD):
    return Looking(guard, lambda surface, place, find: None)


def clean(said):
    """Nothing planted stands in it; written as it would be."""
    assert PLANTED.search(json.dumps(said, ensure_ascii=False)) is None
    plain.write(said)


@settings(deadline=None, max_examples=60)
@given(content=OBJECTS, path=st.sampled_from(sorted(ROUTES)), guard=st.sampled_from([GUARD, STERN]))
def test_a_request_of_any_shape(content, path, guard):
    try:
        clean(ROUTES[path].asked(content, looking(guard), lets_unseen=False))
    except (Refusal, Blocked):
        return


@settings(deadline=None, max_examples=80)
@given(content=CHUNKS, path=st.sampled_from(sorted(ROUTES)), guard=st.sampled_from([GUARD, STERN]))
def test_an_answer_of_any_shape(content, path, guard):
    for whole in (ROUTES[path].whole, models.whole):
        try:
            clean(whole(content, looking(guard)))
        except (Refusal, Blocked):
            continue


@settings(deadline=None, max_examples=120)
@given(
    chunks=st.lists(CHUNKS | EVENTS, max_size=4),
    path=st.sampled_from(sorted(STREAMS)),
    guard=st.sampled_from([GUARD, STERN]),
    request=OBJECTS,
)
def test_a_stream_of_any_shape(chunks, path, guard, request):
    stream = STREAMS[path](looking(guard), {**request, "n": 1})
    try:
        for each in chunks:
            clean(stream.feed(each))
        clean(stream.close())
        assert stream.is_over in (True, False)
    except (Refusal, Blocked):
        return


@settings(deadline=None, max_examples=200)
@given(
    parts=st.lists(
        st.binary(max_size=12) | st.sampled_from([b"data: x\n\n", b"\r\n", b"\n", b"data", b": "]), max_size=20
    )
)
def test_any_bytes_are_events_or_refused(parts):
    events = Events()
    try:
        for part in parts:
            assert all(isinstance(event, Event) for event in events.feed(part))
    except ModelError:
        return


@settings(deadline=None, max_examples=60)
@given(
    data=st.lists(
        st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=9), max_size=6
    ),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from([b"", codecs.BOM_UTF8]),
    cuts=st.lists(st.integers(1, 7), min_size=1),
)
def test_events_come_out_however_their_bytes_are_cut(data, end, mark, cuts):
    sent = mark + "".join(f"event: e{end}data: {each}{end}{end}" for each in data).encode()
    events, found, at = Events(), [], 0
    while at < len(sent):
        size = cuts[at % len(cuts)]
        found += events.feed(sent[at : at + size])
        at += size
    assert found == [Event("e", each) for each in data if each]
    assert events.is_between


def test_lines_of_one_event_are_put_together_and_comments_left_out():
    found = list(Events().feed(b": ping\n\ndata: a\nid: 1\ndata:b\n\ndata: c"))
    assert found == [Event("", "a\nb")]
    assert list(Events().feed(written(b"{}", name="x"))) == [Event("x", "{}")]
    with pytest.raises(ModelError):
        written(b"{}", name="x\n\ndata: y")


@pytest.mark.parametrize("piece", [b"data: " + b"x" * 1000, b"x" * 1000, b"data: x\n" * 125])
def test_an_event_without_an_end_is_refused(piece):
    events = Events()

    def feed():
        for _ in range(LARGEST_EVENT // 1000 + 2):
            list(events.feed(piece))

    with pytest.raises(ModelError):
        feed()


def chat_chunk(text, name="content"):
    if name == "arguments":
        delta = {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": text}}]}
    else:
        delta = {name: text}
    return {"id": "c", "choices": [{"index": 0, "delta": delta}]}


PIECES = {
    "/chat/completions content": (chat_chunk, ("delta", "content")),
    "/chat/completions reasoning_content": (lambda text: chat_chunk(text, "reasoning_content"), ("delta",)),
    "/chat/completions arguments": (lambda text: chat_chunk(text, "arguments"), ("arguments",)),
    "/completions": (lambda text: {"choices": [{"index": 0, "text": text}]}, ("text",)),
    "/responses": (
        lambda text: {"type": "response.output_text.delta", "item_id": "m", "output_index": 0, "delta": text},
        ("delta",),
    ),
}


def every_text(content, found):
    """All texts of what was said, one after the other."""
    if isinstance(content, str):
        found.append(content)
    for each in content.values() if isinstance(content, dict) else content if isinstance(content, list) else []:
        every_text(each, found)
    return "".join(found)


@pytest.mark.parametrize("kind", PIECES)
@settings(deadline=None, max_examples=15)
@given(cuts=st.lists(st.integers(1, 30), min_size=1, max_size=12), value=st.sampled_from([EMAIL, PHONE]))
def test_a_find_never_leaves_however_it_is_cut_into_chunks(kind, cuts, value):
    make, text, at, turn = PIECES[kind][0], f"{FILLER * 2}Here: {value} . {FILLER * 2}", 0, 0
    stream = STREAMS[kind.split()[0]](looking(), {})
    said = []
    while at < len(text):
        size = cuts[turn % len(cuts)]
        said += stream.feed(make(text[at : at + size]))
        at, turn = at + size, turn + 1
    if kind == "/responses":
        said += stream.feed({"type": "response.output_text.done", "item_id": "m", "output_index": 0, "text": text})
        said += stream.feed({"type": "response.completed", "response": {"id": "r", "output": []}})
    said += stream.close()
    assert not holds(every_text(said, []), value)
    told = "".join(every_text(each, []) for each in said)
    assert "The committee will look at the file" in told
    assert "[e-mail address]" in told or "[adresse électronique]" in told or "[téléphone]" in told


def test_the_name_of_a_field_is_looked_through_too():
    clean(ROUTES["/chat/completions"].whole({"choices": [{"message": {EMAIL: None}, PHONE: 1}], EMAIL: 1}, looking()))


def test_names_of_fields_that_hold_values_stay_out_of_the_places_in_the_log():
    places = []
    seeing = Looking(GUARD, lambda surface, place, find: places.append(place))
    ROUTES["/chat/completions"].asked(
        {"messages": [{EMAIL: EMAIL}], "metadata": {PHONE: PHONE}}, seeing, lets_unseen=False
    )
    assert places
    assert all(EMAIL not in place and PHONE not in place for place in places)


@settings(deadline=None, max_examples=25)
@given(
    parts=st.lists(
        st.sampled_from([FILLER, f"Write to {EMAIL}, ", f"or call {PHONE} . ", "0 6 1 2 ", "12 ; 34. "]), max_size=8
    ),
    cuts=st.lists(st.integers(1, 40), min_size=1, max_size=9),
    guard=st.sampled_from([GUARD, STERN]),
    path=st.sampled_from(["/chat/completions", "/completions"]),
)
def test_a_stream_says_and_ends_as_the_whole_does(parts, cuts, guard, path):
    text, is_chat = "".join(parts), path == "/chat/completions"

    def choice(said, reason, name):
        return {"index": 0, "finish_reason": reason, **({name: {"content": said}} if is_chat else {"text": said})}

    whole = ROUTES[path].whole({"choices": [choice(text, "stop", "message")]}, looking(guard))["choices"][0]
    stream, said, at, turn = STREAMS[path](looking(guard), {}), [], 0, 0
    while at < len(text):
        size = cuts[turn % len(cuts)]
        said += stream.feed({"choices": [choice(text[at : at + size], None, "delta")]})
        at, turn = at + size, turn + 1
    said += stream.feed({"choices": [choice("", "stop", "delta")]})
    assert stream.close() == []
    ends = [each["choices"][0] for each in said]
    told = "".join((each["delta"].get("content", "") if is_chat else each["text"]) for each in ends)
    assert told == (whole["message"]["content"] if is_chat else whole["text"])
    assert ends[-1]["finish_reason"] == whole["finish_reason"]
    assert stream.is_complete
    assert stream.is_over == (whole["finish_reason"] == "content_filter")
