"""A function from a prompt to a text behind a guard, whether it answers at once, piece by piece, or once it is awaited."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import wraps
from typing import Any

from vidocq.core.errors import ConfigurationError
from vidocq.filters.held import Held


def wrapped(
    generate: Callable[..., Any], *, ask: Callable[[str], str], hold: Callable[[], Held]
) -> Callable[..., Any]:
    """The same function; what it gives is a text, text in pieces, or either to be awaited.

    ask  a prompt as it may be asked; raises where it may not.   hold  lets go of an answer as it may be said.
    """
    if inspect.iscoroutinefunction(generate):

        @wraps(generate)
        async def awaited(prompt: str, *args: Any, **named: Any) -> Any:
            return _through(await generate(_asked(prompt, ask), *args, **named), hold)

        return awaited

    @wraps(generate)
    def guarded(prompt: str, *args: Any, **named: Any) -> Any:
        return _through(generate(_asked(prompt, ask), *args, **named), hold)

    return guarded


def _asked(prompt: object, ask: Callable[[str], str]) -> str:
    if not isinstance(prompt, str):
        raise ConfigurationError(
            f"a guard looks through a prompt that is text, not {type(prompt).__name__}",
            where="vidocq.Guard.wrap",
            fix="wrap a function of which the first argument is the prompt as text; ask one prompt at a time",
            fr=f"un filtre lit une invite qui est un texte, pas {type(prompt).__name__}",
            fix_fr="envelopper une fonction dont le premier argument est l'invite en texte ; demander une invite à la fois",
        )
    return ask(prompt)


def _through(answer: object, hold: Callable[[], Held]) -> Any:
    if isinstance(answer, str):
        held = hold()
        return held.add(answer) + held.end()
    if isinstance(answer, AsyncIterator):
        return _streamed_later(answer, hold())
    if isinstance(answer, Awaitable):
        return _later(answer, hold)
    if isinstance(answer, Iterator):
        return _streamed(answer, hold())
    raise _no_text(answer)


async def _later(answer: Awaitable[object], hold: Callable[[], Held]) -> Any:
    return _through(await answer, hold)


def _streamed(pieces: Iterator[object], held: Held) -> Iterator[str]:
    """What is blocked ends it, and so does an error: nothing of what was held is said then."""
    try:
        for piece in pieces:
            if let_go := held.add(_text(piece)):
                yield let_go
            if held.blocked is not None:
                return
        if rest := held.end():
            yield rest
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()


async def _streamed_later(pieces: AsyncIterator[object], held: Held) -> AsyncIterator[str]:
    try:
        async for piece in pieces:
            if let_go := held.add(_text(piece)):
                yield let_go
            if held.blocked is not None:
                return
        if rest := held.end():
            yield rest
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()


def _text(piece: object) -> str:
    if not isinstance(piece, str):
        raise _no_text(piece)
    return piece


def _no_text(answer: object) -> ConfigurationError:
    return ConfigurationError(
        f"a guard looks through answers that are text, not {type(answer).__name__}",
        where="vidocq.Guard.wrap",
        fix="wrap a function that returns text, yields text, or is awaited for it",
        fr=f"un filtre lit des réponses qui sont du texte, pas {type(answer).__name__}",
        fix_fr="envelopper une fonction qui rend du texte, d'un coup, par morceaux ou après attente",
    )
