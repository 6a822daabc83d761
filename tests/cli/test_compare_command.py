"""`vidocq compare`: who is worse, by how much, at what cost, and what cannot be compared."""

import copy
import json
import re
import shutil
from html.parser import HTMLParser

import pytest

from vidocq.audit.comparing.compare import compare, concerns_of_comparison
from vidocq.audit.comparing.finished import Finished, read_finished
from vidocq.audit.fail_on import Concern
from vidocq.audit.schema import require_valid_comparison
from vidocq.cli.main import main
from vidocq.core.text import Lang
from vidocq.report import comparison_summary, render_comparison

from workshop import configure, data

FIGURE = re.compile(r"-?\d+\.\d+")


def run(*words):
    return main(["compare", *map(str, words)])


def rates(content):
    return {(a["id"], r["alpha"]): r for a in content["attacks"] for r in a["rates"]}


@pytest.fixture(scope="module")
def sides(audited):
    return read_finished(audited / "gentle"), read_finished(audited / "leaky")


@pytest.fixture(scope="module")
def content(sides):
    found = compare(*sides)
    require_valid_comparison(found)
    return found


def changed(finished, change):
    """The same audit, told otherwise and without scores."""
    told = copy.deepcopy(finished.content)
    change(told)
    return Finished(told, finished.sha256, None)


# What is found


def test_the_model_that_remembers_is_worse(content):
    assert content["result"] == "worse"
    assert content["pairing"] == "paired"
    found = rates(content)
    assert all(rate["paired"] for rate in found.values())
    gap = found["label-gap", None]["risk"]
    assert gap["difference"]["value"] == pytest.approx(gap["b"]["value"] - gap["a"]["value"])
    assert gap["difference"]["low"] > 0


def test_it_mirrors(sides, content):
    back = compare(sides[1], sides[0])
    assert back["result"] == "better"
    for key, rate in rates(back).items():
        there = rates(content)[key]["risk"]["difference"]
        assert rate["risk"]["difference"]["low"] == pytest.approx(-there["high"])
        assert {rate["direction"], rates(content)[key]["direction"]} in ({"worse", "better"}, {"not_shown"})


def test_an_audit_beside_itself_shows_nothing(sides):
    found = compare(sides[1], sides[1])
    assert found["result"] == "not_shown"
    assert found["looks"]["relation"] == "replay"
    assert all(rate["risk"]["difference"]["value"] == 0 for rate in rates(found).values())
    assert all(rate["risk"]["difference"]["high"] > 0 for rate in rates(found).values())
    assert not found["differences"]


def test_right_answers_are_paired_too(content):
    utility = content["utility"]
    assert utility["measure"] == "accuracy"
    assert utility["paired"]
    members = utility["members"]
    assert members["difference"]["value"] == pytest.approx(members["b"]["value"] - members["a"]["value"])
    assert utility["gap"]["difference"]["low"] > 0
    assert utility["loss"] is not None


@pytest.fixture(scope="module")
def of_persons(tmp_path_factory):
    """Two audits of persons with two records each."""
    folder = tmp_path_factory.mktemp("persons")
    data(folder, side=60, persons=True)
    for name in ("leaky", "gentle"):
        configure(folder, f"{name}.toml", model=name, references=0, data='person = "who"')
        main(["audit", str(folder / f"{name}.toml"), "--out", str(folder / name), "--quiet"])
    return read_finished(folder / "gentle"), read_finished(folder / "leaky")


def test_right_answers_of_persons_with_several_records_are_paired(of_persons):
    assert not of_persons[0].scores.one_each
    same = compare(of_persons[1], of_persons[1])["utility"]
    assert same["paired"]
    for name in ("members", "non_members", "gap"):
        assert [same[name]["difference"][end] for end in ("value", "low", "high")] == [0, 0, 0]
    utility = compare(*of_persons)["utility"]
    members = utility["members"]
    assert members["difference"]["value"] == pytest.approx(members["b"]["value"] - members["a"]["value"])
    assert 0 < members["difference"]["low"] < members["difference"]["value"] < members["difference"]["high"]
    blind = [changed(side, lambda told: None) for side in of_persons]
    wide = compare(*blind)["utility"]["members"]["difference"]
    assert wide["low"] < members["difference"]["low"]


def test_the_footer_says_what_was_not_paired(sides, of_persons):
    for found in (compare(*of_persons), compare(*sides)):
        told = comparison_summary(found, lang=Lang.en)
        assert "paired one by one" in told
        assert "Not paired, so that their wider interval holds whatever their dependence: the mean loss." in told
        found["utility"]["paired"] = False
        assert "right answers or the error and the mean loss" in comparison_summary(found, lang=Lang.en)


def test_without_scores_the_same_persons_give_wider_intervals(sides, content):
    apart = compare(changed(sides[0], lambda told: None), changed(sides[1], lambda told: None))
    assert apart["pairing"] == "same_persons"
    for key, rate in rates(apart).items():
        paired = rates(content)[key]["risk"]["difference"]
        assert rate["risk"]["difference"]["value"] == pytest.approx(paired["value"])
        assert rate["risk"]["difference"]["high"] >= paired["high"] - 1e-12
        assert not rate["paired"]


def test_scores_of_another_audit_are_not_believed(audited, tmp_path):
    shutil.copytree(audited / "leaky", tmp_path / "mixed")
    shutil.copy(audited / "gentle" / "scores.parquet", tmp_path / "mixed" / "scores.parquet")
    assert read_finished(tmp_path / "mixed").scores is None
    assert read_finished(audited / "leaky").scores is not None


def test_damaged_scores_leave_an_unpaired_comparison(audited, tmp_path):
    shutil.copytree(audited / "leaky", tmp_path / "cut")
    whole = (tmp_path / "cut" / "scores.parquet").read_bytes()
    (tmp_path / "cut" / "scores.parquet").write_bytes(whole[: len(whole) // 2])
    assert read_finished(tmp_path / "cut").scores is None
    assert run(audited / "gentle", tmp_path / "cut", "--quiet") == 1


# What cannot be compared


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("suite_version", lambda told: told["suite"].update(version=99)),
        ("suite", lambda told: told["suite"].update(name="thorough")),
        ("decimals", lambda told: told["access"].update(decimals=1)),
        ("alphas", lambda told: told.update(alphas=[0.001, 0.01, 0.1])),
        ("task", lambda told: told["subject"].update(task="regression")),
        ("unit", lambda told: told["population"].update(unit="person")),
    ],
)
def test_what_makes_bounds_not_comparable_is_named(sides, what, change):
    found = compare(sides[0], changed(sides[0], change))
    assert not found["comparable"]
    assert [d["what"] for d in found["differences"] if d["blocking"]] == [what]
    assert concerns_of_comparison(found, sides[0].content) >= {Concern.NOT_MEASURED}


def test_other_members_are_a_caution(sides):
    found = compare(sides[0], changed(sides[0], lambda told: told["inputs"].update(members="0" * 64)))
    assert found["comparable"]
    assert [d["what"] for d in found["differences"]] == ["members"]
    assert found["looks"]["relation"] == "other_members"
    both = changed(sides[0], lambda told: told["inputs"].update(members="0" * 64, non_members="1" * 64))
    assert compare(sides[0], both)["pairing"] == "different_persons"


def test_what_only_one_measured_is_listed(sides):
    def silence(told):
        told["attacks"] = [a for a in told["attacks"] if a["id"] != "loss"]

    found = compare(sides[0], changed(sides[0], silence))
    assert {(a["id"], a["measured_in"]) for a in found["not_compared"] if a["id"] == "loss"} == {("loss", "a")}
    assert Concern.NOT_MEASURED in concerns_of_comparison(found, sides[0].content)


def test_no_attack_in_common(sides):
    found = compare(sides[0], changed(sides[0], lambda told: told.update(attacks=[])))
    require_valid_comparison(found)
    assert (found["tests"], found["result"]) == (0, "not_shown")


def test_looks_are_told(sides):
    relation = {}
    cases = {
        "unregistered": lambda t: t["verdicts"][0].update(registration=None),
        "two_ledgers": lambda t: t["verdicts"][0].update(registration="3" * 64),
        "other_access": lambda t: t["access"].update(outputs="labels"),
    }
    for name, change in cases.items():
        relation[name] = compare(sides[0], changed(sides[0], change))["looks"]["relation"]
    assert relation == {name: name for name in cases}

    def later(told):
        told["verdicts"][0].update(registration="3" * 64, look=3)

    found = compare(sides[0], changed(sides[0], later))["looks"]
    assert found["relation"] == "looks"
    assert not found["b"]["as_the_rule_says"]  # the error is still that of a first look
    spent = compare(*sides)["looks"]
    assert spent["relation"] == "looks"
    assert spent["a"]["as_the_rule_says"]
    assert spent["b"]["as_the_rule_says"]
    assert {spent["a"]["look"], spent["b"]["look"]} == {1, 2}


# Direct evidence


def share(value, low, high):
    return {"value": value, "low": low, "high": high, "level": 0.95, "n": 150}


def reading(estimate, *, direct, place="KNeighborsClassifier._fit_X", p=1e-9):
    found = "share of records found whole inside the model"
    return {
        "id": "structure",
        "criterion": "singling_out",
        "quantity": {"fr": f"part retrouvée ({place})", "en": f"{found} ({place})"},
        "estimate": estimate,
        "baseline": None,
        "control": share(0.0, 0.0, 0.024),
        "p": p,
        "p_holm": p,
        "direct": direct,
        "limits": None,
        "cost": {"queries": 0, "reference_models": 0},
    }


def sign(value):
    return reading(share(value, value / 2, value * 1.5), direct=False, p=None, place="leaves")


def holding(finished, *results):
    """The same audit, of a model whose file was read, with what was found in it."""

    def change(told):
        told["results"] = list(results)
        told["not_measured"] = [absent for absent in told["not_measured"] if absent["id"] != "structure"]

    return changed(finished, change)


KEPT = share(1.0, 0.976, 1.0)


@pytest.fixture(scope="module")
def clean(sides):
    return holding(sides[0], sign(0.2))


@pytest.fixture(scope="module")
def kept(sides):
    return holding(sides[0], reading(KEPT, direct=True), sign(0.3))


def test_direct_evidence_in_b_alone_is_worse(clean, kept):
    found = compare(clean, kept)
    require_valid_comparison(found)
    assert found["result"] == "worse"
    assert Concern.WORSE in concerns_of_comparison(found, kept.content)
    entry = {e["direction"]: e for e in found["findings"]}
    assert entry["worse"]["estimate"] == {"a": None, "b": KEPT}
    assert entry["worse"]["measured"] == {"a": "nothing", "b": "yes"}
    assert entry[None]["estimate"]["a"]["value"] == 0.2  # a sign stands beside a sign, and nobody judges it
    assert entry[None]["control"]["b"] == share(0.0, 0.0, 0.024)
    summary = comparison_summary(found, lang=Lang.en)
    assert "direct evidence in the file of B, which the audit of A does not show" in summary
    assert "100.0" in summary
    assert "nothing of the kind" in summary
    assert "findings-table" in render_comparison(found, lang=Lang.fr)


def test_direct_evidence_gone_is_better(clean, kept):
    found = compare(kept, clean)
    assert found["result"] == "better"
    assert Concern.WORSE not in concerns_of_comparison(found, clean.content)
    assert "preuve directe dans le fichier de A" in comparison_summary(found, lang=Lang.fr)


def test_evidence_that_was_not_looked_for_is_not_gone(sides, kept):
    unread = changed(sides[0], lambda told: told.update(results=[]))
    back = compare(kept, unread)
    assert back["result"] == "not_shown"
    assert {"id": "structure", "alpha": None, "measured_in": "a"} in back["not_compared"]
    assert Concern.NOT_MEASURED in concerns_of_comparison(back, unread.content)
    assert compare(unread, kept)["result"] == "worse"


def test_direct_evidence_in_both_differs_only_where_intervals_are_apart(sides, kept):
    other = holding(sides[0], reading(share(0.98, 0.94, 0.99), direct=True, place="SVC.support_vectors_"))
    few = holding(sides[0], reading(share(0.1, 0.06, 0.16), direct=True, place="SVC.support_vectors_"))
    assert compare(kept, other)["result"] == "not_shown"
    assert compare(few, kept)["result"] == "worse"
    assert compare(kept, few)["result"] == "better"
    (entry,) = [e for e in compare(kept, few)["findings"] if e["direction"] is not None]
    assert {text["en"][-6:] for text in entry["quantity"].values()} == {"fit_X)", "tors_)"}
    assert "The files of both models hold direct evidence" in comparison_summary(compare(kept, other), lang=Lang.en)


def test_direct_evidence_alone_is_a_comparison(clean, kept):
    bare = [changed(side, lambda told: told.update(attacks=[])) for side in (clean, kept)]
    found = compare(*bare)
    require_valid_comparison(found)
    assert (found["tests"], found["result"]) == (0, "worse")
    assert "Nothing could be compared" not in comparison_summary(found, lang=Lang.en)
    assert "Nothing could be compared" in comparison_summary(compare(bare[0], bare[0]), lang=Lang.en)


# The command


def test_exit_codes(audited):
    worse, better = (audited / "gentle", audited / "leaky"), (audited / "leaky", audited / "gentle")
    unmeasured = compare(*(read_finished(p) for p in better))["not_compared"]
    assert run(*worse, "--quiet") == 1
    assert run(*better, "--quiet") == (3 if unmeasured else 0)
    assert run(*better, "--quiet", "--fail-on", "worse") == 0
    assert run(*worse, "--quiet", "--fail-on", "never") == 0
    assert run(*worse, "--quiet", "--fail-on", "leak_shown") == 1
    assert run(*better, "--quiet", "--fail-on", "leak_shown,inconclusive") == 3
    assert run(*worse, "--quiet", "--fail-on", "worst") == 2


def test_not_comparable_is_3(audited, tmp_path):
    configure(audited, "two.toml", model="gentle", plan="alphas = [0.01, 0.05, 0.1]")
    main(["audit", str(audited / "two.toml"), "--out", str(tmp_path / "two"), "--quiet"])
    assert run(audited / "gentle", tmp_path / "two", "--quiet") == 3
    assert run(audited / "gentle", tmp_path / "two", "--quiet", "--fail-on", "worse") == 0


@pytest.mark.parametrize("written", ["", "{", "[]", '{"schema": "vidocq.audit/2"}', '{"schema": NaN}', "[" * 100_000])
def test_what_is_no_audit_is_wrong_usage(audited, tmp_path, written, capsys):
    (tmp_path / "audit.json").write_text(written)
    assert run(audited / "leaky", tmp_path, "--quiet") == 2
    assert run(audited / "leaky", tmp_path / "audit.json", "--quiet") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_nothing_there(audited, tmp_path):
    assert run(audited / "leaky", tmp_path / "absent") == 2
    assert run(audited / "leaky", tmp_path) == 2


def test_files_are_whole_deterministic_and_valid(audited, tmp_path):
    for name in ("one", "two"):
        run(
            audited / "gentle", audited / "leaky", "--out", tmp_path / name, "--json", tmp_path / f"{name}.json", "-q"
        )
    for name in ("compare.json", "compare.fr.html", "compare.en.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "one" / "compare.json").read_bytes()
    require_valid_comparison(json.loads((tmp_path / "one.json").read_bytes()))


def test_the_audit_json_alone_will_do(audited, capsys):
    assert run(audited / "gentle" / "audit.json", audited / "leaky" / "audit.json", "--lang", "en") == 1
    assert "do not let the persons be paired" in capsys.readouterr().out


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append(tag)
        self.ids += [held["id"]] if "id" in held else []
        self.links += [held["href"]] if "href" in held else []
        if tag not in {"meta", "br", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_is_self_contained_and_well_formed(audited, tmp_path, lang, capsys):
    run(audited / "gentle", audited / "leaky", "--out", tmp_path, "--lang", lang)
    text = (tmp_path / f"compare.{lang}.html").read_text()
    page = Page()
    page.feed(text)
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert f'<html lang="{lang}">' in text
    assert page.tags.count("caption") == page.tags.count("table") > 5
    assert "anonym" not in text
    said = capsys.readouterr().out
    opening = {"fr": "B laisse reconnaître davantage", "en": "B lets more be recognised"}[lang]
    assert opening in said
    assert opening in text
    if lang == "fr":  # decimal commas, everywhere a reader looks
        assert not FIGURE.search(re.sub(r"<style>.*?</style>|<head>.*?</head>", "", text, flags=re.DOTALL))
