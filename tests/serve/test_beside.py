"""What stands beside the texts of an answer, and what is cut over several of them, holds nothing planted either."""

import base64
import json
import random
import string
import struct
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.guarding import Action
from vidocq.core.spans import Category
from vidocq.filters.guard import Guard
from vidocq.filters.names import name_variants
from vidocq.filters.objected import Objected
from vidocq.filters.personal_data import PersonalData
from vidocq.filters.phrases import hashed
from vidocq.filters.requests import Requests
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import ROUTES, STREAMS
from vidocq.serve.surfaces import models
from vidocq.serve.surfaces.looking import Blocked, Looking

from guarding import EMAIL, FILLER, PHONE, holds

SECRET = b"a key of a list of names"
LIST = frozenset(hashed(each, SECRET) for each in name_variants("Zoé Fontarol"))
KINDS = (
    Category.EMAIL, Category.PHONE, Category.IBAN, Category.CARD, Category.NIR, Category.SIRET, Category.PERSON,
)  # fmt: skip
GUARD = Guard(
    [PersonalData(dict.fromkeys(KINDS, Action.MASK)), Objected(LIST, SECRET, Action.MASK), Requests()], hold=128
)
IBAN, CARD, NIR = "FR7630006000011234567890189", 4111111111111111, 255081416802538
CHAT, RESPONSES, EMBEDDINGS = (ROUTES[path] for path in ("/chat/completions", "/responses", "/embeddings"))


def looking(note=lambda surface, place, find: None):
    return Looking(GUARD, note)


def chat(message, **more):
    return CHAT.whole({"choices": [{"index": 0, "message": message, "finish_reason": "stop", **more}]}, looking())


def token(word, *others):
    tops = [{"token": each, "logprob": -0.5} for each in others]
    return {"token": word, "logprob": -1.0, **({"top_logprobs": tops} if others else {})}


@pytest.mark.parametrize("field", ["content", "refusal"])
@pytest.mark.parametrize("value", [None, "absent", [{"type": "text", "text": "hi"}], "other words"])
def test_log_probabilities_are_told_of_texts_that_were_looked_through_alone(field, value):
    message = {"role": "assistant"} if value == "absent" else {"role": "assistant", field: value}
    said = chat(message, logprobs={field: [token(PHONE, EMAIL)]})["choices"][0]
    assert said["logprobs"] is None
    assert chat(None, logprobs={field: [token(PHONE)]})["choices"][0]["logprobs"] is None
    ours = chat({field: "hi"}, logprobs={field: [token("hi")], "other": [token(PHONE)]})["choices"][0]
    assert ours["logprobs"] == {field: [token("hi")]}


def test_a_token_that_cannot_come_is_told_as_the_api_writes_it():
    given = [{"token": "hi", "logprob": -float("inf")}]
    assert chat({"content": "hi"}, logprobs={"content": given})["choices"][0]["logprobs"]["content"] == [
        {"token": "hi", "logprob": -9999.0}
    ]


@pytest.mark.parametrize("number", [CARD, float(CARD), -CARD, NIR, 33612345678, 73282932000074])
@pytest.mark.parametrize("place", ["extra", "usage", "metadata"])
def test_a_number_is_looked_through_as_its_digits(number, place):
    for whole in (CHAT.whole, models.whole, lambda content, _: looking().everything(content, "answer", "")):
        assert str(abs(int(number)))[:9] not in json.dumps(whole({place: {"n": [number]}}, looking()))


def test_the_name_of_its_field_says_what_a_number_is():
    assert looking().everything({"phone": 612345678, "size": 612345678}, "answer", "")["phone"] == "[téléphone]"
    kept = {"size": 612345678, "created": 1731422342, "seed": 123456789, "share": 0.123456789012, "zero": 10.0**300}
    assert looking().everything(kept, "answer", "") == kept


def test_a_persons_name_as_the_name_of_a_field_goes_and_stays_out_of_the_log():
    places = []
    said = looking(lambda surface, place, find: places.append(place)).everything(
        {"Sophie_Lefebvre": {"x": EMAIL}, "ZoeFontarol": 1, "zoe_fontarol": 2, "first_name": 3}, "answer", "metadata"
    )
    told = json.dumps([said, places]).lower()
    assert not any(part in told for part in ("lefebvre", "fontarol", "zoe"))
    assert said["first_name"] == 3
    assert places


ALNUM, HEX = string.ascii_letters + string.digits, "0123456789abcdef"


def made_marks(rng):
    """Marks as servers make them up."""

    def some(signs, length):
        return "".join(rng.choices(signs, k=length))

    date = f"{rng.randrange(2023, 2027)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return [
        f"chatcmpl-{some(ALNUM, 29)}", f"call_{some(ALNUM, 24)}", f"resp_{some(HEX, 48)}", f"msg_{some(HEX, 48)}",
        str(uuid.UUID(int=rng.getrandbits(128), version=4)), f"gen-{rng.randrange(10**9, 2 * 10**9)}-{some(ALNUM, 20)}",
        f"chatcmpl-{rng.randrange(10**12, 2 * 10**12)}", some(HEX, 32), f"gpt-4o-{date}", f"models/some-8b-{date.replace('-', '')}",
    ]  # fmt: skip


def test_marks_that_servers_make_up_pass():
    rng, seeing = random.Random(8), looking()
    for _ in range(60):
        for mark in made_marks(rng):
            assert seeing.field("id", mark, "answer", "") == mark


@pytest.mark.parametrize("mark", [IBAN, EMAIL, "tel:+33612345678", "A0612345678", "06-12-34-56-78", "zoe.fontarol"])
@pytest.mark.parametrize("name", ["id", "model", "call_id", "finish_reason", "type", "service_tier"])
def test_a_mark_that_is_an_identifier_does_not(mark, name):
    assert not holds(json.dumps(looking().field(name, mark, "answer", "")), mark)


@pytest.mark.parametrize(
    ("sealed", "passes"),
    [
        (base64.b64encode(random.Random(1).randbytes(200)).decode(), True),
        (base64.urlsafe_b64encode(random.Random(2).randbytes(200)).decode(), True),
        (IBAN, False),
        (base64.b64encode(f"{FILLER}{EMAIL}".encode()).decode(), False),
    ],
)
def test_what_is_sealed_passes_where_it_is_no_text(sealed, passes):
    item = {"type": "reasoning", "id": "r", "encrypted_content": sealed}
    said = RESPONSES.whole({"output": [item]}, looking())["output"][0]["encrypted_content"]
    assert (said == sealed) == passes


def vector(*numbers):
    return base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()


@pytest.mark.parametrize("embedding", [[0.1, -2, 0.0], vector(0.1, -2.5, 0.25), vector(*[0.01] * 400), vector()])
def test_vectors_pass(embedding):
    content = {"data": [{"index": 0, "embedding": embedding}]}
    assert EMBEDDINGS.whole(content, looking()) == content


@pytest.mark.parametrize(
    "embedding",
    ["0612345678", IBAN, str(CARD), "AAA=", "!", vector(float("nan")), [CARD], [33612345678.0], [float("inf")], ["x"], None],
    ids=str,
)  # fmt: skip
def test_what_is_no_vector_is_refused(embedding):
    with pytest.raises(Refusal):
        EMBEDDINGS.whole({"data": [{"index": 0, "embedding": embedding}]}, looking())


def parts(texts, kind="text"):
    return [{"type": kind, "text": each} for each in texts]


def whole_texts(said):
    return " ".join(each["text"] for each in said)


@settings(deadline=None, max_examples=25)
@given(at=st.integers(1, len(PHONE) - 1), value=st.sampled_from([PHONE, EMAIL, str(CARD)]))
def test_what_is_cut_over_the_parts_of_a_message_goes(at, value):
    texts = [f"{FILLER}Here: {value[:at]}", f"{value[at:]} and so on.", FILLER]
    asked = {"messages": [{"role": "user", "content": parts(texts)}]}
    answered = chat({"role": "assistant", "content": parts(texts)})["choices"][0]["message"]["content"]
    given_ = {"input": [{"role": "user", "content": parts(texts, "input_text")}]}
    output = [{"type": "message", "content": parts(texts, "output_text")}]
    for said in (
        CHAT.asked(asked, looking(), lets_unseen=False)["messages"][0]["content"],
        RESPONSES.asked(given_, looking(), lets_unseen=False)["input"][0]["content"],
        RESPONSES.whole({"output": output}, looking())["output"][0]["content"],
        answered,
    ):
        assert not holds(whole_texts(said), value)
        assert said[2]["text"] == FILLER
        assert said[0]["text"].startswith(f"{FILLER}Here: ")
        assert said[1]["text"].endswith(" and so on.")


def test_a_request_cut_over_two_parts_is_stopped():
    texts = ["What is the telephone number of ", "Sophie Lefebvre?"]
    with pytest.raises(Blocked):
        CHAT.asked({"messages": [{"role": "user", "content": parts(texts)}]}, looking(), lets_unseen=False)


def test_one_part_may_say_what_the_number_in_another_is():
    asked = {"messages": [{"role": "user", "content": parts(["My phone: ", "612345678"])}]}
    said = CHAT.asked(asked, looking(), lets_unseen=False)["messages"][0]["content"]
    assert whole_texts(said) == "My phone:  [téléphone]"
    asked["messages"][0]["content"] = parts(["Here: ", f"{FILLER}{EMAIL}"])
    places = []
    CHAT.asked(asked, looking(lambda surface, place, find: places.append(place)), lets_unseen=False)
    assert len(places) == 1


def test_parts_that_hold_nothing_stay_as_they_are():
    clean = [*parts([FILLER, "One more.", ""]), {"type": "text", "text": "And so on.", "x": [1]}]
    asked = {"messages": [{"role": "user", "content": clean}]}
    assert CHAT.asked(asked, looking(), lets_unseen=False) == asked


def spelt_by(choices, rank):
    """What the alternatives of a rank spell, one after the other."""
    told = [each for choice in choices if choice.get("logprobs") for each in choice["logprobs"]["content"]]
    return "".join(
        each["top_logprobs"][rank]["token"] for each in told if len(each.get("top_logprobs", [])) > rank
    ), "".join(each["token"] for each in told)


@pytest.mark.parametrize("rank", [0, 1])
def test_alternatives_in_a_row_do_not_spell_what_the_text_does_not(rank):
    others = [*"Call", *PHONE, *" now or write to ", *EMAIL, *" please. ", *FILLER]
    words = list((FILLER * 3)[: len(others)])
    given_ = [
        token(word, *((word, other) if rank else (other, word))) for word, other in zip(words, others, strict=True)
    ]
    text = "".join(words)
    whole = chat({"content": text}, logprobs={"content": given_})["choices"]
    stream, said = STREAMS["/chat/completions"](looking(), {}), []
    for at in range(0, len(words), 5):
        piece = {"index": 0, "delta": {"content": text[at : at + 5]}, "logprobs": {"content": given_[at : at + 5]}}
        said += stream.feed({"choices": [piece]})
    said += stream.feed({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    for choices in (whole, [each["choices"][0] for each in said]):
        spelt, told = spelt_by(choices, rank)
        assert told == text
        assert not holds(spelt, PHONE)
        assert not holds(spelt, EMAIL)
        assert spelt_by(choices, 1)[0]


def pieces(value, size=4):
    return [value[at : at + size] for at in range(0, len(value), size)]


CUT = {
    "head": lambda piece: {"x_text": piece, "choices": [{"index": 0, "delta": {"content": "a"}}]},
    "id": lambda piece: {"id": piece, "choices": [{"index": 0, "delta": {"content": "a"}}]},
    "choice": lambda piece: {"choices": [{"index": 0, "delta": {"content": "a"}, "note": {"x": piece}}]},
    "remark": lambda piece: {"choices": [{"index": 0, "delta": {"content": "a"}, "stop_reason": piece}]},
    "role": lambda piece: {"choices": [{"index": 0, "delta": {"role": piece}}]},
    "call": lambda piece: {"choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0, "id": piece, "type": piece}]}}]},
    "field": lambda piece: {"choices": [{"index": 0, "delta": {piece: None}}]},
    "usage": lambda piece: {"choices": [], "usage": {"note": piece, piece: 1}},
}  # fmt: skip


@pytest.mark.parametrize("where", CUT)
@pytest.mark.parametrize("value", ["0612345678", "zoefontarol"])
def test_no_field_of_a_stream_tells_a_value_piece_by_piece(where, value):
    for path in ("/chat/completions", "/completions"):
        stream = STREAMS[path](looking(), {})
        said = [each for piece in pieces(value) for each in stream.feed(CUT[where](piece))] + stream.close()
        assert len(set(strings_in(said)) & set(pieces(value))) <= 1


def strings_in(content):
    if isinstance(content, dict):
        return [word for name, each in content.items() for word in [name, *strings_in(each)]]
    if isinstance(content, list):
        return [word for each in content for word in strings_in(each)]
    return [content] if isinstance(content, str) else []


EVENTS = {
    "unknown": lambda piece: {"type": "response.foo.piece", "text": piece},
    "unknown delta": lambda piece: {"type": "response.foo.delta", "delta": piece},
    "field": lambda piece: {"type": "response.output_item.added", "output_index": 0, "note": piece, "item": {"type": "message"}},
    "id": lambda piece: {"type": "response.output_text.delta", "item_id": piece, "output_index": 0, "delta": FILLER},
    "name of an event": lambda piece: {"type": f"response.created\n\ndata: {piece}", "response": {}},
}  # fmt: skip


@pytest.mark.parametrize("where", EVENTS)
def test_no_event_of_a_response_tells_a_value_piece_by_piece(where):
    stream = STREAMS["/responses"](looking(), {})
    said = [each for piece in pieces("0612345678") for each in stream.feed(EVENTS[where](piece))]
    assert len(set(strings_in(said)) & set(pieces("0612345678"))) <= 1


def test_a_response_that_never_comes_to_its_end_is_an_error():
    stream = STREAMS["/responses"](looking(), {})
    stream.feed({"type": "response.output_text.delta", "item_id": "m", "output_index": 0, "delta": "Held back."})
    with pytest.raises(Refusal):
        stream.close()
