"""Truncation and rewriting are found against an anchor; an archive is checked before anything of it is believed."""

import json
import sqlite3
import stat
import struct
import zipfile

import pytest

from vidocq.cli.main import main
from vidocq.core.canonical import canonical_bytes, content_hash, sha256
from vidocq.dossier.archive.read import opened
from vidocq.dossier.archive.verify import verify_archive
from vidocq.dossier.ledger import Ledger


def at(path):
    return f"sqlite:///{path}"


def filled(path, *, values=(1, 2, 3, 4)):
    with Ledger.open(at(path)) as ledger:
        for value in values:
            ledger.append("fact", {"value": value})
        ledger.keep_aside({"name": "Quatremaille"})
        return ledger.head()


def run(capsys, *arguments):
    code = main(["dossier", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def noted(tmp_path, capsys):
    """A ledger, a key, and a plain and a signed anchor of it."""
    head = filled(tmp_path / "a.db")
    _, said, _ = run(capsys, "keygen", tmp_path / "key.pem", "--lang", "en")
    public = said.split()[-1]
    assert run(capsys, "anchor", "--out", tmp_path / "plain.json", "--dossier", at(tmp_path / "a.db"))[0] == 0
    signed = ["anchor", "--out", tmp_path / "signed.json", "--dossier", at(tmp_path / "a.db")]
    assert run(capsys, *signed, "--key", tmp_path / "key.pem")[0] == 0
    return head, public


def verifications(tmp_path, head, public):
    return [
        ["--anchor", tmp_path / "plain.json"],
        ["--anchor", tmp_path / "signed.json", "--key", public],
        ["--head", head, "--length", 5],
    ]


def test_an_anchor_holds_of_what_was_only_continued(tmp_path, capsys, noted):
    filled(tmp_path / "a.db", values=(5,))
    for options in verifications(tmp_path, *noted):
        code, said, _ = run(capsys, "verify", at(tmp_path / "a.db"), *options, "--lang", "en")
        assert code == 0
        assert "anchor of entry 5 is in it" in said


def test_truncation_is_found_and_only_against_an_anchor(tmp_path, capsys, noted):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("DELETE FROM vidocq_entries WHERE seq > 3")
    connection.close()
    assert run(capsys, "verify", at(tmp_path / "a.db"))[0] == 0
    for options in verifications(tmp_path, *noted):
        code, _, complaint = run(capsys, "verify", at(tmp_path / "a.db"), *options, "--lang", "en")
        assert code == 1
        assert complaint.startswith("entry 5: the ledger was cut short")


def test_a_full_rewriting_is_found_and_only_against_an_anchor(tmp_path, capsys, noted):
    (tmp_path / "a.db").unlink()
    filled(tmp_path / "a.db", values=(1, 2, 3, 9))
    assert run(capsys, "verify", at(tmp_path / "a.db"))[0] == 0
    for options in verifications(tmp_path, *noted):
        code, _, complaint = run(capsys, "verify", at(tmp_path / "a.db"), *options, "--lang", "en")
        assert code == 1
        assert complaint.startswith("entry 5: the ledger was rewritten")


@pytest.mark.parametrize("change", [{"length": 4}, {"head": "1" * 64}, {"at": "2020-01-01T00:00:00Z"}])
def test_an_altered_signed_anchor_is_refused(tmp_path, capsys, noted, change):
    content = json.loads((tmp_path / "signed.json").read_text()) | change
    (tmp_path / "signed.json").write_bytes(canonical_bytes(content))
    code, _, complaint = run(capsys, "verify", at(tmp_path / "a.db"), "--anchor", tmp_path / "signed.json")
    assert code == 2
    assert "signature is not right" in complaint


def test_another_key_or_none_is_refused(tmp_path, capsys, noted):
    _, public = noted
    for name, key in (("signed.json", "0" * 64), ("plain.json", public)):
        code, _, complaint = run(capsys, "verify", at(tmp_path / "a.db"), "--anchor", tmp_path / name, "--key", key)
        assert code == 2
        assert "not signed by the key expected" in complaint


def test_a_key_is_its_owners_and_a_passphrase_locks_it(tmp_path, capsys, noted, monkeypatch):
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert run(capsys, "keygen", tmp_path / "key.pem")[0] == 2
    monkeypatch.setenv("VIDOCQ_KEY_PASSPHRASE", "s3cret")
    assert run(capsys, "keygen", tmp_path / "locked.pem")[0] == 0
    asked = [
        "anchor",
        "--out",
        tmp_path / "x.json",
        "--dossier",
        at(tmp_path / "a.db"),
        "--key",
        tmp_path / "locked.pem",
    ]
    assert run(capsys, *asked)[0] == 0
    for wrong in ("", "other"):
        monkeypatch.setenv("VIDOCQ_KEY_PASSPHRASE", wrong)
        code, _, complaint = run(capsys, *asked)
        assert code == 2
        assert "s3cret" not in complaint


def exported(tmp_path, *options):
    assert (
        main(["dossier", "export", str(tmp_path / "x.zip"), "--dossier", at(tmp_path / "a.db"), "-q", *options]) == 0
    )
    return tmp_path / "x.zip"


def test_an_archive_is_the_same_bytes_and_comes_back(tmp_path, capsys, noted):
    archive = exported(tmp_path, "--with-personal", "--anchor", str(tmp_path / "signed.json"))
    first = archive.read_bytes()
    assert exported(tmp_path, "--with-personal", "--anchor", str(tmp_path / "signed.json")).read_bytes() == first
    for options in verifications(tmp_path, *noted):
        assert run(capsys, "verify", archive, "--deep", *options)[0] == 0
    assert run(capsys, "import", archive, "--dossier", at(tmp_path / "b.db"))[0] == 0
    with Ledger.open(at(tmp_path / "b.db")) as copy, Ledger.open(at(tmp_path / "a.db")) as ledger:
        assert copy.entries() == ledger.entries()
        name = copy.entries("aside.kept")[0].data["aside"]
        assert copy.aside(name) == {"name": "Quatremaille"}
        copy.erase(name)
    filled(tmp_path / "a.db", values=(7,))
    longer = exported(tmp_path, "--with-personal")
    assert run(capsys, "import", longer, "--dossier", at(tmp_path / "b.db"))[0] == 2  # both went on: parted
    (tmp_path / "b.db").unlink()
    (tmp_path / "x.zip").write_bytes(first)
    assert run(capsys, "import", tmp_path / "x.zip", "--dossier", at(tmp_path / "b.db"))[0] == 0
    assert (
        "2 entries"
        in run(capsys, "import", exported(tmp_path), "--dossier", at(tmp_path / "b.db"), "--lang", "en")[1]
    )


def test_personal_data_leaves_only_when_asked(tmp_path, noted):
    with zipfile.ZipFile(exported(tmp_path)) as archive:
        assert archive.namelist() == ["entries.jsonl", "manifest.json"]
        assert not any(b"Quatremaille" in archive.read(name) for name in archive.namelist())


def rewritten(path, change):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)


def manifest(members, /, **change):
    members["manifest.json"] = canonical_bytes(json.loads(members["manifest.json"]) | change)


SPOILT = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-30]),
    "foreign": lambda path: path.write_text('{"schema": "vidocq.ledger/1"}'),
    "damaged": lambda path: path.write_bytes(path.read_bytes().replace(path.read_bytes()[60:90], b"\0" * 30)),
    "newer": lambda path: rewritten(path, lambda m: manifest(m, schema="vidocq.ledger/2")),
    "other schema": lambda path: rewritten(path, lambda m: manifest(m, schema="other/1")),
    "length": lambda path: rewritten(path, lambda m: manifest(m, length=4)),
    "zip slip": lambda path: rewritten(path, lambda m: m.update({"../x": b""})),
    "no entries": lambda path: rewritten(path, lambda m: m.pop("entries.jsonl")),
    "manifest of a list": lambda path: rewritten(path, lambda m: m.update({"manifest.json": b"[]"})),
    "deep manifest": lambda path: rewritten(path, lambda m: m.update({"manifest.json": b"[" * 90_000})),
    "short": lambda path: rewritten(path, lambda m: m.update({"entries.jsonl": m["entries.jsonl"][:-5]})),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_broken_archive_is_refused_and_changes_nothing(tmp_path, capsys, noted, spoil):
    archive = exported(tmp_path)
    spoil(archive)
    code, _, complaint = run(capsys, "import", archive, "--dossier", at(tmp_path / "b.db"))
    assert code == 2
    assert "LedgerError" in complaint
    assert not (tmp_path / "b.db").exists()
    assert run(capsys, "verify", archive)[0] in {1, 2}


def test_a_name_twice_and_a_member_too_large_are_refused(tmp_path, capsys, noted):
    archive = exported(tmp_path)
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("manifest.json", b"{}")
    assert run(capsys, "verify", archive)[0] == 2
    spot = whole.index(b"PK\x01\x02", whole.rindex(b"PK\x01\x02"))
    archive.write_bytes(whole[: spot + 24] + struct.pack("<L", 3_000_000_000) + whole[spot + 28 :])
    assert run(capsys, "verify", archive)[0] == 2


def test_an_altered_archive_names_the_entry_and_is_not_taken_in(tmp_path, capsys, noted):
    archive = exported(tmp_path)

    def alter(members):
        members["entries.jsonl"] = members["entries.jsonl"].replace(b'"value":3', b'"value":8')
        listed = {"entries.jsonl": sha256(members["entries.jsonl"])}
        manifest(members, members=listed)

    rewritten(archive, alter)
    with opened(archive) as read:
        assert verify_archive(read).problem.seq == 4  # the third is another, which the fourth does not follow
    assert run(capsys, "import", archive, "--dossier", at(tmp_path / "b.db"))[0] == 2
    assert not (tmp_path / "b.db").exists()


DEEP = {
    "result of nothing": ("audit.result", {"registration": "a" * 64}),
    "registration": ("audit.registered", {"registration": {}, "hash": "0" * 64, "look": 1, "names": None}),
    "look": (
        "audit.registered",
        {
            "registration": {"inputs": {"members": "m"}, "access": "labels"},
            "hash": content_hash({"inputs": {"members": "m"}, "access": "labels"}),
            "look": 2,
            "names": None,
        },
    ),
    "draw": ("canaries.drawn", {"draw": {"count": 1}, "hash": "0" * 64}),
    "guesses of nothing": ("canaries.guessed", {"draw": "0" * 64, "guesses": "1"}),
    "erased of nothing": ("aside.erased", {"aside": "x"}),
    "malformed": ("audit.result", {}),
}


@pytest.mark.parametrize(("kind", "data"), DEEP.values(), ids=DEEP)
def test_what_an_entry_says_is_checked_on_request(tmp_path, capsys, noted, kind, data):
    url = at(tmp_path / "a.db")
    assert run(capsys, "verify", url, "--deep")[0] == 0
    with Ledger.open(url) as ledger:
        ledger.append(kind, data)
    assert run(capsys, "verify", url)[0] == 0
    code, _, complaint = run(capsys, "verify", url, "--deep", "--lang", "en")
    assert code == 1
    assert complaint.startswith("entry 6: ")


def test_what_is_gone_without_being_erased_is_found(tmp_path, capsys, noted):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("DELETE FROM vidocq_aside")
    connection.close()
    code, _, complaint = run(capsys, "verify", at(tmp_path / "a.db"), "--deep", "--lang", "en")
    assert code == 1
    assert complaint.startswith("entry 5: what was kept aside is gone")
