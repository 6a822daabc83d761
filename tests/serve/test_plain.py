"""JSON: no number changes on its way, and what is no number is told from what is."""

import math

import pytest

from vidocq.serve import plain

LONG = 123456789012345678901234567890


def test_whole_numbers_of_any_length_stay_as_they_are():
    for read in (plain.read, plain.answered):
        assert read(b'{"n": %d}' % LONG) == {"n": LONG}
    assert plain.write({"n": LONG, "é": "é"}) == f'{{"n":{LONG},"é":"é"}}'.encode()


def test_numbers_that_are_none_are_read_from_servers_alone():
    found = plain.answered(b'{"logprob": -Infinity, "x": NaN, "text": "Infinity"}')
    assert found["logprob"] == -math.inf
    assert found["text"] == "Infinity"
    assert plain.write(found) == b'{"logprob":null,"x":null,"text":"Infinity"}'
    with pytest.raises(ValueError, match="number"):
        plain.read(b'{"x": NaN, "n": %d}' % LONG)


@pytest.mark.parametrize(
    "body",
    [
        b'{"x": NaN',
        b'["\\ud800", NaN]',
        b'["\\ud800", %d]' % LONG,
        b"[" * 5000 + b"%d" % LONG,
        b'["\xff", NaN]',
        b"[NaN] x",
    ],
)
def test_what_is_no_json_is_refused_on_every_way(body):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reason
        plain.answered(body)
