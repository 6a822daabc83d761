"""A policy at work: texts in, texts out, with what was found."""

import warnings
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from vidocq.core.errors import VidocqError
from vidocq.core.guarding import Hit, Surface, TextFilter
from vidocq.core.text import Lang
from vidocq.filters.held import Held
from vidocq.filters.json_text import JsonText
from vidocq.filters.masking import written
from vidocq.filters.policy import Policy
from vidocq.filters.reading import look, nothing
from vidocq.filters.views.view import View
from vidocq.filters.wrapped import wrapped


@dataclass(frozen=True)
class Checked:
    """text     what may be said; up to where it was blocked, if it was.
    finds    all that was found, in order of place; no value.
    blocked  the find that ended it, or None.
    """

    text: str
    finds: tuple[Hit, ...]
    blocked: Hit | None


class PromptBlocked(VidocqError):
    """The filters stopped a prompt; nothing was generated."""


class Paused(VidocqError):
    """The policy says that nothing is let through; nothing was generated."""


class BudgetNotKept(UserWarning):
    """The policy has a budget, which only the proxy keeps."""


class Guard:
    """Made once for a policy; keeps nothing of what it looks at.

    policy  hash of the policy; "" where the filters were put together by hand.
    is_paused   whether functions that it wraps raise Paused.
    has_budget  whether the policy says how much may be asked.
    """

    def __init__(
        self,
        filters: Sequence[TextFilter],
        *,
        hold: int = 256,
        lang: Lang = Lang.fr,
        policy: str = "",
        is_paused: bool = False,
        has_budget: bool = False,
    ) -> None:
        self.policy = policy
        self._filters = tuple(filters)
        self._hold = hold
        self._lang = lang
        self._between = nothing
        self._is_paused = is_paused
        self._has_budget = has_budget

    @classmethod
    def of(cls, policy: Policy) -> "Guard":
        """Raises ConfigurationError if a file that the policy names cannot be read."""
        return cls(
            policy.made(),
            hold=policy.hold_back,
            lang=policy.lang,
            policy=policy.hash,
            is_paused=policy.stop.paused,
            has_budget=policy.budget is not None,
        )

    def asking(self, between: Callable[[], None]) -> "Guard":
        """The same guard, which asks before each reading whether to go on: what `between` raises ends the work."""
        other = copy(self)
        other._between = between
        return other

    def held(self, surface: Surface) -> Held:
        """For a text that comes in pieces; what it lets go of is what `check` lets through of the whole."""
        return Held(
            partial(look, filters=self._filters, surface=surface, between=self._between),
            partial(written, lang=self._lang),
            JsonText(any_value=surface == Surface.ARGUMENTS),
            hold=self._hold,
        )

    def check(self, text: str, surface: Surface) -> Checked:
        """The text as it may be said."""
        held = self.held(surface)
        let_go = held.add(text) + held.end()
        return Checked(let_go, tuple(held.finds), held.blocked)

    def as_it_stands(self, text: str, surface: Surface) -> list[Hit]:
        """What is found in a short text without undoing disguises, for marks that programs make: any may look disguised."""
        plain = [View.plain(text)]
        return [hit for each in self._filters if surface in each.surfaces for hit in each.hits(plain)]

    def word_for(self, hit: Hit) -> str:
        """What stands in the place of a find."""
        return written(hit, self._lang)

    def wrap(self, generate: Callable[..., Any]) -> Callable[..., Any]:
        """The same function from a prompt, its first argument, to a text; both are looked through.

        generate  returns a text, yields one in pieces, or is awaited for either. What is blocked in an answer ends it.
        Raises    when called: PromptBlocked; Paused, where the policy was read so; ConfigurationError if a prompt or an answer
                  is no text; and what `generate` raises.
        Warns     BudgetNotKept if the policy has a budget: that takes the keys of clients, which the proxy sees.
        """
        if self._has_budget:
            warnings.warn(
                "the policy has a [budget], which is not kept in the process: only `vidocq guard` keeps it "
                "(le [budget] n'est tenu que par `vidocq guard`)",
                BudgetNotKept,
                stacklevel=2,
            )
        return wrapped(generate, ask=self._asked, hold=partial(self.held, Surface.ANSWER))

    def _asked(self, prompt: str) -> str:
        if self._is_paused:
            raise Paused(
                "the policy says that nothing is let through",
                where="[stop] paused",
                fix="set paused = false, and read the policy again",
                fr="la politique dit que rien ne passe",
                fix_fr="mettre paused = false, et relire la politique",
            )
        checked = self.check(prompt, Surface.PROMPT)
        if checked.blocked is not None:
            raise PromptBlocked(
                f"a prompt was stopped by the filter '{checked.blocked.filter}'",
                where="vidocq.Guard",
                fix="ask otherwise, or change the policy",
                fr=f"une invite a été arrêtée par le filtre « {checked.blocked.filter} »",
                fix_fr="demander autrement, ou changer la politique",
            )
        return checked.text
