"""Lineage: sets are looked up among sets, base models among models."""

import datetime

import pytest

from vidocq.core.status import Status
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file_checks.card import File
from vidocq.dossier.file_checks.catalogue import FILE_CHECKS

HASH = "0" * 64
MODEL = {"id": "m", "sha256": HASH, "is_derived": False, "trained_on": ["a"]}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"datasets": [{"id": "a", "sha256": HASH}], "models": [MODEL]}, Status.SATISFIED),
        ({"datasets": [{"id": "a"}], "models": [MODEL]}, Status.NOT_MEASURED),
        ({"datasets": [], "models": [MODEL]}, Status.NOT_SATISFIED),
        ({"datasets": [], "models": [{**MODEL, "id": "a"}]}, Status.NOT_SATISFIED),
    ],
    ids=["whole", "a set without a hash", "a set that is not described", "a model of the same name is no set"],
)
def test_lineage(content, status):
    file = File(facts=read_facts(content), evidence=Evidence(), decisions=(), today=datetime.date(2026, 11, 25))
    (found,) = FILE_CHECKS["file-lineage"]().look(file)
    assert found.status is status
