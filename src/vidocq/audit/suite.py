"""Suites: named lists of attacks with a version, so that two audits can be compared years apart."""

from dataclasses import dataclass
from typing import Literal

from vidocq.core.access import Access
from vidocq.core.errors import ConfigurationError
from vidocq.targets.boundary import STEPS


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What is run, and what has to have spoken before an audit may say `no leak`.

    attacks     ids, `blind` included, in the order they are spent.
    required    ids whose silence counts; baselines are never among them.
    changed     where each record is asked about in changed copies too: where only labels are served, or always.
    references  how many reference models are trained unless the user asks for another number.
    panel       how many of the most exposed persons are followed.
    """

    name: str
    version: int
    attacks: tuple[str, ...]
    required: tuple[str, ...]
    references: int
    panel: int = 50
    changed: Literal["labels", "always"] = "labels"

    def copies(self, *, outputs: str, kind: str, budget: int, search: str = "noise") -> int:
        """Changed copies of each record that are asked about, within a budget of queries a record.

        outputs  what is served.   kind  of the model: saved answers say nothing of changed records.
        search   how records are changed; a path takes `STEPS` queries, and none is begun that cannot be ended.
        """
        asked = self.changed == "always" or outputs == "labels"
        if not asked or kind == "recorded" or "label-only" not in self.attacks:
            return 0
        return (budget - 1) // STEPS * STEPS if search == "paths" else budget - 1

    def starves(self, *, outputs: str, kind: str, copies: int) -> bool:
        """Whether copies are asked for here, and none was made for lack of budget."""
        return not copies and self.copies(outputs=outputs, kind=kind, budget=STEPS + 1) > 0

    def required_at(self, access: Access, needs: dict[str, Access]) -> tuple[str, ...]:
        """The required attacks that this access allows. needs: the access each attack needs."""
        return tuple(a for a in self.required if needs[a] in access)


SUITES = {
    suite.name: suite
    for suite in (
        Suite(
            name="quick",
            version=3,
            attacks=("blind", "structure", "label-gap", "loss", "rmia", "lira-offline"),
            required=("rmia", "lira-offline"),
            references=64,
        ),
        Suite(
            name="standard",
            version=3,
            attacks=("blind", "structure", "label-gap", "label-only", "loss", "loss-trace", "lira-offline", "lira"),
            required=("label-only", "lira-offline", "lira"),
            references=256,
        ),
        Suite(
            name="thorough",
            version=3,
            attacks=(
                "blind",
                "structure",
                "label-gap",
                "label-only",
                "loss",
                "loss-trace",
                "qmia",
                "rmia",
                "lira-offline",
                "lira",
            ),
            required=("label-only", "rmia", "lira-offline", "lira"),
            references=1024,
            panel=100,
            changed="always",
        ),
    )
}


LANGUAGE_SUITES = {
    suite.name: suite
    for suite in (
        Suite(
            name="quick",
            version=1,
            attacks=("blind", "lm-loss", "lm-zlib", "lm-min-k", "lm-reference", "lm-ez", "lm-window", "extraction"),
            required=("lm-min-k", "lm-reference", "lm-ez", "lm-window"),
            references=0,
        ),
        Suite(
            name="standard",
            version=1,
            attacks=(
                "blind",
                "lm-loss",
                "lm-zlib",
                "lm-min-k",
                "lm-reference",
                "lm-ez",
                "lm-window",
                "lm-combined",
                "rmia",
                "lira-offline",
                "extraction",
                "person-prompt",
                "divergence",
                "counterfactual",
            ),
            required=("lm-min-k", "lm-reference", "lm-ez", "lm-window", "lm-combined", "rmia", "lira-offline"),
            references=32,
        ),
        Suite(
            name="thorough",
            version=1,
            attacks=(
                "blind",
                "lm-loss",
                "lm-zlib",
                "lm-min-k",
                "lm-reference",
                "lm-ez",
                "lm-window",
                "lm-combined",
                "rmia",
                "lira-offline",
                "lira",
                "extraction",
                "person-prompt",
                "divergence",
                "counterfactual",
                "canary",
            ),
            required=(
                "lm-min-k",
                "lm-reference",
                "lm-ez",
                "lm-window",
                "lm-combined",
                "rmia",
                "lira-offline",
                "lira",
            ),
            references=128,
            panel=100,
        ),
    )
}
"""For language models. Attacks that give no membership score are named too; what they find is told apart."""
LANGUAGE_KINDS = ("huggingface", "openai")


def suites_for(kind: str) -> dict[str, Suite]:
    """The suites of a kind of model, as a configuration calls it."""
    return LANGUAGE_SUITES if kind in LANGUAGE_KINDS else SUITES


def suite_named(name: str) -> Suite:
    try:
        return SUITES[name]
    except KeyError:
        raise ConfigurationError(
            f"there is no suite '{name}'",
            where="[plan] suite",
            fix=f"choose among: {', '.join(SUITES)}",
        ) from None
