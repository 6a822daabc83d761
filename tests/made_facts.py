"""Facts of every kind: incomplete, contradictory, with references to items that are not there."""

import datetime
import types
import typing

from hypothesis import strategies as st
from pydantic import BaseModel

from vidocq.core.status import Status
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts

IDS = ("a", "b", "absent")
HASHES = ("0" * 64, "1" * 64)
SPECIAL = {
    "sha256": st.sampled_from(HASHES),
    "country": st.sampled_from(["FR", "US", "CH", "BR"]),
    "actor": st.sampled_from(IDS),
    "model": st.sampled_from(IDS),
    "base_model": st.sampled_from(IDS),
    "trained_on": st.lists(st.sampled_from(IDS), max_size=2),
    "datasets": st.lists(st.sampled_from(IDS), max_size=2),
    "differential_privacy_epsilon": st.floats(0.1, 100, allow_nan=False),
}
LISTS = ("datasets", "models", "releases", "actors", "operations")


def _values(hint, name):
    """Plain values for one type of a fact; None among them where the fact may be missing."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([_values(each, name) for each in arguments])
    if hint is type(None):
        return st.none()
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return group(hint)
    if name in SPECIAL:
        return SPECIAL[name]
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_values(arguments[0], ""), max_size=2)
    return {
        bool: st.booleans(),
        int: st.integers(0, 10**9),
        float: st.floats(0.1, 100, allow_nan=False),
        str: st.sampled_from(["", "text"]),
        datetime.date: st.dates().map(str),
        datetime.datetime: st.datetimes().map(str),
    }[hint]


def group(model):
    """One group of facts as plain content, any of them missing."""
    hints = typing.get_type_hints(model)
    needed = {name: _values(hints[name], name) for name in ("actor",) if name in hints}
    optional = {
        name: _values(hint, name)
        for name, hint in hints.items()
        if name in model.model_fields and name not in {"id", "actor"}
    }
    return st.fixed_dictionaries(needed, optional=optional)


@st.composite
def facts(draw):
    """Facts with up to two items in each list."""
    content = {}
    for name, field in Facts.model_fields.items():
        if name not in LISTS:
            content[name] = draw(group(field.annotation))
        elif draw(st.integers(0, 9)):
            (item,) = {each for each in typing.get_args(field.annotation) if each is not type(None)}
            made = draw(st.lists(group(typing.get_args(item)[0]), max_size=2))
            content[name] = [{**each, "id": "ab"[place]} for place, each in enumerate(made)]
    return read_facts(content)


@st.composite
def evidence(draw):
    pieces = st.builds(
        Piece,
        measurement=st.sampled_from(
            ["audit", "structure", "lira", "index-repetition", "scan-identifiers", "scan-offences", "guard-evasion"]
        ),
        subject=st.sampled_from(["models.a", "models.b", "datasets.a", ""]),
        scope=st.sampled_from(["model", "system"]),
        access=st.sampled_from(["labels", "top_k", "text", "probabilities", "logprobs", "weights", ""]),
        status=st.sampled_from(list(Status)),
        figures=st.sampled_from(
            [{}, {"categories": {"email": {"count": 2}}}, {"categories": {"email": {"count": "x"}, "phone": 1}}]
        ),
        at=st.sampled_from(["", "2026-06-01T00:00:00Z"]),
        inputs=st.sampled_from([{}, {"model": HASHES[0]}, {"model": HASHES[1]}, {"guard": HASHES[1]}]),
        suite=st.sampled_from(["", "quick", "quick 2", "quick 3"]),
    )
    return Evidence(tuple(draw(st.lists(pieces, max_size=4))))


def without(content, path):
    """Plain content of facts without the fact at `path`; items of lists go by their id, or by their actor."""
    head, _, rest = path.partition(".")
    if isinstance(content, list):
        return [without(each, rest) if head in (each.get("id"), each.get("actor")) else each for each in content]
    if not rest:
        return {name: value for name, value in content.items() if name != head}
    return {name: without(value, rest) if name == head else value for name, value in content.items()}
