"""What a version lacks before release: the latest word of each, about this very version."""

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.cli.main import main
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.assessment.opinions import all_missing_opinions, missing_opinions
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.opining import OPINIONS, STANCES, Opinion
from vidocq.dossier.state import State

from made_facts import evidence, facts

CALM = {
    "datasets": [
        {"id": "d", "personal_data": True, "special_categories": False, "minors": False, "vulnerable": False}
    ],
    "annotation": {"reveals_sensitive": False, "high_stakes": False},
    "actors": [{"id": "us", "is_us": True, "has_dpo": True}],
    "releases": [{"id": "v1", "model": "m", "version": "1.0"}],
}


def said(of, stance="in_favour", about="releases.v1", version=""):
    return Opinion(of=of, stance=stance, about=about, version=version, reason="a", role="DPO")


def lacking(*opinions, **more):
    state = State(facts=read_facts({**CALM, **more}), opinions=opinions)
    return {one.of: one for one in missing_opinions(state, state.facts.releases[0])}


def test_nothing_said_lacks_the_dpo_and_the_controller():
    assert set(lacking()) == {"dpo", "validation"}
    assert lacking(said("dpo"), said("validation")) == {}


def test_an_opinion_counts_for_its_version_only():
    assert "dpo" not in lacking(said("dpo", about="models.m", version="1.0"))
    assert "dpo" in lacking(said("dpo", about="models.m", version="0.9"))
    assert "dpo" in lacking(said("dpo", about="models.m"))  # of no version
    assert "dpo" in lacking(said("dpo", about="releases.v0"))
    assert "dpo" in lacking(said("dpo", version="0.9"))
    assert "dpo" in lacking(said("dpo", about=""))


def test_a_dpo_who_is_against_calls_for_a_reasoned_dissent():
    against = said("dpo", "against")
    assert set(lacking(against, said("validation"))) == {"dissent"}
    assert lacking(against, said("validation"), said("dissent")) == {}
    assert set(lacking(said("dissent"), against, said("validation"))) == {"dissent"}  # given before the opinion
    assert set(lacking(against, said("validation", "against"))) == {"validation"}
    assert lacking(against, said("dpo"), said("validation")) == {}  # the latest prevails


def test_a_validation_before_the_opinion_is_to_be_confirmed():
    found = lacking(said("validation"), said("dpo"))
    assert "comes before" in found["validation"].reason.en
    assert "decided against" in lacking(said("validation", "against"))["validation"].reason.en


def test_without_a_dpo_none_is_asked_and_with_a_dpia_it_is_mandatory():
    assert "dpo" not in lacking(actors=[{"id": "us", "is_us": True, "has_dpo": False}])
    assert "not known" in lacking(actors=None)["dpo"].reason.en
    due = lacking(impact={"on_mandatory_list": True})["dpo"]
    assert (due.level, "35(2)" in due.reason.en) == ("mandatory", True)
    assert lacking()["dpo"].level == "recommended"


def test_ethics_follow_from_the_data_and_are_unknown_without_answers():
    assert "Sensitive" in lacking(annotation={"high_stakes": True})["ethics"].reason.en
    assert "not known" in lacking(annotation={})["ethics"].reason.en
    assert "ethics" not in lacking(said("ethics"), annotation={"high_stakes": True})


def test_what_is_missing_is_among_the_steps():
    found = assess(State(facts=read_facts(CALM)), [], today=datetime.date(2026, 11, 25))
    commands = [step.command for step in found.next if not step.points]
    assert any(command.startswith("vidocq dossier opinion validation STANCE") for command in commands)
    assert found.to_dict()["next"]


OPINION = st.builds(
    Opinion, of=st.sampled_from(list(OPINIONS)), stance=st.sampled_from(list(STANCES)),
    about=st.sampled_from(["", "releases.a", "models.a"]), version=st.sampled_from(["", "text"]),
    reason=st.just("a"), role=st.just("DPO"),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence(), opinions=st.lists(OPINION, max_size=4))
def test_no_facts_break_it_and_silence_is_never_a_validation(facts, evidence, opinions):
    state = State(facts=facts, evidence=evidence, opinions=tuple(opinions))
    found = all_missing_opinions(state)
    if not any(one.of == "validation" and one.stance != "against" for one in opinions):
        assert {one.release for one in found if one.of == "validation"} == {one.id for one in facts.releases or ()}


def test_status_tells_what_releases_lack(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/d.db"
    (tmp_path / "facts.toml").write_text('[releases.v1]\nversion = "1.0"\n', encoding="utf-8")
    assert main(["dossier", "init", "--from", str(tmp_path / "facts.toml"), "--dossier", url, "--quiet"]) == 0
    assert main(["dossier", "status", "--dossier", url, "--lang", "en"]) == 0
    assert "v1 · decision of the controller" in capsys.readouterr().out
