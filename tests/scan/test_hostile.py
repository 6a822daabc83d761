"""A folder of bad files: each is told by its kind, the rest is searched, and what they hold is written nowhere."""

import gzip
import io
import json
import logging
import os
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vidocq.cli.main import main

VALUE = "jeanne.planted@secret.fr"
SAID = f"Écrire à {VALUE} ou au 06 12 34 56 78. "
MIB = 2**20


def table():
    held = io.BytesIO()
    pq.write_table(pa.table({"note": [f"{SAID}{i}" for i in range(2000)]}), held)
    return held.getvalue()


def archive():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", SAID + " " * 50 * MIB)
    return held.getvalue()


BAD = {
    "mixed.txt": (SAID.encode() + SAID.encode("cp1252") * 3 + SAID.encode() * 40, "mixed_encoding"),
    "broken16.txt": (
        b"\xff\xfe" + SAID.encode("utf-16-le") * 3 + b"\x00\xd8" + "x".encode("utf-16-le"),
        "broken_encoding",
    ),
    "noise.txt": (bytes(range(256)) * 30 + SAID.encode(), "unsupported"),
    "long.jsonl": (b'{"a": "' + SAID.encode() + b"x" * 17 * MIB + b'"}\n{"a": "b"}\n', "too_long"),
    "bad.jsonl": (f'{{"a": "{SAID}\n{{"a": "b"}}\n'.encode(), "bad_record"),
    "deep.jsonl": (b"[" * 100_000 + json.dumps(SAID).encode() + b"]" * 100_000, "too_deep"),
    "bad.json": (f'{{"a": "{SAID}", }}'.encode(), "bad_record"),
    "large.json": (json.dumps([SAID + "x" * 33 * MIB]).encode(), "too_large"),
    "open.csv": (f'a,b\n1,"{SAID}'.encode() + b"x" * 17 * MIB, "too_long"),
    "bomb.txt.gz": (gzip.compress(SAID.encode() + b" " * 100 * MIB), "bomb"),
    "bomb.jsonl.zst": (pa.compress(SAID.encode() + b" " * 100 * MIB, "zstd", asbytes=True), "bomb"),
    "cut.txt.gz": (gzip.compress(SAID.encode() + os.urandom(100_000).hex().encode())[:-4000], "damaged"),
    "no.txt.gz": (SAID.encode(), "damaged"),
    "bomb.zip": (archive(), "unsupported"),
    "cut.parquet": (table()[:-300], "damaged"),
    "spoilt.parquet": (table()[:600] + b"\xff" * 400 + table()[1000:], "damaged"),
    "no.parquet": (SAID.encode(), "damaged"),
    "no.pdf": (b"%PDF-1.4\n" + SAID.encode(), "damaged"),
    "open.html": (b"<p>" + b"<a title='" + SAID.encode() * 1000, "damaged"),
}


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for name, (content, _) in BAD.items():
        (data / name).write_bytes(content)
    (data / "loop1").symlink_to(data / "loop2")
    (data / "loop2").symlink_to(data / "loop1")
    (data / "gone").symlink_to(data / "nothing")
    (data / "out").symlink_to("/etc/hostname")
    os.mkfifo(data / "pipe")
    (data / "denied.txt").write_text(SAID)
    (data / "denied.txt").chmod(0)
    (data / "zz-sound.txt").write_text(f"IBAN FR76 3000 6000 0112 3456 7890 189. {SAID}")
    return data


def test_each_is_told_and_the_rest_is_done(folder, tmp_path, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "out"
    assert main(["scan", str(folder), "--out", str(out), "--categories", "nir"]) == 3
    assert main(["scan", str(folder), "--out", str(out)]) == 1
    assert main(["scan", str(folder), "--out", str(out), "--fail-on", "not_measured", "--lang", "en"]) == 3
    told = capfd.readouterr()
    content = json.loads((out / "scan.json").read_text())
    gaps = {}
    for gap in content["gaps"]:
        gaps.setdefault(gap["source"].rsplit("/", 1)[-1], set()).add(gap["kind"])
    expected = {name: kind for name, (_, kind) in BAD.items()} | {
        "loop1": "link_loop",
        "loop2": "link_loop",
        "gone": "link_broken",
        "out": "link_out",
        "pipe": "not_a_file",
    }
    if os.geteuid():  # the superuser can read everything
        expected["denied.txt"] = "denied"
    assert {name: kind for name, kind in expected.items() if kind not in gaps.get(name, ())} == {}
    found = [json.loads(line) for line in (out / "spans.jsonl").read_text().splitlines()]
    assert {span["category"] for span in found if span["source"].endswith("zz-sound.txt")} >= {
        "email",
        "phone",
        "iban",
    }
    assert {"mixed.txt", "broken16.txt", "cut.txt.gz"} <= {span["source"].rsplit("/", 1)[-1] for span in found}
    written = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    for held in (written, told.out.encode(), told.err.encode(), caplog.text.encode()):
        for value in (b"planted", b"secret.fr", b"12 34 56", b"Traceback"):
            assert value not in held


def test_the_text_of_a_bad_file_is_printed_and_no_more(folder, capfd, caplog):
    """`--text` prints what it reads, for that is what it is asked for; what it says of problems quotes nothing."""
    for name in ("bad.jsonl", "cut.parquet", "no.pdf", "open.html", "deep.jsonl"):
        assert main(["scan", "--text", str(folder / name)]) == 3
        told = capfd.readouterr()
        for value in ("planted", "12 34 56", "Traceback"):
            assert value not in told.err
            assert value not in caplog.text
