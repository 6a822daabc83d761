"""`vidocq scan` from files to files: places are right, nothing is lost, no value leaves."""

import json
import os
import re
import stat
from html.parser import HTMLParser

import pytest

from vidocq.audit.scan import running
from vidocq.audit.scan.execute import WORK
from vidocq.audit.schema import require_valid_scan
from vidocq.cli.main import main
from vidocq.detect.find import find_each
from vidocq.engine.store import Store
from vidocq.targets.texts.limits import Limits

from scanning import CALLS, EMAIL, TINY, counting, crashing, labelled, scan, spans, stopping


@pytest.fixture
def folder(tmp_path):
    """Every format, each with values that no result may show."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = tmp_path / "data"
    data.mkdir()
    many = "".join(f"Ligne {i} pour écrire à personne{i}@secret.fr ou rien.\n" for i in range(60))
    (data / "a.txt").write_text(many, encoding="utf-8")
    (data / "b.txt").write_bytes(many.encode("cp1252"))
    rows = [{"note": f"écrire à n{i}@secret.fr", "l": [f"m{i}@secret.fr"], f"k{i}@secret.fr": "x"} for i in range(40)]
    (data / "c.jsonl").write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    (data / "d.csv").write_text("nom;courriel\n" + "".join(f"x;c{i}@secret.fr\n" for i in range(40)))
    (data / "e.html").write_text("<p>Vers <b>h@secret.fr</b></p><script>s@secret.fr</script>")
    pq.write_table(pa.table({"t": [f"p{i}@secret.fr" for i in range(40)]}), data / "f.parquet", row_group_size=10)
    return data


# Places


def test_a_span_stands_where_it_says(folder, tmp_path, capsysbinary):
    outcome = scan([folder], tmp_path / "out", limits=TINY)
    assert outcome.exit_code == 1
    found = spans(tmp_path / "out")
    assert {
        name: sum(s["source"].endswith(name) for s in found)
        for name in ["a.txt", "b.txt", "c.jsonl", "d.csv", "e.html"]
    } == {
        "a.txt": 60,
        "b.txt": 60,
        "c.jsonl": 120,
        "d.csv": 40,
        "e.html": 1,
    }
    assert sum(s["source"].endswith("f.parquet") for s in found) == 40
    capsysbinary.readouterr()
    for source in sorted({s["source"] for s in found}):
        assert main(["scan", "--text", source]) == 0
        text = capsysbinary.readouterr().out.decode()
        here = [s for s in found if s["source"] == source]
        if here[0]["record"] is None:
            told = {(None, None): text}
        else:
            told = {(line["record"], line["field"]): line["text"] for line in map(json.loads, text.splitlines())}
        for span in here:
            value = told[span["record"], span["field"]][span["start"] : span["end"]]
            assert EMAIL.fullmatch(value), span


def test_a_find_across_a_cut_is_found_once(tmp_path):
    path = tmp_path / "a.txt"
    for shift in range(0, 60, 7):
        path.write_text("é" * shift + "".join(f" abc{i:05}@secret.fr" for i in range(200)))
        scan([path], tmp_path / "out", limits=Limits(shard_bytes=500, block=97, margin=25))
        found = spans(tmp_path / "out")
        text = path.read_text()
        assert [text[s["start"] : s["end"]] for s in found] == [f"abc{i:05}@secret.fr" for i in range(200)]


def test_any_number_of_workers_and_any_cut_give_the_same_bytes(folder, tmp_path):
    def results(name):
        return {file: (tmp_path / name / file).read_bytes() for file in ("scan.json", "spans.jsonl")}

    scan([folder], tmp_path / "one", limits=TINY)
    scan([folder], tmp_path / "two", limits=TINY, workers=2)
    scan([folder], tmp_path / "whole")
    assert results("one") == results("two") == results("whole")


def test_a_stopped_scan_goes_on_to_the_same_bytes(folder, tmp_path, monkeypatch):
    scan([folder], tmp_path / "plain", limits=TINY)
    monkeypatch.setattr(running, "WINDOW", 2)
    CALLS.clear()
    with pytest.raises(KeyboardInterrupt):
        scan([folder], tmp_path / "out", limits=TINY, find=stopping)
    kept = Store(tmp_path / "out" / WORK).keys()
    assert kept
    assert not (tmp_path / "out" / "scan.json").exists()
    for held in kept:  # what hangs on the key is not kept
        assert not {"identity", "document"} & set(Store(tmp_path / "out" / WORK).get(held))
    CALLS.clear()
    scan([folder], tmp_path / "out", limits=TINY, find=counting)
    again = len(CALLS)
    CALLS.clear()
    scan([folder], tmp_path / "x", limits=TINY, find=counting)
    assert 0 < again < len(CALLS)
    for name in ("scan.json", "spans.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()
    assert not (tmp_path / "out" / WORK).exists()


# No value


def everything_written(out):
    return b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())


def test_no_value_is_written_or_printed(folder, tmp_path, capfd):
    assert (
        main(["scan", str(folder), "--out", str(tmp_path / "out"), "--json", str(tmp_path / "out" / "x.json")]) == 1
    )
    told = capfd.readouterr()
    for held in (everything_written(tmp_path / "out"), told.out.encode(), told.err.encode()):
        assert b"secret.fr" not in held
        assert b"personne1" not in held
    assert stat.S_IMODE(os.stat(tmp_path / "out" / "spans.jsonl").st_mode) == 0o600


def test_a_detector_that_crashes_costs_its_file_only(folder, tmp_path, capfd):
    (folder / "g.txt").write_text("boum z@secret.fr")
    outcome = scan([folder], tmp_path / "out", find=crashing)
    told = capfd.readouterr()
    for held in (everything_written(tmp_path / "out"), told.out.encode(), told.err.encode()):
        assert b"secret.fr" not in held
        assert b"quotes" not in held
    [gap] = outcome.content["gaps"]
    assert gap["source"].endswith("g.txt")
    assert (gap["kind"], gap["error"]) == ("crashed", "ValueError")
    assert sum(s["source"].endswith("a.txt") for s in spans(tmp_path / "out")) == 60
    assert outcome.exit_code == 1


def test_a_crash_midway_keeps_the_places_of_what_follows(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"t": "{"boum" if i == 30 else "x"} {i}@secret.fr"}}\n' for i in range(100)))
    outcome = scan([path], tmp_path / "out", find=crashing, limits=TINY)
    found = spans(tmp_path / "out")
    assert {s["record"] for s in found} < set(range(1, 101))
    assert {s["record"] for s in found} >= {1, 2, 99, 100}
    assert 31 not in {s["record"] for s in found}
    assert len(found) > 80
    assert [gap["kind"] for gap in outcome.content["gaps"]] == ["crashed"]
    assert outcome.content["totals"]["documents"] == 100


# Counts


def test_counts(folder, tmp_path):
    content = scan([folder], tmp_path / "out").content
    require_valid_scan(content)
    [category] = [c for c in content["categories"] if c["id"] == "email"]
    assert category["count"] == 321 == content["totals"]["spans"]
    assert category["files"] == 6
    assert category["documents"] == 3 + 40 + 40 + 40
    assert content["totals"]["documents"] == 123
    assert category["per_thousand"] == pytest.approx(1000 * 321 / 123, abs=1e-6)
    assert {field["field"] for field in content["fields"]} == {"courriel", "note", "l[]", "t", "#3@name"}
    assert all(field["counts"] == {"email": 40} for field in content["fields"])
    assert not re.search(r"\d{4}-\d\d-\d\d", json.dumps({**content, "inputs": None, "files": None}))


def test_recurring_persons_are_counted_over_different_documents(tmp_path):
    rows = [{"t": f"{i} a@secret.fr"} for i in range(6)] + [{"t": "same b@secret.fr"}] * 5 + [{"t": "A@SECRET.FR"}]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (tmp_path / "b.txt").write_text("a@secret.fr")
    (tmp_path / "c.txt").write_text("a@secret.fr")  # the same document as b.txt
    content = scan([tmp_path / n for n in ("a.jsonl", "b.txt", "c.txt")], tmp_path / "out").content
    [found] = content["recurring"]["categories"]
    assert found == {"id": "email", "identifiers": 2, "in_documents": [1, 1, 0]}
    other = scan([tmp_path / "a.jsonl"], tmp_path / "x", key=None).content["recurring"]
    assert other["key"] is None
    assert other["categories"][0]["in_documents"] == [1, 1, 0]
    assert (
        content["recurring"]["key"]
        != scan([tmp_path / "b.txt"], tmp_path / "y", key=b"z" * 32).content["recurring"]["key"]
    )


def test_a_label_helps_and_is_no_find(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"siren": "x", "t": "y"}\n')
    CALLS.clear()
    scan([tmp_path / "a.jsonl"], tmp_path / "out", find=labelled)
    assert "siren: x\n\nt: y" in CALLS
    assert [(s["field"], s["start"], s["end"]) for s in spans(tmp_path / "out")] == [("siren", 0, 1)]


def test_a_name_without_capitals_is_found_beside_records_that_have_some(tmp_path):
    records = [{"text": "Il fait beau. Le train part."}, {"text": "bonjour, je suis thomas dupont"}]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    scan([tmp_path / "a.jsonl"], tmp_path / "out", find=find_each)
    [found] = spans(tmp_path / "out")
    assert (found["record"], found["category"]) == (2, "person")


# The command


def run(*words):
    return main(["scan", *map(str, words)])


def test_exit_codes(tmp_path, capsys):
    clean, dirty, broken = tmp_path / "clean.txt", tmp_path / "dirty.txt", tmp_path / "broken.txt.gz"
    clean.write_text("Rien à voir ici.")
    dirty.write_text("Écrire à jean.martin@exemple.fr")
    broken.write_bytes(b"\x1f\x8b broken")
    out = ("--out", tmp_path / "out", "-q")
    assert run(clean, *out) == 0
    assert run(dirty, *out) == 1
    assert run(broken, *out) == 3
    assert run(broken, dirty, *out) == 1
    assert run(dirty, broken, *out, "--fail-on", "not_measured") == 3
    assert run(dirty, broken, *out, "--fail-on", "never") == 0
    assert run(dirty, *out, "--categories", "iban") in {0, 3}
    assert run(tmp_path / "absent", *out) == 2
    assert run(clean, *out, "--categories", "no") == 2
    assert run(clean, *out, "--fail-on", "leak_shown") == 2
    assert run("--out", tmp_path / "out") == 2
    assert run("--text", tmp_path / "absent") == 2
    assert run("--text", tmp_path) == 2
    assert run("--text", broken) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_patterns_choose_files(tmp_path):
    for name in ("a.txt", "b.log", "c.txt"):
        (tmp_path / name).write_text("x@secret.fr")
    content = scan([tmp_path], tmp_path / "out", include=("*.txt",), exclude=("c.*",)).content
    assert [file["source"].rsplit("/")[-1] for file in content["files"]] == ["a.txt"]
    assert content["totals"]["left_out"] == 2


def test_a_key_that_others_can_read_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("x@secret.fr")
    key = tmp_path / "key"
    key.write_bytes(os.urandom(32))
    key.chmod(0o644)
    assert run(tmp_path / "a.txt", "--out", tmp_path / "o", "-q", "--key", key) == 2
    key.chmod(0o600)
    assert run(tmp_path / "a.txt", "--out", tmp_path / "o", "-q", "--key", key) == 1
    assert json.loads((tmp_path / "o" / "scan.json").read_text())["recurring"]["key"]


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append(tag)
        self.ids += [held["id"]] if "id" in held else []
        if tag not in {"meta", "br", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_is_self_contained_and_well_formed(folder, tmp_path, lang):
    (folder / "z.gz").write_bytes(b"no")
    scan([folder], tmp_path / "out")
    text = (tmp_path / "out" / f"report.{lang}.html").read_text()
    page = Page()
    page.feed(text)
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert page.tags.count("caption") == page.tags.count("table") >= 6
    assert {"fr": "non mesuré", "en": "not measured"}[lang] in text
    if lang == "fr":
        figures = re.findall(r'<td class="figures">(.*?)</td>', text)
        assert figures
        assert not any(re.search(r"\d\.\d", figure) for figure in figures)


def test_nothing_else_is_left(folder, tmp_path):
    scan([folder], tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report.en.html",
        "report.fr.html",
        "run.json",
        "scan.json",
        "spans.jsonl",
    ]
