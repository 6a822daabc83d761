"""Of the heavier measures that the level of risk proposes, those that the file does not show yet."""

from vidocq.dossier.decision import Decision
from vidocq.dossier.risk import Measure, risk
from vidocq.dossier.state import State

SUITES = ("quick", "standard", "thorough")
"""From the lightest to the heaviest; evidence of a heavier one stands for a lighter one."""


def heavier(state: State, decisions: tuple[Decision, ...]) -> tuple[Measure, ...]:
    """In the order of the scale. A DPIA that the rule requires is asked for by points already."""
    return tuple(measure for measure in risk(state.facts).measures if not _is_there(measure.id, state, decisions))


def _is_there(name: str, state: State, decisions: tuple[Decision, ...]) -> bool:
    if name.startswith("suite-"):
        heavy_enough = SUITES[SUITES.index(name.removeprefix("suite-")) :]
        ran = {piece.suite.partition(" ")[0] for piece in state.evidence.pieces if piece.measurement == "audit"}
        return not state.facts.models or bool(ran & set(heavy_enough))
    if name == "dpia":
        required = any(one.rule == "dpia" and one.value == "required" for one in decisions)
        return required or state.facts.impact.done_on is not None
    if name == "ethics":
        return any(one.of == "ethics" for one in state.opinions)
    return False
