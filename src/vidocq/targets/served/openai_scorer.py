"""A served language model that also tells how likely it finds the tokens of a text, where completions give it back.

What it does not tell is the whole distribution over the next token: `mean` and `spread` are NaN, and a continuation has
a closed form only where decoding leaves the model's own probabilities as they are, or always takes the likeliest token.
"""

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from vidocq.core.arrays import FloatArray
from vidocq.core.canonical import content_hash, sha256
from vidocq.core.errors import ConfigurationError, ModelError, SignalError
from vidocq.core.language import Decoding, Passage, Prompt
from vidocq.core.token_signals import TokenSignals
from vidocq.engine.store import Store
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_echo import Echo, echo_in
from vidocq.targets.served.openai_exchange import TooLong, Unwilling, Withheld
from vidocq.targets.served.openai_terms import Form, OpenAiTerms, whole

SHORTENED = 0.75
"""What is left of a text that is longer than the model's context, until it fits."""
BYTES_PER_TOKEN = 8
"""So many bytes for each token wanted are read of a text at first."""
RESUMED_SAMPLE = 4
"""Texts read again when an audit that was stopped goes on."""
DRIFT = 0.1
"""Nats by which the mean log-probability of a text may differ between two readings of one model."""


class OpenAiScorer:
    """`ScoresTexts` and `ScoresContinuations` over completions with `echo` and `logprobs`."""

    def __init__(self, model: OpenAiModel) -> None:
        """Raises ConfigurationError if the model is not asked for completions."""
        if "completion" not in model.forms:
            raise ConfigurationError(
                "log-probabilities of a text are told by completions alone",
                where="[model.openai] logprobs",
                fix='set form = "completion", or logprobs = false',
            )
        self.model = model
        self._most = 0  # tokens written after the text, by servers that write one at least
        self._earlier: dict[str, Echo] = {}
        self._fresh: set[str] = set()
        self._same: bool | None = None

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def forms(self) -> tuple[Form, ...]:
        return self.model.forms

    @property
    def endpoint(self) -> Endpoint:
        return self.model.endpoint

    @property
    def terms(self) -> OpenAiTerms:
        return self.model.terms

    def describe(self) -> dict[str, Any]:
        return {**self.model.describe(), "logprobs": True}

    def require_ready(self) -> None:
        self.model.require_ready()

    def opened(
        self, *, store: Store | None = None, audit: str = "", answered: Callable[[], None] | None = None
    ) -> "OpenAiScorer":
        """As `OpenAiModel.opened`."""
        return OpenAiScorer(self.model.opened(store=store, audit=audit, answered=answered))

    def close(self) -> None:
        self.model.close()

    def account(self) -> dict[str, Any]:
        return self.model.account()

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        """As `OpenAiModel.write`."""
        return self.model.write(prompts, decoding=decoding, times=times, most_tokens=most_tokens, seed=seed)

    def read(self, texts: Sequence[str]) -> TokenSignals:
        """Each text by itself, shortened until the model's context holds it. Raises ModelError, SignalError."""
        whole_texts = [whole(text) for text in texts]
        echoes = self._echoes(whole_texts)
        sent = [text.encode()[: echo.sent] for text, echo in zip(whole_texts, echoes, strict=True)]
        told = [echo.told for echo in echoes]
        start = np.concatenate([[0], np.cumsum([kept.sum() for kept in told])]).astype(np.int64)
        unknown = np.full(start[-1], np.nan)
        return TokenSignals(
            start=start,
            logprob=np.concatenate([np.empty(0), *(e.logprob[k] for e, k in zip(echoes, told, strict=True))]),
            mean=unknown,
            spread=unknown.copy(),
            top=np.concatenate([np.empty(0, dtype=bool), *(e.top[k] for e, k in zip(echoes, told, strict=True))]),
            base=unknown.copy(),
            bytes=np.array([len(data) for data in sent], dtype=np.int64),
            zipped=np.array([len(zlib.compress(data)) for data in sent], dtype=np.int64),
        )

    def passages(self, texts: Sequence[str], *, prefix: int, suffix: int) -> list[Passage | None]:
        """As the server cuts tokens; None as well where it does not show where, or cuts the piece by itself otherwise."""
        wanted = prefix + suffix
        starts = [_beginning(whole(text), BYTES_PER_TOKEN * wanted) for text in texts]
        echoes = self._echoes(starts)
        short = [
            i for i, echo in enumerate(echoes) if len(echo.ends) <= wanted and len(starts[i]) < len(whole(texts[i]))
        ]
        for i, echo in zip(short, self._echoes([whole(texts[i]) for i in short]), strict=True):
            starts[i], echoes[i] = whole(texts[i]), echo
        cut = [_cut(text, echo, prefix, wanted) for text, echo in zip(starts, echoes, strict=True)]
        pieces = [passage for passage in cut if passage is not None]
        again = iter(self._echoes([passage.prefix + passage.suffix for passage in pieces]))
        return [None if one is None or not _is_cut_alike(one, next(again), prefix, wanted) else one for one in cut]

    def continuation(self, passages: Sequence[Passage], *, decoding: Decoding) -> FloatArray:
        """(n,) nats, for greedy decoding and for the model's probabilities as they are.

        Raises SignalError for any other decoding, which needs the whole distribution over the next token, and where
        the tokens of prefix and suffix together are not those of the prefix and then those of the suffix.
        """
        plain = decoding.temperature == 1.0 and decoding.top_k is None and decoding.top_p == 1.0
        if not (plain or decoding.is_greedy):
            raise SignalError(
                "a server that tells the log-probability of a text's own tokens alone gives no closed form under this "
                "decoding",
                where=f"temperature {decoding.temperature:g}, top_k {decoding.top_k}, top_p {decoding.top_p:g}",
                fix="count how often the text comes back among many answers instead",
                fr="Un serveur qui ne donne que la log-probabilité des jetons du texte lui-même ne permet pas de calcul "
                "exact sous ce décodage.",
            )
        echoes = self._echoes([whole(passage.prefix) + whole(passage.suffix) for passage in passages])
        places = [_place(passage, echo) for passage, echo in zip(passages, echoes, strict=True)]
        unclear = sum(place is None for place in places)
        if unclear:
            raise SignalError(
                f"the server does not cut {unclear} of {len(places)} passages where the suffix begins",
                where=f"{self.name}, {self.endpoint.host}",
                fix="take passages cut by the model's own tokens, or count how often the suffix comes back",
            )
        return np.array(
            [
                float(
                    np.where(echo.top[place:].all(), 0.0, -np.inf)
                    if decoding.is_greedy
                    else echo.logprob[place:].sum()
                )
                for echo, place in zip(echoes, places, strict=True)
            ]
        )

    def _echoes(self, texts: Sequence[str]) -> list[Echo]:
        """What the server tells of each text, as it was kept or asked for; an empty text is asked about nowhere."""
        described = self.describe()
        keys = [content_hash({"model": described, "echo": sha256(text.encode())}) for text in texts]
        found: dict[str, Echo] = {}
        missing: dict[str, str] = {}
        for key, text in zip(keys, texts, strict=True):
            kept = self.model.exchange.kept.arrays(key) if text else _NOTHING.arrays()
            if kept is not None:
                found[key] = Echo.of(kept)
                if key not in self._fresh and found[key].told.any() and len(self._earlier) < RESUMED_SAMPLE:
                    self._earlier[text] = found[key]
            else:
                missing[key] = text
        for _ in found:
            self.model.exchange.done()
        if missing:
            self._require_same_model()
        self.model.exchange.each(partial(self._fetch, found=found), missing.items())
        return [found[key] for key in keys]

    def _fetch(self, wanted: tuple[str, str], *, found: dict[str, Echo]) -> None:
        key, text = wanted
        echo = self._fitting(text)
        self._fresh.add(key)
        self.model.exchange.kept.put_arrays(key, echo.arrays())
        found[key] = echo
        self.model.exchange.meter.answered(1)
        self.model.exchange.done()

    def _fitting(self, text: str) -> Echo:
        """What the server tells of the text, or of as much of it as the model's context holds."""
        left = text
        while left:
            try:
                return self._echo(left)
            except TooLong:
                self.model.exchange.meter.noted("shortened")
                left = _beginning(left, int(SHORTENED * len(left.encode())))
        raise ModelError(
            "the endpoint finds any text longer than the model's context",
            where=f"{self.name}, {self.endpoint.host}",
            fix="check the address, and put a short text to it by hand",
        )

    def _echo(self, text: str) -> Echo:
        exchange, most = self.model.exchange, self._most
        try:
            return exchange.ask(
                "completion",
                self.terms.echo(text, most_tokens=most),
                answers=1,
                most_tokens=most,
                read=partial(echo_in, text=text, asked=most),
                simpler=most == 0,
            )
        except Unwilling:
            exchange.meter.noted("writes_one_at_least")
            self._most = 1
            return self._echo(text)
        except Withheld:
            exchange.meter.noted("filtered")
            raise SignalError(
                "a filter lets a text not through",
                where=f"{self.name}, {self.endpoint.host}",
                fix="leave such texts out, or ask the model without its filter",
            ) from None
        except SignalError:
            exchange.meter.noted("untold")
            raise

    def _require_same_model(self) -> None:
        """Before the first reading that is new: reads again some texts that an earlier run had read.

        Raises ModelError if they read otherwise than before, and alike twice now: it is another model.
        """
        if not self._earlier or self._same is not None:
            return
        before = list(self._earlier.values())
        now = [self._fitting(text) for text in self._earlier]
        differing = sum(map(_differs, before, now))
        self._same = not differing or any(map(_differs, now, [self._fitting(text) for text in self._earlier]))
        if not self._same:
            raise ModelError(
                f"{differing} of {len(before)} texts read otherwise than before the audit was stopped: the model behind "
                "the endpoint has changed",
                where=f"{self.name}, {self.endpoint.host}",
                fix="begin afresh, with another folder of results; answers of two models are never mixed",
            )


_NOTHING = Echo(np.empty(0), np.empty(0, dtype=bool), np.empty(0, dtype=np.int64), 0)


def _differs(first: Echo, second: Echo) -> bool:
    """Whether two readings of one text are not of one model, as far as they tell."""
    one, other = first.logprob[first.told], second.logprob[second.told]
    return len(one) != len(other) or (len(one) > 0 and abs(float(one.mean() - other.mean())) > DRIFT)


def _beginning(text: str, most: int) -> str:
    """As much of the text as so many bytes hold."""
    return text.encode()[:most].decode("utf-8", "ignore")


def _cut(text: str, echo: Echo, prefix: int, wanted: int) -> Passage | None:
    """The text's first `wanted` tokens in two, if there are so many and they end where characters do."""
    if not echo.is_aligned or not 0 < prefix < wanted <= len(echo.ends):
        return None
    data, middle, end = text.encode(), int(echo.ends[prefix - 1]), int(echo.ends[wanted - 1])
    try:
        return Passage(prefix=data[:middle].decode(), suffix=data[middle:end].decode())
    except UnicodeDecodeError:
        return None


def _is_cut_alike(passage: Passage, echo: Echo, prefix: int, wanted: int) -> bool:
    """Whether a passage by itself has the tokens that it had at the beginning of its text."""
    return _place(passage, echo) == prefix and len(echo.ends) == wanted


def _place(passage: Passage, echo: Echo) -> int | None:
    """The suffix's first token among those of both together; None where none begins there."""
    size, both = (len(whole(text).encode()) for text in (passage.prefix, passage.prefix + passage.suffix))
    if not echo.is_aligned or echo.sent != both or not 0 < size < both:
        return None
    at = int(np.searchsorted(echo.ends, size))
    return at + 1 if at < len(echo.ends) and echo.ends[at] == size else None
