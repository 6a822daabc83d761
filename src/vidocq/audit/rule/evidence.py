"""What the verdict rule reads: counts and the outcome of gates, nothing else."""

from dataclasses import dataclass
from typing import Literal

from vidocq.core.arrays import IntArray
from vidocq.core.estimate import Estimate
from vidocq.measure.coincidence import Coincidences


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One registered test of one attack, counted once on the target (rule, line 3).

    alpha       share of outsiders the threshold was tuned to accuse; None for an attack's own operating point.
    true_positives of `members`, false_positives of `non_members`: persons accused.
    threshold   the score above which a person is accused.
    measured    False if the attack could not speak at this point; then it enters no maximum and its p is 1.
    """

    attack: str
    alpha: float | None
    true_positives: int
    members: int
    false_positives: int
    non_members: int
    threshold: float
    measured: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelTally:
    """The most exposed persons against the reference models of half B (rule, line 6). Shapes (p,).

    hits_in of n_in models that had the person accused him; hits_out of n_out that did not have him.
    """

    hits_in: IntArray
    n_in: IntArray
    hits_out: IntArray
    n_out: IntArray


@dataclass(frozen=True, kw_only=True)
class BlindTally:
    """The blind classifier: its AUC, and its counts at each rate (rule, line 8)."""

    auc: Estimate
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, kw_only=True)
class DirectTest:
    """A registered test of whether data of the members comes out, above matched controls (rule, line 7).

    p      one-sided; None if it was not measured: then it stays in the Holm family with p = 1.
    scope  what the test speaks of: the model, or the system that it answers in.
    """

    attack: str
    p: float | None
    scope: Literal["model", "system"] = "model"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that decides an audit at one access level.

    tallies            one per registered test of an attack, whether measured or not.
    panel              None if it was not measured.
    panel_registered   True if the panel's test was registered (it counts in the Holm family, measured or not).
    recipe_gate        passed, failed, or None if it could not be applied (no reference models).
    negative_alarms    how many of the negative controls alarmed; None if they could not be run.
    missed_controls    attacks that missed their positive control: they are not measured.
    required           attacks the suite requires at this access.
    randomised         the split is randomised (drawn by us before training, or declared by a named human).
    look               1 for the first look at these members at this access.
    tau_average, tau_worst  tolerances; 0 where none was registered.
    kept               rows found in the model's file (rule, line 7); None if that was not measured.
    kept_registered    True if the file was to be read (its test counts in the Holm family, measured or not).
    direct_tests       tests of data given back, whether measured or not.
    members_given      False if there is no member to attack: a leak may be shown then, and nothing is ever bounded.
    scope              what the verdict speaks of. A leak of the model through a system is one of the system; not the reverse.
    """

    tallies: tuple[Tally, ...]
    panel: PanelTally | None
    panel_registered: bool
    recipe_gate: bool | None
    negative_alarms: int | None
    blind: BlindTally | None
    required: tuple[str, ...]
    randomised: bool
    look: int
    tau_average: float
    tau_worst: float
    missed_controls: tuple[str, ...] = ()
    kept: Coincidences | None = None
    kept_registered: bool = False
    direct_tests: tuple[DirectTest, ...] = ()
    members_given: bool = True
    scope: Literal["model", "system"] = "model"
