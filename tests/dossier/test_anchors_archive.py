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
    assert "la signature de l'ancre n'est pas juste" in complaint


def test_another_key_or_none_is_refused(tmp_path, capsys, noted):
    _, public = noted
    for name, key in (("signed.json", "0" * 64), ("plain.json", public)):
        code, _, complaint = run(capsys, "verify", at(tmp_path / "a.db"), "--anchor", tmp_path / name, "--key", key)
        assert code == 2
        assert "l'ancre n'est pas signée par la clé attendue" in complaint


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
        assert archive.namelist() == ["entries.jsonl", "hashes.txt", "manifest.json"]
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


def relisted(members):
    names = set(members) - {"manifest.json"}
    manifest(members, members={name: sha256(members[name]) for name in names})


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
    "no hashes": lambda path: rewritten(path, lambda m: m.pop("hashes.txt")),
    "a hash too few": lambda path: rewritten(
        path, lambda m: (m.update({"hashes.txt": m["hashes.txt"][65:]}), relisted(m))
    ),
    "short": lambda path: rewritten(path, lambda m: m.update({"entries.jsonl": m["entries.jsonl"][:-5]})),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_broken_archive_is_refused_and_changes_nothing(tmp_path, capsys, noted, spoil):
    archive = exported(tmp_path)
    spoil(archive)
    code, _, complaint = run(capsys, "import", archive, "--dossier", at(tmp_path / "b.db"))
    assert code == 2
    assert "l'archive ne peut pas être lue" in complaint or "l'archive a été modifiée" in complaint
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
        relisted(members)

    rewritten(archive, alter)
    with opened(archive) as read:
        assert verify_archive(read).problem.seq == 3
    assert run(capsys, "import", archive, "--dossier", at(tmp_path / "b.db"))[0] == 2
    assert not (tmp_path / "b.db").exists()


def test_anchors_in_an_archive_are_compared_with_its_chain(tmp_path, capsys, noted):
    anchors = ["--anchor", tmp_path / "plain.json", "--anchor", tmp_path / "signed.json"]
    archive = exported(tmp_path, *anchors)
    assert run(capsys, "verify", archive)[0] == 0

    def put(members, /, **change):
        own = json.loads((tmp_path / "plain.json").read_text()) | change
        members["anchors.jsonl"] = canonical_bytes(own) + b"\n"
        relisted(members)

    for change, words in (({"head": "1" * 64}, "was rewritten"), ({"length": 9}, "was cut short")):
        rewritten(archive, lambda members, change=change: put(members, **change))
        code, _, complaint = run(capsys, "verify", archive, "--lang", "en")
        assert (code, words in complaint) == (1, True)
        assert run(capsys, "import", archive, "--dossier", at(tmp_path / "b.db"))[0] == 2
        assert not (tmp_path / "b.db").exists()
    filled(tmp_path / "other.db", values=(9,))
    code, _, complaint = run(
        capsys, "export", tmp_path / "other.zip", "--dossier", at(tmp_path / "other.db"), *anchors[:2]
    )
    assert (code, "pas celle de ce journal" in complaint) == (2, True)
    assert not (tmp_path / "other.zip").exists()


def test_files_are_hashed_again(tmp_path, capsys, noted):
    folder = tmp_path / "files"
    (folder / "deep").mkdir(parents=True)
    for name in ("patients.csv", "triage.onnx", "old.csv"):
        (folder / "deep" / name).write_text(name)
    with Ledger.open(at(tmp_path / "a.db")) as ledger:
        items = [{"id": name, "sha256": sha256(f"{name}.csv".encode())} for name in ("patients", "old", "gone")]
        models = [{"id": "triage", "sha256": sha256(b"triage.onnx")}]
        ledger.append("facts.stated", {"schema": 1, "facts": {"datasets": items, "models": models}, "role": ""})
    asked = ["verify", at(tmp_path / "a.db"), "--files", folder, "--lang", "en", "--json", tmp_path / "v.json"]
    assert run(capsys, *asked)[0] == 2
    code, said, complaint = run(capsys, *asked, "--deep")
    assert code == 0
    assert "datasets.patients: the file is the one recorded" in said
    assert complaint == "datasets.gone: no file of this folder has the hash recorded\n"
    (folder / "deep" / "old.csv").write_text("other")
    (folder / "deep" / "triage.onnx").rename(folder / "renamed.onnx")
    code, _, complaint = run(capsys, *asked, "--deep")
    assert (code, "datasets.old: the file is not the one recorded" in complaint) == (1, True)
    assert json.loads((tmp_path / "v.json").read_text())["files"] == {
        "there": ["datasets.patients", "models.triage"],
        "changed": ["datasets.old"],
        "missing": ["datasets.gone"],
    }


ANSWER = {"schema": 1, "point": "F7.01", "answer": "satisfied", "about": "", "role": "DPO", "note": "", "name": ""}
DEPARTURE = {"schema": 1, "point": "F7.01", "about": "", "reason": "r", "substitute": "s", "owner": "o", "name": ""}
OPINION = {
    "schema": 1, "of": "dpo", "stance": "against", "about": "", "version": "", "reason": "r", "role": "DPO", "name": "",
}  # fmt: skip
PIECE = {
    "schema": 1, "measurement": "lira", "subject": "", "scope": "model", "access": "", "status": "SATISFIED",
    "figures": {}, "inputs": {}, "suite": "",
}  # fmt: skip
FACTS = {"schema": 1, "facts": {"datasets": [{"id": "patients", "sha256": "a" * 64}]}, "role": ""}
SOUND = {
    "facts.stated": FACTS,
    "point.answered": ANSWER,
    "point.departed": DEPARTURE,
    "opinion.given": OPINION,
    "evidence.recorded": PIECE,
}


def test_what_a_dossier_is_made_of_is_known_to_the_deep_check(tmp_path, capsys):
    with Ledger.open(at(tmp_path / "a.db")) as ledger:
        ledger.append_many(SOUND.items())
    code, said, complaint = run(capsys, "verify", at(tmp_path / "a.db"), "--deep", "--lang", "en")
    assert (code, complaint) == (0, "")
    assert "not checked" not in said


DEEP = {
    "facts of a newer schema": ("facts.stated", FACTS | {"schema": 99}),
    "unknown fact": ("facts.stated", FACTS | {"facts": {"nonsense": 1}}),
    "fact of another type": ("facts.stated", FACTS | {"facts": {"datasets": [{"id": "p", "sha256": "b"}]}}),
    "unknown point": ("point.answered", ANSWER | {"point": "F99.99"}),
    "unknown answer": ("point.answered", ANSWER | {"answer": "perhaps"}),
    "name not kept": ("point.answered", ANSWER | {"name": "0" * 32}),
    "departure from nothing": ("point.departed", DEPARTURE | {"point": "x"}),
    "departure without a reason": ("point.departed", DEPARTURE | {"reason": ""}),
    "unknown opinion": ("opinion.given", OPINION | {"of": "nobody"}),
    "unknown status": ("evidence.recorded", PIECE | {"status": "FINE"}),
    "unknown scope": ("evidence.recorded", PIECE | {"scope": "x"}),
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
