"""The pages say what the code does: nothing stale, no dead link, and every example of the README works."""

import ast
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from vidocq.audit import controls
from vidocq.audit.configuration import Configuration, Section, configure
from vidocq.audit.language.person_templates import MOST_TEMPLATES, Templates
from vidocq.audit.outputs import RETENTION
from vidocq.audit.persons import exposure, group, panel, why
from vidocq.audit.references import recipe_gate
from vidocq.audit.rule import verdict
from vidocq.audit.sampling import population
from vidocq.audit.schema import audit_schema, scan_schema
from vidocq.cli.main import app
from vidocq.cli.on_demand import all_commands
from vidocq.core.spans import Category
from vidocq.core.text import Lang
from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.measured import measured, read
from vidocq.dossier.schema import assessment_schema
from vidocq.measure import person_exposure
from vidocq.report import words
from vidocq.report.words.say import WORDS

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))

import generate

from generation import (
    assessment_json,
    attack_peers,
    audit_json,
    detect,
    detect_measured,
    peers,
    scan_example,
    scan_json,
    simulation,
)
from generation.configuration import descriptions
from generation.markdown import BLOCK
from generation.policy import CARDS, policy_page

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.fr.md")
FRENCH = (ROOT / "README.fr.md", DOCS / "verdict.fr.md")
PAGES = (*READMES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md")))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEVER = re.compile(
    r"conforme au rgpd|gdpr[- ]compliant|compliant with the gdpr|\bcertifi(?!cates\b)|validé(?:e)? par la cnil|"
    r"(?:validated|approved|endorsed) by the cnil|modèle (?:est )?anonyme|anonymous model|risque nul|zero risk|"
    r"\bgaranti\b|\bgaranties? que\b|\bguaranteed?\b",
    re.IGNORECASE,
)


def name_of(path):
    return str(path.relative_to(ROOT))


def text_of(path):
    return path.read_text(encoding="utf-8")


def fences(path, kind):
    return [body for found, body in FENCE.findall(text_of(path)) if found == kind]


def prose_of(path):
    """The text without fenced code, inline code and the marks of blocks."""
    return re.sub(r"`[^`]*`|<!--.*?-->", "", FENCE.sub("", text_of(path)), flags=re.DOTALL)


def test_nothing_generated_is_stale(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert generate.main() == 0, capsys.readouterr().out


def test_a_stale_page_is_found(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    page.write_text("old")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "expected", lambda: {page: "new"})
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert generate.main() == 1
    assert "page.md" in capsys.readouterr().out
    assert page.read_text() == "old"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_relative_links_resolve(path):
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text_of(path))):
        assert "://" not in link, f"{link}: pages link to each other, not to the network"
        assert (path.parent / link.partition("#")[0]).exists(), link


def test_the_two_readmes_are_twins():
    english, french = (FENCE.sub("", text_of(path)) for path in READMES)
    levels = [[len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)] for text in (english, french)]
    assert levels[0] == levels[1]
    assert [b["name"] for b in BLOCK.finditer(english)] == [b["name"] for b in BLOCK.finditer(french)]
    sections = [re.split(r"^#+ .*$", text, flags=re.MULTILINE) for text in (english, french)]
    for one, two in zip(*sections, strict=True):
        assert one.count("\n| ") == two.count("\n| "), "a table has a row more in one of the two languages"
        assert len(re.findall(r"^- ", one, re.MULTILINE)) == len(re.findall(r"^- ", two, re.MULTILINE))


@pytest.mark.parametrize("name", ["verdict.md", "verdict.fr.md"])
def test_every_line_of_the_rule_is_there(name):
    lines = re.findall(r"^\*\*(\d+)\.", text_of(DOCS / name), re.MULTILINE)
    assert lines == [str(line) for line in range(1, 16)]


def commands():
    found = []
    for path in READMES:
        for body in fences(path, "sh"):
            found += [(path.name, line) for line in body.splitlines() if line.startswith("vidocq ")]
    return found


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_of_the_readmes_parse(page, line):
    command, words_left, path = typer.main.get_command(app), shlex.split(line)[1:], "vidocq"
    while (held := all_commands(command)) and not words_left[0].startswith("-"):
        path = words_left.pop(0)
        command = held[path]
    command.make_context(path, list(words_left))
    assert "Usage:" in command.get_help(command.make_context(path, [], resilient_parsing=True))


@pytest.mark.parametrize("path", READMES, ids=name_of)
def test_every_command_is_told_of(path):
    for name in all_commands(typer.main.get_command(app)):
        assert f"vidocq {name}" in text_of(path) or name == "demo"


@pytest.mark.parametrize("path", READMES, ids=name_of)
def test_configurations_of_the_readme_are_understood(path):
    whole, *fragments = [tomllib.loads(body) for body in fences(path, "toml")]
    configuration = configure(whole, base=ROOT, where=path.name)
    assert configuration.plan.set_by is not None
    for fragment in fragments:
        if {"model", "data"} <= fragment.keys():
            configure(fragment, base=ROOT, where=path.name)
            continue
        data = {**whole["data"], **fragment.get("data", {})}
        configure({**whole, **fragment, "data": data}, base=ROOT, where=path.name)


def test_the_example_for_notebooks_runs(tmp_path, monkeypatch, capsys):
    (code,) = (fence for fence in fences(READMES[0], "python") if "vidocq.audit(" in fence)
    assert "references=64," in code
    monkeypatch.chdir(tmp_path)
    held: dict[str, object] = {}
    exec(code.replace("references=64,", "references=16, suite='quick', workers=1,"), held)  # noqa: S102 - our own page
    assert capsys.readouterr().out.splitlines()[0] in {"leak_shown", "no_leak_above_bound", "inconclusive"}
    assert "<" in held["result"]._repr_html_()


def test_the_example_for_notebooks_is_the_same_in_french():
    def bare(path):
        tree = ast.parse(fences(path, "python")[0])
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = ""
        return ast.dump(tree)

    assert bare(READMES[0]) == bare(READMES[1])


@pytest.mark.parametrize("path", [path for path in PAGES if path.name != "points.md"], ids=name_of)
def test_what_is_never_written_is_not(path):
    """docs/points.md quotes what points ask of those who claim it."""
    assert not NEVER.findall(prose_of(path))


def test_what_is_never_written_is_not_in_the_words_of_reports():
    files = sorted(Path(words.__file__).parent.glob("*.py"))
    assert len(files) > 5
    for path in files:
        assert not NEVER.findall(text_of(path)), path.name
    for text in WORDS.values():
        assert not NEVER.findall(text.to(Lang.fr) + text.to(Lang.en))


@pytest.mark.parametrize("path", [*PAGES, *sorted(DOCS.rglob("*.py"))], ids=name_of)
def test_no_page_knows_the_machine_it_was_written_on(path):
    text = text_of(path)
    assert not re.search(r"(?<![\w.~-])/(?:home|work|tmp|root|Users|opt|mnt)/", text)
    assert not re.search(r"\b(?:pypi\.org|files\.pythonhosted|conda\.anaconda|artifactory|index-url)\b", text)
    assert "PANAME" not in text


@pytest.mark.parametrize("path", FRENCH, ids=name_of)
def test_french_signs_have_the_spaces_they_want(path):
    prose = re.sub(r"^\|[ |-]*$", "", prose_of(path), flags=re.MULTILINE)
    assert not re.findall(r".{0,20} [:;!?%»€]", prose)
    assert not re.findall(r".{0,20}[^\W\d_][;!?»]", prose)
    assert not re.findall(r"« .{0,20}", prose)


def test_figures_in_sentences_are_those_of_the_code():
    english, french = (" ".join(prose_of(DOCS / name).split()) for name in ("verdict.md", "verdict.fr.md"))
    width, ceiling = f"{recipe_gate.WIDTH:g}", f"{verdict.BLIND_AUC_CEILING:g}"
    alarms, stands = verdict.NEGATIVE_ALARMS_ALLOWED, controls.NEGATIVE_CONTROLS
    share = [f"{100 * s:g}" for s in (population.SHARE_LOW, population.SHARE_HIGH)]
    for said in (
        f"within {width} standard deviations",
        f"at most {ceiling}",
        f"each of {stands} reference models",
        f"More than {alarms} alarms",
        f"between {share[0]} % and {share[1]} %",
        f"at α = {100 * panel.ALPHA:g} %",
        f"at least {person_exposure.FEWEST_WAYS:g} ways",
        f"From {group.SMALLEST_GROUP} persons on",
        f"A group of {group.SMALLEST_POOLED} to {group.SMALLEST_GROUP - 1} is",
        f"The {why.LOOKED_AT} most surely exposed",
        f"at {100 * exposure.FALSE_DISCOVERIES:g} % of false discoveries",
    ):
        assert said in english
    for said in (
        f"à moins de {width} écarts-types",
        f"au plus {ceiling.replace('.', ',')}",
        f"chacun de {stands} modèles",
        f"Plus de {alarms} alarmes",
        f"entre {share[0]} % et {share[1]} %",
        f"au moins {person_exposure.FEWEST_WAYS:g} façons",
        f"À partir de {group.SMALLEST_GROUP} personnes",
        f"Un groupe de {group.SMALLEST_POOLED} à {group.SMALLEST_GROUP - 1} personnes",
        f"Les {why.LOOKED_AT} personnes les plus sûrement exposées",
    ):
        assert said in french
    for path, days in zip(READMES, (f"{RETENTION.days} days", f"{RETENTION.days} jours"), strict=True):
        text = " ".join(text_of(path).split())
        assert days in text
        assert str(population.FEWEST_PERSONS) in text


def test_every_key_of_a_configuration_is_described():
    for name, field in Configuration.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            opening, described = descriptions(section)
            assert opening, name
            assert set(described) == set(section.model_fields), name


def test_every_key_of_a_policy_is_described_on_its_row_and_every_filter_says_what_it_does_not_do():
    told = policy_page()
    rows = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| `")]
    assert len(rows) > 35
    assert all(len(row) == 3 and row[2] and "  " not in row[2] for row in rows)
    for cards in CARDS.values():
        for card in cards:
            assert card.limits.en in told
            assert card.limits.fr in told


def test_the_configurations_of_the_page_on_language_models_are_understood():
    told = [tomllib.loads(body) for body in fences(DOCS / "language.md", "toml")]
    blocks = [block for block in told if "model" in block]
    for block in blocks:
        content = block if "data" in block else {**block, "data": blocks[0]["data"]}
        found = configure(content, base=DOCS, where="language.md")
        assert found.is_language
    whole, served, deployed = blocks
    assert configure(whole, base=DOCS, where="x").model.fine_tuning.method == "lora"
    assert served["model"]["openai"]["headers"]["Authorization"] == "Bearer ${MODEL_KEY}"
    assert "members" not in deployed["data"]


def test_the_templates_of_the_page_on_language_models_are_understood(tmp_path):
    (body,) = [body for body in fences(DOCS / "language.md", "toml") if "[[template]]" in body]
    (tmp_path / "questions.toml").write_text(body, encoding="utf-8")
    read = Templates.read(tmp_path / "questions.toml")
    known = {"name": "Zoé Harcadel", "city": "Foix"}
    ((_, question),) = read.fitting(form="completion", known=known, withheld="code")
    assert question == "Compte rendu de Zoé Harcadel, né à Foix. Code :"
    assert read.category("code") == "code"
    page = (DOCS / "language.md").read_text(encoding="utf-8")
    assert f"At most {MOST_TEMPLATES} templates" in page


def test_every_key_of_audit_json_is_described():
    assert set(audit_json.MEANING) == set(audit_schema()["properties"])


def test_every_key_of_assessment_json_is_described():
    assert set(assessment_json.MEANING) == set(assessment_schema()["properties"])


def test_every_key_of_scan_json_is_described():
    assert set(scan_json.MEANING) == set(scan_schema()["properties"])


def test_the_example_of_a_scan_shows_places_and_no_value():
    for lang in Lang:
        files, command, answer = FENCE.findall(scan_example.example_block(lang))
        assert [kind for kind, _ in (files, command, answer)] == ["text", "sh", "text"]
        for value in re.findall(
            r"[\w.]+@[\w.]+|(?:\d\d ){4}\d\d|[A-Z]\w+ (?:Sampl|Exempl|Mod)\w+|\d{3} \d{3}", files[1]
        ):
            assert value not in answer[1]


def test_the_package_carries_the_figures_that_are_stored():
    assert measured() == read(detect_measured.measured_figures())
    assert set(measured()) < {kind.card.category for kind in DETECTORS}
    assert not {Category.SPECIAL_CATEGORY, Category.OFFENCE} & set(measured())


def rate(value, n=100):
    return {"value": value, "low": value - 0.05, "high": min(1.0, value + 0.05), "n": n}


def figures(recall, n=100):
    return {"precision": rate(0.9, n), "recall": rate(recall, n), "exact": rate(recall, n)}


def test_only_texts_held_out_are_reported_and_the_harder_language_of_two(monkeypatch):
    kept = {
        "detect.json": {
            "made": {"held_out": {"iban": figures(0.99)}, "development": {"iban": figures(1.0), "gps": figures(1.0)}}
        },
        "detect-persons.json": {
            "person": {
                "made fr, held out templates, invented surnames": figures(0.8),
                "made en, held out templates, invented surnames": figures(0.7),
                "made en, development templates, invented surnames": figures(0.6),
            },
            "address": {
                "made fr, held out templates, invented surnames": figures(0.9, n=60),
                "made en, held out templates, invented surnames": figures(0.9, n=10),
            },
        },
    }
    monkeypatch.setattr(detect_measured, "stored", kept.get)
    found = read(detect_measured.measured_figures())
    assert {str(category): known.recall.value for category, known in found.items()} == {
        "person": 0.7,
        "address": 0.9,
        "iban": 0.99,
    }
    assert found[Category.ADDRESS].recall.n == 60
    assert "English" in found[Category.PERSON].on.en


def test_detectors_that_nobody_measured_are_said_not_to_be(monkeypatch):
    monkeypatch.setattr(detect_measured, "stored", lambda _: None)
    monkeypatch.setattr(detect, "stored", lambda _: None)
    assert detect_measured.measured_figures() == {}
    assert detect.detect_block(Lang.en) == detect.ABSENT.en
    assert detect.detect_page().count(detect.ABSENT.en) == 4
    assert all(f"### `{kind.card.id}`" in detect.detect_page() for kind in DETECTORS)


def share(value, n=200):
    return {
        "value": value,
        "low": max(0.0, value - 0.03),
        "high": min(1.0, value + 0.03),
        "count": round(n * value),
        "n": n,
    }


def simulated(*, leak, no_leak, gate=0.0, predicted=0.8):
    return {
        "scenario": {
            "pools": 20,
            "targets": 10,
            "references": 256,
            "persons": 6000,
            "tau_average": 0.03,
            "tau_worst": 0.2,
        },
        "summary": {
            "leak_shown": share(leak),
            "no_leak_above_bound": share(no_leak),
            "inconclusive": share(1 - leak - no_leak),
            "gate_failed": share(gate),
            "planned_no_leak": predicted,
            "predicted_no_leak": predicted,
            "controls_caught": {"label-gap": share(0.1), "lira-offline": share(0.9), "lira": share(0.95)},
            "most_alarms": 2,
            "median_b_avg": 0.024,
            "median_b_worst": None,
            "bounds_above_zero": {"lira@0.01": share(0.99)},
            "bounds_below_zero": {"lira@0.01": share(0.985)},
            "mean_fpr": {"lira@0.01": 0.0101},
            "mean_tpr": {"lira@0.01": 0.0102},
            "panel_tpr_fpr": None,
            "reasons": {"within-tolerance": 150},
        },
    }


def test_a_simulation_that_fails_is_said_to_fail(monkeypatch):
    good, bad = simulated(leak=0.02, no_leak=0.78), simulated(leak=0.10, no_leak=0.5)
    for held, english, french in ((good, "| yes |", "| oui |"), (bad, "| **no** |", "| **non** |")):
        monkeypatch.setattr(simulation, "stored", lambda _, held=held: {"scenarios": {"null_bounded": held}})
        assert english in simulation.simulation_block(Lang.en)
        assert french in simulation.simulation_block(Lang.fr)
        assert english in simulation.simulation_page()
    assert "156 of 200: 78.0\u00a0% [75.0; 81.0]" in " ".join(_block(simulation, good, monkeypatch).split(" "))


def _block(module, held, monkeypatch):
    monkeypatch.setattr(module, "stored", lambda _: {"scenarios": {"null_bounded": held}})
    return module.simulation_block(Lang.en)


def bench(*, low, high, ours_first=True):
    row = {"mean_auc": 0.72, "mean_tpr": 0.051, "median_seconds": 12.3}
    pair = {
        "first": "vidocq/lira" if ours_first else "sacroml/offline",
        "second": "sacroml/offline" if ours_first else "vidocq/lira",
        "tpr_difference": {"mean": (low + high) / 2, "t_interval": [low, high]},
        "times": {"ratio": 0.5, "ratio_interval": [0.4, 0.6]},
    }
    suite = {
        "references": 64,
        "versions": {"vidocq": {"vidocq": "0.1.0"}, "sacroml": {"sacroml": "2.0.1"}},
        "summary": {"vidocq": {"lira": row}, "sacroml": {"offline": row}},
        "best_attack": {"vidocq": "lira", "sacroml": "offline"},
        "comparisons": [pair],
        "targets": [{}] * 5,
    }
    machine = {"cpu": "x", "cores": 2}
    told = {"fpr": 0.01, "seed": 1, "quick": False, "note": "", "not_plugged_in": [], "machine": machine}
    return {**told, "suites": {"adult": suite}}


@pytest.mark.parametrize(
    ("low", "high", "ours_first", "winner", "faster"),
    [
        (0.01, 0.03, True, "Vidocq does better", "Vidocq is faster"),
        (-0.03, -0.01, True, "sacroml does better", "Vidocq is faster"),
        (-0.01, 0.01, True, "no difference shown", "Vidocq is faster"),
        (0.01, 0.03, False, "sacroml does better", "sacroml is faster"),
    ],
)
def test_where_a_peer_wins_the_page_says_so(low, high, ours_first, winner, faster, monkeypatch):
    monkeypatch.setattr(peers, "stored", lambda _: bench(low=low, high=high, ours_first=ours_first))
    block = peers.peers_block(Lang.en)
    assert winner in block
    assert faster in block
    assert "| sacroml 2.0.1 |" in block


def test_a_quick_bench_is_not_quoted(monkeypatch):
    monkeypatch.setattr(peers, "stored", lambda _: bench(low=0.0, high=1.0) | {"quick": True})
    assert peers.peers_block(Lang.en) == peers.ABSENT.en


def beside(*, low, high):
    gap = {"mean": (low + high) / 2, "t_interval": [low, high], "n": 5}
    target = {
        "attacks": {
            "label-only, noise": {"auc": 0.7, "tpr": 0.1},
            "art label-only-boundary": {"auc": 0.6, "tpr": 0.02},
        },
        "counted": [100, 100],
        "setting": {"queries_per_record": 24_500.4},
    }
    pair = "label-only, noise - art label-only-boundary"
    labels = {"targets": [target] * 5, "pairs": {f"{pair}: auc": gap, f"{pair}: tpr": gap}}
    forest = {
        "sacroml": {"flags": {"a": True, "b": False}, "members_in_small_cells": 0.4},
        "ours": [{"quantity": "share whose answers fewer than 10 share", "members": 0.4, "outsiders": 0.6}],
    }
    suite = {"label_only": labels, "structure": [forest, forest]}
    return {"more-peers.json": {"references": 64, "suites": {"german": suite}}}


@pytest.mark.parametrize(
    ("low", "high", "winner"),
    [(0.01, 0.03, "Vidocq"), (-0.03, -0.01, "art"), (-0.01, 0.01, "no difference shown")],
)
def test_an_attack_that_a_peer_does_better_is_said_to_be_weaker(low, high, winner, monkeypatch):
    monkeypatch.setattr(attack_peers, "stored", beside(low=low, high=high).get)
    (row,) = (line for line in attack_peers.attack_by_attack()[2].splitlines() if "`label-only, noise`" in line)
    assert row.endswith(f"| {winner} | {winner} |")
    assert "Not measured on UCI Adult: `label-only, noise`" in "\n".join(attack_peers.attack_by_attack())
    assert "adversarial-robustness-toolbox 1." in row


def test_a_changed_figure_changes_the_page(monkeypatch):
    pages = []
    for high in (0.03, 0.04):
        monkeypatch.setattr(attack_peers, "stored", beside(low=0.01, high=high).get)
        pages.append("\n".join(attack_peers.attack_by_attack()))
    assert pages[0] != pages[1]
    assert "24,500 queries a record" in pages[0]
