"""How likely an OpenAI-compatible server says the tokens of a text are, where it gives the text back (`echo`)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import SignalError
from vidocq.targets.served.mapping import WHERE
from vidocq.targets.served.openai_answers import choices_in, malformed, usage_in, whole_number

BROKEN = "\ufffd"
"""What servers show of a token that holds a part of a character."""
ABOVE = 1e-3
"""By how much rounding may lift a log-probability above 0."""
SAME = 1e-6
"""A token this close to the likeliest one is it."""


@dataclass(frozen=True, eq=False)
class Echo:
    """How likely a model finds the tokens of a text, without the text.

    logprob  (t,) nats; NaN for a first token that nothing predicts.
    top      (t,) bool: no token was likelier.
    ends     (t,) bytes of the text up to the end of each; (0,) where the server does not show where tokens end.
    sent     bytes of the text that the model was given.
    """

    logprob: FloatArray
    top: BoolArray
    ends: IntArray
    sent: int

    @property
    def told(self) -> BoolArray:
        return ~np.isnan(self.logprob)

    @property
    def is_aligned(self) -> bool:
        return len(self.ends) == len(self.logprob)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"logprob": self.logprob, "top": self.top, "ends": self.ends, "sent": np.array(self.sent)}

    @classmethod
    def of(cls, kept: Mapping[str, NDArray[Any]]) -> "Echo":
        return cls(kept["logprob"], kept["top"], kept["ends"], int(kept["sent"]))


@dataclass(frozen=True)
class _Piece:
    """What a server tells of one token. text: its bytes, None if they are not shown. best: the likeliest one's."""

    text: bytes | None
    logprob: float | None
    best: float | None


def echo_in(content: Any, *, text: str, asked: int) -> Echo:
    """What an answer tells of the text that was sent, with `asked` tokens to be written after it.

    Raises Passing for what is no answer, SignalError where the server does not tell what was asked.
    """
    choice = choices_in(content, at_most=1)[0]
    pieces, data = _pieces(choice.get("logprobs")), text.encode()
    first, ends = _aligned(pieces, data)
    if ends is None:
        _require_echoed(choice, text)
        first, count = 0, _given(content, len(pieces), asked)
    else:
        count = len(ends)
    of_text = pieces[first : first + count]
    if not of_text or any(piece.logprob is None for piece in of_text[1:]):
        raise _untold("leaves out log-probabilities of tokens of the text")
    if any(piece.best is None for piece in of_text if piece.logprob is not None):
        raise _untold("does not tell the likeliest token's log-probability")
    logprob = np.array([math.nan if piece.logprob is None else min(piece.logprob, 0.0) for piece in of_text])
    best = np.array([math.inf if piece.best is None else piece.best for piece in of_text])
    return Echo(logprob, logprob >= best - SAME, np.array(ends or [], dtype=np.int64), len(data))


def _pieces(told: Any) -> list[_Piece]:
    """In either shape: lists side by side, as completions have it, or one object for each token, as chats have it."""
    if not isinstance(told, dict):
        raise _untold("leaves out log-probabilities")
    if isinstance(told.get("content"), list):
        return [_of_object(one) for one in told["content"]]
    values = told.get("token_logprobs")
    if not isinstance(values, list):
        raise _untold("leaves out log-probabilities")
    tokens, tops = (_beside(told.get(name), len(values)) for name in ("tokens", "top_logprobs"))
    return [
        _Piece(_bytes(token), _logprob(value), _best(top.values() if isinstance(top, dict) else ()))
        for token, value, top in zip(tokens, values, tops, strict=True)
    ]


def _of_object(one: Any) -> _Piece:
    if not isinstance(one, dict):
        raise malformed("told log-probabilities in a shape that is not known")
    shown, tops = one.get("bytes"), one.get("top_logprobs")
    exact = bytes(shown) if isinstance(shown, list) and all(whole_number(b) in range(256) for b in shown) else None
    listed = [top.get("logprob") for top in tops if isinstance(top, dict)] if isinstance(tops, list) else []
    return _Piece(_bytes(one.get("token")) if exact is None else exact, _logprob(one.get("logprob")), _best(listed))


def _beside(items: Any, count: int) -> Sequence[Any]:
    if items is None:
        return [None] * count
    if not isinstance(items, list) or len(items) != count:
        raise malformed("told log-probabilities and tokens in different numbers")
    return items


def _best(values: Any) -> float | None:
    known = [value for value in map(_logprob, values) if value is not None]
    return max(known) if known else None


def _logprob(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 < value <= ABOVE:
        raise malformed("told a log-probability that is none")
    return float(value)


def _bytes(token: Any) -> bytes | None:
    """The bytes of a token; some servers write those of half a character as text, `bytes:\\xe2\\x80`."""
    if not isinstance(token, str) or BROKEN in token:
        return None
    if token.startswith("bytes:\\x"):
        try:
            return bytes.fromhex(token.removeprefix("bytes:").replace("\\x", ""))
        except ValueError:
            return None
    return token.encode("utf-8", "replace")


def _aligned(pieces: Sequence[_Piece], data: bytes) -> tuple[int, list[int] | None]:
    """Where the text's first token stands, and the bytes up to the end of each of its tokens; None if they do not fit.

    A token that the server put before the text is left out, and so are those that it wrote after it.
    """
    for first in (0, 1) if pieces and pieces[0].text else (1,):
        ends = _ends(pieces[first:], data)
        if ends is not None:
            return first, ends
    return 0, None


def _ends(pieces: Sequence[_Piece], data: bytes) -> list[int] | None:
    ends: list[int] = []
    at = 0
    for piece in pieces:
        if at == len(data):
            break
        if piece.text is None or not data.startswith(piece.text, at):
            return None
        at += len(piece.text)
        ends.append(at)
    return ends if at == len(data) else None


def _require_echoed(choice: Mapping[str, Any], text: str) -> None:
    given = choice.get("text")
    if not isinstance(given, str) or not given.startswith(text):
        raise _untold("does not give the text back, and tells log-probabilities of what it writes alone")


def _given(content: Any, told: int, asked: int) -> int:
    """Tokens of the text, where their own texts do not tell: as the usage has it, else all but those to be written."""
    usage = usage_in(content)
    if usage is not None and not 0 <= told - usage.given <= asked:
        raise _untold("tells log-probabilities of another number of tokens than the text has")
    return told - asked if usage is None else usage.given


def _untold(what: str) -> SignalError:
    return SignalError(
        f"the endpoint {what}",
        where=WHERE,
        fix='set logprobs = false to attack it by its texts alone, or serve completions with "echo" and "logprobs"',
    )
