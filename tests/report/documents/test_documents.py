"""Documents of a file: what is decided is in them, in both languages, in a page that loads nothing."""

import datetime
import html.parser

import pytest
from hypothesis import HealthCheck, given, settings

from made_facts import HASHES, evidence, facts
from vidocq.cli.main import main
from vidocq.core.status import Status
from vidocq.core.text import Lang
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.referential.sheets import SHEET_TITLES
from vidocq.dossier.rules.catalogue import RULES
from vidocq.dossier.state import State
from vidocq.report.documents.catalogue import DOCUMENTS
from vidocq.report.documents.page import render_document
from vidocq.report.documents.tree import Banner, Grid

TODAY = datetime.date(2026, 11, 25)
CONTENT = {
    "system": {"name": "Tri <b>des</b> appels", "is_generative": False},
    "datasets": [{"id": "d", "personal_data": True}],
    "models": [
        {
            "id": "m",
            "title": "Forêt",
            "trained_on": ["d"],
            "is_derived": False,
            "declared_personal": False,
            "designed_to_output_persons": False,
            "sha256": HASHES[0],
            "reach": ["api", "weights"],
        }
    ],
}
LEAK = Piece(
    measurement="audit",
    subject="models.m",
    access="weights",
    status=Status.NOT_SATISFIED,
    inputs={"model": HASHES[0]},
    figures={"b_avg": 0.25, "members": 400},
    suite="standard 3",
    at="2026-11-20T10:00:00Z",
)


def assessed(content=None, pieces=()):
    state = State(facts=read_facts(content or {}), evidence=Evidence(tuple(pieces)))
    return assess(state, referential().values(), today=TODAY)


class Page(html.parser.HTMLParser):
    """Balanced tags, ids, and what is loaded from elsewhere."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.text = [], [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [value for name, value in attrs if name in {"src", "href", "data"}]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def page(name, lang, *given):
    return Page(render_document(DOCUMENTS[name](assessed(*given)), lang=lang))


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", list(DOCUMENTS))
@pytest.mark.parametrize("content", [None, CONTENT])
def test_a_page_is_whole_and_loads_nothing(name, lang, content):
    found = page(name, lang, content, [LEAK] if content else [])
    assert len(found.ids) == len(set(found.ids))
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
    text = " ".join(found.text)
    if content:
        assert "Tri <b>des</b> appels" in text  # escaped in the page, and read as text


def test_the_status_of_each_access_stands_out_with_its_test():
    document = DOCUMENTS["model-status"](assessed(CONTENT, [LEAK]))
    banners = {block.about.en: block.mark for block in document.blocks() if isinstance(block, Banner)}
    assert banners["Model m, access: weights of the model"].tone == "bad"
    assert "leak shown" in banners["Model m, access: weights of the model"].words.en
    assert "tests required" in banners["Model m, access: API"].words.en
    (tests,) = [block for block in document.blocks() if isinstance(block, Grid) and block.id == "tests-m"]
    assert tests.rows[0][3].en == "bound of the excess risk, on average: 25.0\u00a0%; members: 400"
    assert "membres : 400" in tests.rows[0][3].fr


def test_silence_of_a_model_nobody_attacked_is_told():
    text = " ".join(page("model-status", Lang.en, CONTENT).text)
    assert "No attack was led against this model" in text


def test_the_checklist_holds_every_point_once_with_a_reason():
    document = DOCUMENTS["checklist"](assessed(CONTENT))
    text = " ".join(page("checklist", Lang.fr, CONTENT).text)
    for point in referential().values():
        assert text.count(f"{point.id} · ") == 1
    for block in document.blocks():
        if isinstance(block, Grid):
            assert all(row[-1].fr.strip() and row[-1].en.strip() for row in block.rows)


def test_the_synthesis_gives_every_rule_an_answer():
    document = DOCUMENTS["synthesis"](assessed(CONTENT, [LEAK]))
    (decisions,) = [block for block in document.blocks() if isinstance(block, Grid) and block.id == "decisions"]
    assert {row[0].en for row in decisions.rows} == {rule.card.title.en for rule in RULES}


def test_every_sheet_has_a_title():
    assert {point.sheet for point in referential().values()} == set(SHEET_TITLES)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence())
def test_no_facts_break_a_document(facts, evidence):
    found = assess(State(facts=facts, evidence=evidence), referential().values(), today=TODAY)
    for make in DOCUMENTS.values():
        document = make(found)
        assert render_document(document, lang=Lang.fr) == render_document(document, lang=Lang.fr)


def test_the_command_writes_both_languages(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/d.db"
    (tmp_path / "facts.toml").write_text('[system]\nname = "Essai"\n', encoding="utf-8")
    assert main(["dossier", "init", "--from", str(tmp_path / "facts.toml"), "--role", "DPO", "--dossier", url]) == 0
    assert (
        main(["dossier", "documents", "--dossier", url, "--out", str(tmp_path / "out"), "--only", "synthesis"]) == 0
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["synthesis.en.html", "synthesis.fr.html"]
    assert "Essai" in (tmp_path / "out" / "synthesis.fr.html").read_text(encoding="utf-8")
    assert main(["dossier", "documents", "--dossier", url, "--only", "novel"]) == 2
    assert main(["dossier", "documents", "--dossier", f"sqlite:///{tmp_path}/none.db"]) == 2
    assert "novel" not in capsys.readouterr().err
