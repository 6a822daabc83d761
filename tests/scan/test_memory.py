"""Memory stays flat however much is read: measured as the peak of a process that scans."""

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanning import scan

MIB = 2**20
CHILD = """
import sys
from pathlib import Path
from vidocq.audit.scan.execute import run_scan
from vidocq.audit.scan.options import Options
from vidocq.detect.find import find_each
from scanning import emails
find = find_each if sys.argv[4] == "all" else emails
done = run_scan([Path(sys.argv[1])], Path(sys.argv[2]), options=Options(workers=int(sys.argv[3])), find=find)
# Not getrusage: it counts the process that started this one, before its program was loaded.
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(done.exit_code, peak, done.content["totals"]["spans"], *[gap["kind"] for gap in done.content["gaps"]])
"""


def scanned(path, out, *, workers=1, find="emails"):
    """Exit code, the peak of the process in MiB, finds, kinds of gaps."""
    here = Path(__file__).resolve().parents[1]
    src = here.parent / "src"
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(out), str(workers), find],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": f"{src}:{here}", "PATH": "/usr/bin:/bin"},
    )
    code, own, spans, *kinds = done.stdout.split()
    return int(code), int(own) / 1024, int(spans), kinds


def lines(path, size):
    """A JSONL file of `size` bytes or a little more; returns the number of its records."""
    block = "".join(
        json.dumps({"texte": f"écrire à n{i}@secret.fr " + "mot " * 60, "k": i}, ensure_ascii=False) + "\n"
        for i in range(1000)
    ).encode()
    count = -(-size // len(block))
    with path.open("wb") as file:
        for _ in range(count):
            file.write(block)
    return count * 1000


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = []
    for size in (20, 80):
        records = lines(tmp_path / "a.jsonl", size * MIB)
        code, own, spans, kinds = scanned(tmp_path / "a.jsonl", tmp_path / "out")
        assert (code, spans, kinds) == (1, records, [])
        peaks.append(own)
    assert peaks[1] < peaks[0] + 100
    assert peaks[1] < 600


def test_a_line_of_200_mb_and_what_follows_it(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"t": "a@secret.fr"}\n{"t": "')
        for _ in range(200):
            file.write(b"x" * 10**6)
        file.write(b'"}\n{"t": "b@secret.fr"}\n')
    code, own, spans, kinds = scanned(path, tmp_path / "out")
    assert (code, spans, kinds) == (1, 2, ["too_long"])
    told = [json.loads(line)["record"] for line in (tmp_path / "out" / "spans.jsonl").read_text().splitlines()]
    assert told == [1, 3]
    [gap] = json.loads((tmp_path / "out" / "scan.json").read_text())["gaps"]
    assert (gap["records"], gap["count"], gap["extent"]) == ([2], 1, "records")
    assert own < 600


def test_a_text_of_200_mb_on_one_line(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        for i in range(200):
            file.write(f"n{i}@secret.fr ".encode() + b"- " * (10**6 // 2 - 20))
    code, own, spans, kinds = scanned(path, tmp_path / "out")
    assert (code, spans, kinds) == (1, 200, [])
    assert own < 600


def test_a_bomb_takes_neither_time_nor_memory(tmp_path):
    with gzip.open(tmp_path / "a.txt.gz", "wb", compresslevel=6) as file:
        for _ in range(200):
            file.write(b" " * MIB)
    clock = time.perf_counter()
    code, own, _, kinds = scanned(tmp_path / "a.txt.gz", tmp_path / "out")
    assert (code, kinds) == (3, ["bomb"])
    assert own < 600
    assert time.perf_counter() - clock < 60


def test_a_folder_of_many_files(tmp_path):
    data = tmp_path / "data"
    for i in range(1000):
        place = data / f"d{i % 30}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{i}.txt").write_text(f"n{i}@secret.fr" if i % 100 == 0 else "rien")
    content = scan([data], tmp_path / "out").content
    assert content["totals"]["read"] == content["totals"]["documents"] == 1000
    assert len(content["files"]) == content["totals"]["spans"] == 10


@pytest.mark.slow
def test_a_folder_of_100_000_files(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for i in range(100_000):
        (data / f"{i}.txt").write_text(f"n{i}@secret.fr")
    code, own, spans, _ = scanned(data, tmp_path / "out", workers=2)
    assert (code, spans) == (1, 100_000)
    assert own < 1024


@pytest.mark.slow
def test_memory_does_not_grow_with_all_detectors(tmp_path):
    peaks = []
    for size in (60, 300):
        records = lines(tmp_path / "a.jsonl", size * MIB)
        code, own, spans, kinds = scanned(tmp_path / "a.jsonl", tmp_path / "out", find="all")
        assert (code, spans, kinds) == (1, records, [])
        peaks.append(own)
    assert peaks[1] < peaks[0] + 100
    assert 3 * peaks[1] < 1024  # the process and two workers


@pytest.mark.slow
def test_5_gb_of_jsonl_under_1_gib(tmp_path):
    records = lines(tmp_path / "a.jsonl", 5 * 10**9)
    code, own, spans, kinds = scanned(tmp_path / "a.jsonl", tmp_path / "out")
    assert (code, spans, kinds) == (1, records, [])
    assert 3 * own < 1024  # the process and two workers, each of which holds no more than this one
