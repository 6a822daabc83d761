"""Extraction from a real model: persons planted in its training, beside persons who were not."""

import pytest

from vidocq.audit.language.extraction import ExtractionOptions, measure_extraction
from vidocq.audit.language.passages import Side
from vidocq.core.language import Decoding

DEPLOYED = Decoding(temperature=0.8, top_k=20, top_p=0.95)
OPTIONS = ExtractionOptions(prefix=28, suffix=20, queries=100, edits=0)


@pytest.fixture(scope="module")
def sides(planted):
    repeated = [(person.text, times) for times, persons in planted.persons.items() for person in persons]
    members = Side(texts=[text for text, _ in repeated], repeated=[times for _, times in repeated])
    return members, Side(texts=[person.text for person in planted.controls[:40]])


def load(folder, base=None):
    from vidocq.targets.language.loading import load_language_model

    return load_language_model(folder, base=base)


def test_planted_persons_are_extracted_by_how_often_they_stood_there(planted, sides):
    model = load(planted.target, planted.base)
    found = measure_extraction(model, *sides, decoding=DEPLOYED, seed=1, base=model.bare(), options=OPTIONS)
    first = found.findings[0]
    assert first.p < 1e-4
    assert first.control.value == 0.0
    assert first.baseline.value == 0.0
    by_times = {row["from"]: row["obtained"]["value"] for row in found.details["by_repetition"]}
    assert by_times[64] == by_times[16] == 1.0
    assert by_times[1] < 1.0
    assert {row["category"] for row in found.details["by_category"]} >= {"phone"}
    assert found.details["excess"]["over_base"]["low"] > 0.0
    assert found.absent == ()


def test_nothing_is_extracted_from_the_base(planted, sides):
    found = measure_extraction(load(planted.base), *sides, decoding=DEPLOYED, seed=1, options=OPTIONS)
    assert found.findings[0].estimate.value == 0.0
    assert found.findings[0].p == pytest.approx(1.0)
    assert [absent.id for absent in found.absent] == ["extraction"]


def test_near_verbatim_is_a_lower_bound_on_top_of_verbatim(planted, sides):
    from dataclasses import replace

    near = replace(OPTIONS, edits=2, tries=2)
    found = measure_extraction(load(planted.target), *sides, decoding=DEPLOYED, seed=1, options=near)
    assert found.findings[-1].estimate.value >= found.findings[0].estimate.value > 0.0
