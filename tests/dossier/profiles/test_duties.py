"""Who must hold what: every place and point has a part, a further place takes nothing away, what does not apply is left out."""

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings

from vidocq.cli.main import main
from vidocq.core.errors import ConfigurationError
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.profiles.duties import duties, places_of, profiles_of
from vidocq.dossier.profiles.profile import Part, profiles
from vidocq.dossier.referential.catalogue import referential

from made_facts import facts

TODAY = datetime.date(2026, 11, 25)
PERSONAL = {"datasets": [{"id": "a", "personal_data": True}]}


def held(places, content):
    return {one.point.id: one for one in duties(places, read_facts(content), today=TODAY)}


def test_each_place_has_a_part_in_each_point():
    assert set(profiles().parts) == set(itertools.product(profiles().places, referential()))


def test_each_point_is_held_by_somebody():
    for name in referential():
        assert Part.HOLDS in {profiles().parts[place, name] for place in profiles().places}, name


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts())
def test_a_further_place_takes_nothing_away(facts):
    alone = {one.point.id: one.part for one in duties(["annotator"], facts, today=TODAY)}
    more = {one.point.id: one.part for one in duties(["annotator", "designer"], facts, today=TODAY)}
    assert all(name in more and (more[name] is Part.HOLDS or part is Part.HELPS) for name, part in alone.items())


def test_annotator_and_designer_hold_different_things():
    content = {
        **PERSONAL,
        "system": {"annotates": True},
        "annotation": {"on_personal_data": True, "outsourced": True},
    }
    annotator, designer = held(["annotator"], content), held(["designer"], content)
    assert annotator["F11.14"].part is Part.HOLDS
    assert annotator["F11.06"].part is Part.HELPS
    assert "F4.1.01" not in annotator
    assert designer["F4.1.01"].part is Part.HOLDS


def test_what_does_not_apply_is_left_out_and_what_may_is_marked():
    assert "F8B.01" not in held(["designer"], {"datasets": [{"id": "a", "origins": ["collected"]}]})
    assert held(["designer"], {})["F8B.01"].applies is None


@pytest.mark.parametrize("sector", ["health", "education", "employment"])
def test_a_sector_puts_its_points_first(sector):
    content = read_facts({"system": {"sectors": [sector]}, "models": [{"id": "m", "open_weights": False}]})
    assert [one.id for one in profiles_of(content, today=TODAY)] == [sector]
    own = {one.point.id: one.profiles for one in duties(["designer"], content, today=TODAY)}
    assert (sector,) in own.values()


def test_open_weights():
    content = read_facts({"models": [{"id": "m", "open_weights": True}]})
    assert [one.id for one in profiles_of(content, today=TODAY)] == ["open-weights"]


@pytest.mark.parametrize("places", [[], ["nobody"]])
def test_a_place_is_needed(places):
    with pytest.raises(ConfigurationError):
        duties(places, Facts(), today=TODAY)


def test_the_place_comes_from_the_facts():
    actors = [
        {"id": "us", "is_us": True, "places": ["host"]},
        {"id": "other", "is_us": False, "places": ["designer"]},
    ]
    assert places_of(read_facts({"actors": actors})) == ("host",)


def test_the_command(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/dossier.db"
    facts = tmp_path / "facts.toml"
    facts.write_text('[actors.us]\nis_us = true\nplaces = ["annotator"]\n', encoding="utf-8")
    assert main(["dossier", "init", "--from", str(facts), "--dossier", url, "--quiet"]) == 0
    assert main(["dossier", "duties", "--dossier", url, "--lang", "en"]) == 0
    assert "F11.14" in capsys.readouterr().out
    assert main(["dossier", "duties", "--dossier", url, "--place", "nobody"]) == 2
