"""The page: sound HTML, both languages alike, nothing unescaped, nothing that must never be written."""

import copy
import re
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from samples import SAMPLES, inconclusive, leak, minimal, no_leak, run

from vidocq.attacks.rmia import Rmia
from vidocq.core.text import Lang
from vidocq.report import notebook_html, render_audit, summary
from vidocq.report.exposure import reasons
from vidocq.report.html import SECTIONS
from vidocq.report.tables.cost import ASKED_APART
from vidocq.report.typography import plain, polished
from vidocq.report.words.say import WORDS, word
from vidocq.report.words.verdicts import VERDICTS

VOID = {"meta", "br", "link", "img", "hr", "input"}
EVERY = [(name, lang) for name in SAMPLES for lang in Lang]
NEVER = (
    "conforme au rgpd", "certifié", "validé par la cnil", "anonym", "risque nul", "garanti", "aucun risque",
    "gdpr compliant", "certified", "approved by the cnil", "zero risk", "guarantee", "no risk", "risk-free",
    "modèle fantôme", "étiquette", "évidence", "sur-ajustement", "adhérent", "faux-positif", "metrique",
    "registre", "nan", "undefined", "{{", "{%",
)  # fmt: skip


class Reader(HTMLParser):
    """Collects what a page holds, and complains about tags that do not close in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self.open:
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def page_of(name: str, lang: Lang) -> str:
    return render_audit(SAMPLES[name](), run(), lang=lang)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_a_page_is_sound_and_accessible(name, lang):
    reader = read(page_of(name, lang))
    assert reader.all("html") == [{"lang": lang.value}]
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in reader.tags:
        for reference in (attributes.get("aria-labelledby") or "").split():
            assert reference in ids
    for link in reader.all("a"):
        assert (link["href"] or "").removeprefix("#") in ids
    assert reader.tags[[tag for tag, _ in reader.tags].index("body") + 1][1]["class"] == "skip"
    assert (
        len(reader.all("main")) == len(reader.all("h1")) == len(reader.all("nav")) == len(reader.all("footer")) == 1
    )


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_headings_come_in_order(name, lang):
    levels = [int(tag[1]) for tag, _ in read(page_of(name, lang)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_every_table_has_a_caption_and_scoped_headings_and_equal_rows(name, lang):
    page = page_of(name, lang)
    found = re.findall(r"<table.*?</table>", page, flags=re.DOTALL)
    assert len(found) >= 4
    for table in found:
        assert table.count("<caption") == 1
        assert table.count("<th ") == len(re.findall(r'<th scope="(?:col|row|rowgroup)"', table))
        columns = table.count('scope="col"')
        for body in re.findall(r"<tbody>.*?</tbody>", table, flags=re.DOTALL):
            rows = body.split("<tr>")[1:]
            span = re.search(r'rowspan="(\d+)"', body)
            assert len(rows) == (int(span[1]) if span else 1)
            assert all(row.count("<td") == columns - 1 for row in rows)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_the_page_stands_alone(name, lang):
    page = page_of(name, lang)
    reader = read(page)
    assert not reader.all("script")
    assert not reader.all("img")
    assert not reader.all("link")
    assert not re.search(r"\b(src|onload|onclick)=|@import|url\(", page)
    assert set(re.findall(r"https?://[^\s\"<]+", page)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", SAMPLES)
def test_both_languages_have_the_same_parts(name):
    shapes = []
    for lang in Lang:
        reader = read(page_of(name, lang))
        shapes.append([(tag, attributes.get("id"), attributes.get("class")) for tag, attributes in reader.tags])
        sections = [attributes["id"] for attributes in reader.all("section")]
        assert sections == [part for part in SECTIONS if part != "language" or "language" in SAMPLES[name]()]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_sentence_is_left_in_the_other_language(name):
    same_in_both = {
        "Classes", "Classification", "classification", "Source", "labels", "standard 1", "quick 1", "p", "p (Holm)",
        "Signature", "Date", "Conclusion", "Extraction", "extraction", "minors", "very old", "typed wrong",
    }  # fmt: skip
    french, english = (
        {text for tag, text in read(page_of(name, lang)).texts if tag not in {"code", "pre"}} for lang in Lang
    )
    content = {str(value) for value in SAMPLES[name]()["subject"].values()} | {"J. Doe, ML engineer"}
    shared = {
        text
        for text in french & english
        if re.search(r"[A-Za-zÀ-ÿ]{2}", text) and not text.startswith(("Carlini", "Claire", "Vidocq "))
    }
    assert shared - same_in_both - content == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_french_signs_keep_their_spaces(name):
    texts = [text for tag, text in read(page_of(name, Lang.fr)).texts if tag not in {"code", "pre"}]
    texts += summary(SAMPLES[name](), lang=Lang.fr).splitlines()
    for text in (text.replace("Min-K%", "") for text in texts):  # the name of a method
        assert not re.search(r"[ \u00a0][;!?]| [:%€»]|« |[\wé\u00a0]%(?<![\u00a0]%)", text), text
        assert not re.search(r"\d\.\d+[\u00a0 ]?%", text), text


def test_figures_are_written_as_each_language_writes_them():
    french, english = (page_of("leak", lang) for lang in Lang)
    assert "18,8\u00a0%" in french
    assert "18.8\u00a0%" in english
    assert "5\u202f000" in french
    assert "5,000" in english
    assert "22\u00a0novembre\u00a02026 à 14\u00a0h\u00a005 (UTC)" in french
    assert "22\u00a0November\u00a02026, 14:05 (UTC)" in english
    assert "&lt;\u00a00,001" in french


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_what_must_never_be_written_is_not(name, lang):
    audit = SAMPLES[name]()
    for written in (render_audit(audit, run(), lang=lang), summary(audit, lang=lang), notebook_html(audit, lang)):
        text = " ".join(text for _, text in read(written).texts).lower()
        found = [phrase for phrase in NEVER if re.search(rf"(?<![a-zà-ÿ]){re.escape(phrase)}", text)]
        assert found == []
        assert not re.search(r">\s*(None|True|False)\s*<|\bNone\b(?! is certain)", written)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_the_verdict_is_told_by_its_words(name, lang):
    audit = SAMPLES[name]()
    words = VERDICTS[audit["verdicts"][0]["verdict"]].to(lang).lower()
    reader = read(render_audit(audit, run(), lang=lang))
    strong = [text.lower() for tag, text in reader.texts if tag == "strong"]
    assert strong[0] == words
    assert words in summary(audit, lang=lang).splitlines()[1].lower()
    assert words in notebook_html(audit, lang).lower()


@pytest.mark.parametrize("lang", Lang)
def test_figures_speak_to_those_who_do_not_see_them(lang):
    page = page_of("leak", lang)
    drawings = [d for d in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL) if "aria-hidden" not in d]
    assert len(drawings) == 4
    for drawing in drawings:
        assert 'role="img"' in drawing
        for part in ("title", "desc"):
            match = re.search(rf'<{part} id="([a-z-]+)">(.+?)</{part}>', drawing)
            assert match
            assert match[1] in re.search(r'aria-labelledby="([^"]+)"', drawing)[1].split()
    assert "<details open>" in page


HOSTILE = "<script>alert(1)</script> \x1b[31m\u202e {0} {name} %s"


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_hostile_gets_through(name, lang):
    audit, ran = SAMPLES[name](), run()
    audit["headline"] = None
    _poison(audit)
    _poison(ran)
    for written in (render_audit(audit, ran, lang=lang), notebook_html(audit, lang)):
        assert "<script" not in written
        assert "&lt;script&gt;" in written
        read(written)
    for written in (render_audit(audit, ran, lang=lang), notebook_html(audit, lang), summary(audit, lang=lang)):
        assert "\x1b" not in written
        assert "\u202e" not in written


def _poison(content: Any) -> None:
    """Puts a hostile string wherever a person or a file may have chosen the words."""
    chosen = {
        "set_by",
        "declared_by",
        "model",
        "kind",
        "fr",
        "en",
        "source",
        "command",
        "registration",
        "head",
        "numpy",
    }
    if isinstance(content, dict):
        for key, value in content.items():
            if key in chosen and isinstance(value, str):
                content[key] = HOSTILE
            else:
                _poison(value)
    elif isinstance(content, list):
        for value in content:
            _poison(value)


def test_same_content_same_bytes_and_inputs_stay_untouched():
    audit, ran = leak(), run()
    before = copy.deepcopy((audit, ran))
    first = render_audit(audit, ran, lang=Lang.fr)
    assert first == render_audit(copy.deepcopy(audit), run(), lang=Lang.fr)
    assert (audit, ran) == before


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("absent", ["panel", "recipe_gate", "controls", "needed", "suite", "headline", "subject"])
def test_what_is_null_is_said_and_nothing_breaks(absent, lang):
    audit = leak()
    audit[absent] = None
    read(render_audit(audit, run(), lang=lang))
    assert summary(audit, lang=lang)


@pytest.mark.parametrize("lang", Lang)
def test_absent_figures_are_said_to_be_not_measured(lang):
    audit = leak()
    for attack in audit["attacks"]:
        attack |= {"auc": None, "epsilon_low": None, "largest_gap": None, "roc": [], "ppv": [], "cost": None}
        for rate in attack["rates"]:
            rate |= {"tpr": None, "p_holm": None}
    audit["attacks"][0]["rates"][0]["risk"] = None
    audit["attacks"][1]["measured"] = False
    audit["panel"] |= {"tpr": None, "fpr": None, "p_holm": None}
    audit["recipe_gate"]["gap"]["z"] = None
    audit["population"]["share"] = None
    page = render_audit(audit, {}, lang=lang)
    assert page.count(word("not_measured", lang)) > 20
    assert word("reproduce.no_ledger", lang) in page.replace("&#39;", "'")


@pytest.mark.parametrize("lang", Lang)
def test_one_attack_alone_and_a_second_verdict(lang):
    audit = no_leak()
    audit["attacks"] = audit["attacks"][:1]
    second = copy.deepcopy(audit["verdicts"][0])
    second |= {"access": "labels", "scope": "system", "verdict": "inconclusive", "b_worst": None}
    second["tau"] = {"average": 0.05, "worst": 0.1, "set_by": None}
    audit["verdicts"].append(second)
    page = render_audit(audit, run(), lang=lang)
    reader = read(page)
    assert page.count('class="band ') == 2
    assert len({attributes["id"] for attributes in reader.all("table")}) == len(reader.all("table"))
    assert VERDICTS["inconclusive"].to(lang) in summary(audit, lang=lang)


def test_other_measurements_have_their_table():
    audit = leak()
    estimate = audit["panel"]["tpr"]
    audit["results"] = [
        {
            "id": "attribute",
            "criterion": "inference",
            "quantity": {"fr": "gain sur l'imputation", "en": "gain over imputation"},
            "estimate": estimate,
            "baseline": estimate,
            "control": 0.02,
            "p_holm": None,
            "cost": None,
        }
    ]
    page = render_audit(audit, run(), lang=Lang.fr)
    assert "gain sur l&#39;imputation" in page
    assert "l&#39;inférence d&#39;attribut" not in page.split('id="untested"')[1].split("</section>")[0]


@pytest.mark.parametrize("lang", Lang)
def test_what_was_not_tested_is_listed(lang):
    page = render_audit(inconclusive(), run(), lang=lang)
    part = page.split('id="untested"')[1].split("</section>")[0]
    assert plain(polished(Rmia.card.title.to(lang), lang)).replace("'", "&#39;") in part
    assert inconclusive()["not_measured"][0]["reason"][lang.value].replace("'", "&#39;") in part
    blind_at_one_rate = render_audit(no_leak(), run(), lang=lang).split('id="untested"')[1].split("</section>")[0]
    assert "1\u00a0%" in blind_at_one_rate


@pytest.mark.parametrize("lang", Lang)
def test_the_fragment_for_notebooks_can_be_shown_many_times(lang):
    fragment = notebook_html(minimal(), lang) + notebook_html(leak(), lang)
    assert " id=" not in fragment
    assert not re.search(r"<(h[1-6]|style|script)", fragment)
    read(fragment)


def test_every_fixed_sentence_serves_somewhere():
    room = Path(sys.modules["vidocq.report"].__file__ or "").parent
    read = [*room.glob("*.py"), *room.glob("tables/*.py"), *room.glob("templates/*.html")]
    sources = "".join(path.read_text() for path in read)
    built = {f"recipe.{name}" for name in ("member", "non_member", "gap", "target", "mean", "sd", "z")}
    built |= {"registration.decimals", "registration.top_k"}
    built |= {f"reproduce.{name}" for name in ("members", "non_members", "model", "recipe")}
    built |= {"person", "record"} | {
        f"cost.by.{means}" for means in ("reference_models", "queries", "known_outsiders")
    }
    drawn = ("figure", "figure_by", "figure_x")
    built |= {f"cost.{part}.{means}" for part in drawn for means in ("reference_models", "queries")}
    built |= {f"cost.knowledge.{name}" for name in ASKED_APART}
    unused = [name for name in WORDS if not re.search(rf"""["']{name}["']""", sources) and name not in built]
    assert unused == []


def test_ink_and_paper_contrast_enough():
    room = Path(sys.modules["vidocq.report"].__file__ or "").parent
    style = (room / "templates" / "audit.css").read_text()
    papers = ["#ffffff", "#f4f6f7", "#fcf3f2", "#f0f6f7", "#fbf6e9"]
    assert all(paper in style for paper in papers[1:])
    for ink in ("#1d2329", "#4a5560", "#17505c", "#8a1c1c", "#6b4a00"):
        assert ink in style
        assert all(_contrast(ink, paper) >= 4.5 for paper in papers)


def _contrast(ink: str, paper: str) -> float:
    lights = []
    for colour in (ink, paper):
        channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("lang", Lang)
def test_a_remedy_is_told_where_a_cause_passed_its_test_and_nowhere_else(lang):
    audit = leak()
    rows = {row.head: row.rows[0] for row in reasons(audit, lang).groups}
    rare, against, twice = rows.values()
    assert "age" in list(rows)[1]
    assert [row[-1] == word("everyone.no_lead", lang) for row in (rare, against, twice)] == [False, False, True]
    assert [row[3].replace("\xa0", " ") for row in (rare, against, twice)] == ["100 %", "90 %", "20 %"]
    for cause in audit["exposure"]["causes"]:
        del cause["p_holm"]  # an audit made before there was a test
    assert {row.rows[0][-1] for row in reasons(audit, lang).groups} == {word("everyone.no_lead", lang)}
