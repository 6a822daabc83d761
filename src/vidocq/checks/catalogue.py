"""The checks, in the order they are told."""

from vidocq.checks.indices.identifiers import Identifiers
from vidocq.checks.indices.inputs import Index
from vidocq.checks.indices.precedents import Precedents
from vidocq.checks.indices.rare_values import RareValues
from vidocq.checks.indices.repetition import Repetition
from vidocq.checks.indices.safeguards import Safeguards
from vidocq.checks.indices.size_ratio import SizeRatio
from vidocq.checks.indices.train_test_gap import TrainTestGap
from vidocq.core.registry import Registry

INDICES: Registry[Index] = Registry(
    [Identifiers, RareValues, Repetition, SizeRatio, TrainTestGap, Safeguards, Precedents]
)
"""Indices of sheet 13."""
