"""Readers: every character counts, memory is bounded, and what cannot be read is told by kind and place."""

import gzip
import io
import json
import os
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.parts import Listed, Part, named_format
from vidocq.targets.texts.pieces import Notes
from vidocq.targets.texts.problems import Kind
from vidocq.targets.texts.reading import parts_of, read_part

SMALL = Limits(shard_bytes=64, block=50, margin=10, record_bytes=2000, document_bytes=200_000)


def listed(path):
    found = os.stat(path)
    return Listed(str(path), path.name, found.st_size, found.st_mtime_ns)


def read(path, *, limits=None, suspect=lambda text: "@" in text):
    """Pieces and notes of the whole file."""
    notes = Notes()
    found, codec = named_format(str(path))
    part = Part(listed(path), found, codec)
    return list(read_part(part, limits=limits or Limits(), names=Names(suspect), notes=notes)), notes


def text_of(path, **options):
    pieces, notes = read(path, **options)
    return "".join(piece.text[piece.inside : piece.until] for piece in pieces), notes


def kinds(notes):
    return [problem.kind for problem in notes.problems]


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


# Encodings

SENTENCE = "L'été, Zoë écrit à l'œuvre : 10 € – naïf. "


@pytest.mark.parametrize(
    ("encoding", "known"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
    ],
)
def test_an_encoding_is_recognised(tmp_path, encoding, known):
    text, notes = text_of(written(tmp_path, "a.txt", (SENTENCE * 40).encode(encoding)))
    assert text == SENTENCE * 40
    assert notes.encoding == known
    assert not notes.problems


def test_mixed_encodings_are_read_byte_by_byte_and_told(tmp_path):
    data = b"".join(SENTENCE.encode("utf-8" if i % 2 else "cp1252") for i in range(40))
    text, notes = text_of(written(tmp_path, "a.txt", data))
    assert text == SENTENCE * 40
    assert kinds(notes) == [Kind.MIXED_ENCODING]
    assert notes.guessed == 20 * sum(not c.isascii() for c in SENTENCE)


def test_broken_utf_16_is_told(tmp_path):
    lone = b"\x00\xd8"
    text, notes = text_of(
        written(tmp_path, "a.txt", b"\xff\xfe" + "ab".encode("utf-16-le") + lone + "c".encode("utf-16-le"))
    )
    assert text.startswith("ab")
    assert kinds(notes) == [Kind.BROKEN_ENCODING]


def test_a_few_zero_bytes_are_characters(tmp_path):
    text, notes = text_of(written(tmp_path, "a.txt", b"abc\0def" * 1 + b"x" * 500))
    assert text[3] == "\0"
    assert len(text) == 507
    assert not notes.problems


@pytest.mark.parametrize("data", [os.urandom(5000), b"\x89PNG\r\n\x1a\n" + bytes(500), b"\0" * 5000])
def test_what_is_no_text_is_told(tmp_path, data):
    pieces, notes = read(written(tmp_path, "a.bin", data))
    assert not pieces
    assert kinds(notes) == [Kind.UNSUPPORTED]


# Cuts


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_parts_put_together_are_the_text(tmp_path, encoding):
    """Wherever bytes are cut, and with the margin there is around each part."""
    path = written(tmp_path, "a.txt", ("é€ œ" * 3 + SENTENCE * 9).encode(encoding))
    expected, _ = text_of(path)
    for size in (1, 7, 64, 65, 66, 67):
        limits = Limits(shard_bytes=max(size, 8), block=50, margin=10)
        parts = parts_of(listed(path), limits=limits)
        assert len(parts) > 1
        told, characters = "", 0
        for part in parts:
            notes = Notes()
            for piece in read_part(part, limits=limits, names=Names(bool), notes=notes):
                until = len(piece.text) if piece.until is None else piece.until
                told += piece.text[piece.inside : until]
                begin = characters + piece.start
                assert expected[max(0, begin) : begin + len(piece.text)] == piece.text[max(0, -begin) :]
            characters += notes.characters
        assert told == expected


def test_mixed_bytes_cut_anywhere_read_the_same(tmp_path):
    path = written(
        tmp_path, "a.txt", bytes([0xC3, 0xA9, 0xE9, 0xC3, 0x80, 0x80, 0x80, 0x80, 0x80, 0xF0, 0x9F]) * 30 + b"a" * 400
    )
    expected, _ = text_of(path)
    for size in range(8, 40):
        limits = Limits(shard_bytes=size, block=1000, margin=10)
        told = ""
        for part in parts_of(listed(path), limits=limits):
            for piece in read_part(part, limits=limits, names=Names(bool), notes=Notes()):
                told += piece.text[piece.inside : piece.until]
        assert told == expected


def test_lines_of_parts_are_the_lines(tmp_path):
    rows = [{"i": "x" * (i % 50), "n": str(i)} for i in range(200)]
    path = written(tmp_path, "a.jsonl", "".join(f"{json.dumps(r)}\n\n" for r in rows).encode())
    for size in (8, 100, 1000):
        limits = Limits(shard_bytes=size)
        told, lines = [], 0
        for part in parts_of(listed(path), limits=limits):
            notes = Notes()
            for piece in read_part(part, limits=limits, names=Names(lambda _: False), notes=notes):
                if piece.field == "n":
                    told.append((lines + piece.record, piece.text))
            lines += notes.records
        assert told == [(2 * i + 1, str(i)) for i in range(200)]
        assert lines == 400


# JSON


def test_fields_of_a_record(tmp_path):
    value = {"a": "x", "b": {"c": ["y", {"d": "z"}]}, "n": 732829320, "small": 5, "t": True, "jean@exemple.fr": "w"}
    pieces, notes = read(written(tmp_path, "a.jsonl", json.dumps(value).encode()))
    assert [(p.record, p.field, p.text) for p in pieces] == [
        (1, "a", "x"),
        (1, "b.c[0]", "y"),
        (1, "b.c[1].d", "z"),
        (1, "n", "732829320"),
        (1, "#6@name", "jean@exemple.fr"),
        (1, "#6", "w"),
    ]
    assert not notes.problems


def test_bad_lines_are_told_and_left_out(tmp_path):
    lines = [
        b'{"a": "1"}',
        b"{bad",
        b"",
        b"[" * 100_000,
        b'{"a": "' + b"x" * 5000 + b'"}',
        b'{"a": "\\ud800"}',
        b'{"a": "6"}',
    ]
    pieces, notes = read(written(tmp_path, "a.jsonl", b"\n".join(lines)), limits=SMALL)
    assert [(p.record, p.text) for p in pieces] == [(1, "1"), (6, "\ud800"), (7, "6")]
    assert [(p.kind, p.record) for p in notes.problems] == [
        (Kind.BAD_RECORD, 2),
        (Kind.TOO_LONG, 4),
        (Kind.TOO_LONG, 5),
    ]


def test_nesting_too_deep_is_told(tmp_path):
    pieces, notes = read(written(tmp_path, "a.jsonl", b"[" * 100_000 + b"]" * 100_000 + b'\n{"a": "b"}'))
    assert [p.text for p in pieces] == ["b"]
    assert [(p.kind, p.record) for p in notes.problems] == [(Kind.TOO_DEEP, 1)]


def test_a_document_too_large_is_told(tmp_path):
    pieces, notes = read(written(tmp_path, "a.json", json.dumps(["x" * 300_000]).encode()), limits=SMALL)
    assert not pieces
    assert kinds(notes) == [Kind.TOO_LARGE]


# CSV


def test_csv(tmp_path):
    data = 'nom;note\n"Martin";"a ""b""\nc"\n;x\n'.encode("cp1252")
    pieces, notes = read(written(tmp_path, "a.csv", data))
    assert [(p.record, p.field, p.text) for p in pieces] == [
        (1, "nom", "Martin"),
        (1, "note", 'a "b"\nc'),
        (2, "note", "x"),
    ]
    assert notes.records == 2


def test_a_csv_without_names_shows_no_value_as_a_name(tmp_path):
    pieces, _ = read(written(tmp_path, "a.csv", b"Anne,anne@exemple.fr\nPaul,paul@exemple.fr\n"))
    assert [(p.record, p.field) for p in pieces] == [(1, "#1"), (1, "#2"), (2, "#1"), (2, "#2")]


def test_a_huge_cell_and_a_quote_left_open_are_told(tmp_path):
    huge = b"a,b\n1," + b"x" * 3000 + b"\n2,y\n"
    pieces, notes = read(written(tmp_path, "a.csv", huge), limits=SMALL)
    assert [p.text for p in pieces] == ["2", "y"]
    assert kinds(notes) == [Kind.TOO_LONG]
    left_open = b'a,b\n1,"' + b"x\n" * 3000 + b"2,y\n"
    pieces, notes = read(written(tmp_path, "b.csv", left_open), limits=SMALL)
    assert Kind.TOO_LONG in kinds(notes)
    assert pieces[-1].text == "y"


# HTML


def test_the_visible_text_of_a_page(tmp_path):
    page = (
        "<!DOCTYPE html><html><head><meta charset='iso-8859-1'><title>T</title><style>no</style></head><body>"
        "<p>Jos&eacute;\n <b>H</b>é<br>x</p><script>var no = '<p>no</p>'</script><!-- no --><td>1<td>2</body></html>"
    )
    text, notes = text_of(written(tmp_path, "a.html", page.encode("latin-1")))
    assert text == "T\nJosé Hé\nx\n1\n2"
    assert notes.encoding == "cp1252"


@pytest.mark.parametrize(
    ("link", "seen"),
    [
        ("<a href='mailto:jean@exemple.fr?subject=x'>Jean</a>, dit-il", "Jean jean@exemple.fr , dit-il"),
        ("<A HREF='MailTo:jean%40exemple.fr'>jean@exemple.fr</A>.", "jean@exemple.fr."),
        ("<a href='tel:+33-6-12-34-56-78'><b>Appeler</b></a>", "Appeler +33-6-12-34-56-78"),
        ("<a href='mailto:a@b.fr'>x <a href='tel:0612345678'>y", "x a@b.fr y 0612345678"),
        ("<a href='https://exemple.fr'>x</a><a>y</a><area href='sms:1'/>", "xy 1"),
        ("<script><a href='mailto:a@b.fr'>x</a></script>y", "y"),
    ],
)
def test_whom_a_link_reaches_is_seen(tmp_path, link, seen):
    text, notes = text_of(written(tmp_path, "a.html", f"<html><body>{link}".encode()))
    assert text == seen
    assert not notes.problems


@pytest.mark.parametrize(
    "part",
    [
        "<a href='mailto:a@b.fr'>",
        "<a href='mailto:a@b.fr'>x</a>",
        "<a ",
        "<!--",
        "<![CDATA[",
        "&#",
        "</",
        "<script>",
        "<a b='",
        "<p>",
        "&",
    ],
)
def test_a_hostile_page_takes_no_time(tmp_path, part):
    path = written(tmp_path, "a.html", (part * (2_000_000 // len(part))).encode())
    clock = time.process_time()
    read(path)
    assert time.process_time() - clock < 10


# Parquet


def parquet(path, **columns):
    pq.write_table(pa.table(columns), path, row_group_size=3)
    return path


def test_columns_of_a_parquet_file(tmp_path):
    path = parquet(
        tmp_path / "a.parquet",
        s=["a", None, "b", "c"],
        d=pa.array(["x", "x", "y", None]).dictionary_encode(),
        l=[["p", "q"], [], None, ["r"]],
        st=[{"k": "v"}, {"k": None}, None, {"k": "w"}],
        m=pa.array([[("k1", "v1")], [], None, []], type=pa.map_(pa.string(), pa.string())),
        i=[732829320, 1, 2, 3],
        f=[0.5, 1.5, 2.5, 3.5],
        y=[b"bytes", b"\xff\xfe", None, None],
    )
    pieces, notes = read(path)
    assert [(p.record, p.field, p.text) for p in pieces if p.record == 1] == [
        (1, "s", "a"),
        (1, "d", "x"),
        (1, "l[0]", "p"),
        (1, "l[1]", "q"),
        (1, "st.k", "v"),
        (1, "m[0][0]", "k1"),
        (1, "m[0][1]", "v1"),
        (1, "i", "732829320"),
        (1, "y", "bytes"),
    ]
    assert [(p.field, p.text) for p in pieces if p.record == 4] == [("s", "c"), ("l[0]", "r"), ("st.k", "w")]
    assert notes.records == 4
    assert [(p.kind, p.record) for p in notes.problems] == [(Kind.UNSUPPORTED, 2)]


def test_row_groups_are_parts(tmp_path):
    path = parquet(tmp_path / "a.parquet", s=[f"v{i}" for i in range(20)])
    limits = Limits(shard_bytes=300)
    parts = parts_of(listed(path), limits=limits)
    assert len(parts) > 1
    sound = Names(lambda _: False)
    told = [p for part in parts for p in read_part(part, limits=limits, names=sound, notes=Notes())]
    assert [(p.record, p.text) for p in told] == [(i + 1, f"v{i}") for i in range(20)]


@pytest.mark.parametrize("keep", [0.3, 0.99])
def test_a_truncated_parquet_is_damaged(tmp_path, keep):
    path = parquet(tmp_path / "a.parquet", s=["a"] * 1000)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    pieces, notes = read(path)
    assert not pieces
    assert kinds(notes) == [Kind.DAMAGED]


def test_a_parquet_bomb(tmp_path):
    pq.write_table(
        pa.table({"s": ["\0" * 1_000_000] * 100}), tmp_path / "a.parquet", compression="zstd", use_dictionary=False
    )
    pieces, notes = read(tmp_path / "a.parquet", limits=Limits(ratio_from=2**20))
    assert not pieces
    assert kinds(notes) == [Kind.BOMB]


# Packed files


def packed(data, codec):
    return gzip.compress(data) if codec == "gz" else pa.compress(data, "zstd", asbytes=True)


@pytest.mark.parametrize("codec", ["gz", "zst"])
def test_packed_files(tmp_path, codec):
    text, _ = text_of(written(tmp_path, f"a.txt.{codec}", packed((SENTENCE * 50).encode(), codec)))
    assert text == SENTENCE * 50
    pieces, _ = read(written(tmp_path, f"a.jsonl.{codec}", packed(b'{"a": "b"}\n' * 3, codec)))
    assert [(p.record, p.text) for p in pieces] == [(1, "b"), (2, "b"), (3, "b")]


@pytest.mark.parametrize("codec", ["gz", "zst"])
def test_a_truncated_packed_file_is_damaged_and_its_beginning_is_read(tmp_path, codec):
    data = "".join(f"ligne {i} {os.urandom(20).hex()}\n" for i in range(100_000)).encode()
    path = written(tmp_path, f"a.txt.{codec}", packed(data, codec)[:-2000])
    text, notes = text_of(path)
    assert data.startswith(text.encode())
    assert len(text) > 1_000_000
    assert kinds(notes) == [Kind.DAMAGED]


@pytest.mark.parametrize("codec", ["gz", "zst"])
def test_the_beginning_of_a_short_truncated_file_is_read(tmp_path, codec):
    data = "".join(f"ligne {i} {os.urandom(20).hex()}\n" for i in range(4000)).encode()
    text, notes = text_of(written(tmp_path, f"a.txt.{codec}", packed(data, codec)[:-2000]))
    assert data.startswith(text.encode())
    assert kinds(notes) == [Kind.DAMAGED]
    assert codec == "zst" or len(text) > 100_000  # a block of zst is read whole or not at all


@pytest.mark.parametrize("codec", ["gz", "zst"])
def test_a_bomb_is_stopped(tmp_path, codec):
    path = written(tmp_path, f"a.txt.{codec}", packed(b"a " * 20_000_000, codec))
    _, notes = text_of(path, limits=Limits(ratio_from=2**20))
    assert kinds(notes) == [Kind.BOMB]
    assert notes.characters < 11_000_000


def test_not_the_file_that_its_name_says(tmp_path):
    for name in ("a.txt.gz", "a.txt.zst", "a.parquet", "a.pdf"):
        _, notes = read(written(tmp_path, name, b"plain text" * 30))
        assert kinds(notes) == [Kind.DAMAGED], name


# PDF


def pdf(text):
    """One page with one line of text, or none."""
    content = f"BT /F1 12 Tf 10 50 Td ({text}) Tj ET" if text else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj{held}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    tail = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {count}>>\nstartxref\n{len(written)}\n%%EOF\n"
    return (written + tail).encode()


def test_the_text_of_a_pdf(tmp_path):
    text, notes = text_of(written(tmp_path, "a.pdf", pdf("Ecrire a z@exemple.fr")))
    assert text.strip() == "Ecrire a z@exemple.fr"
    assert not notes.problems


def test_a_pdf_without_text(tmp_path):
    _, notes = read(written(tmp_path, "a.pdf", pdf("")))
    assert kinds(notes) == [Kind.NO_TEXT]


def test_a_pdf_that_takes_too_long_or_is_too_large(tmp_path):
    path = written(tmp_path, "a.pdf", pdf("x"))
    _, notes = read(path, limits=Limits(pdf_seconds=0.01))
    assert kinds(notes) == [Kind.TIME]
    _, notes = read(path, limits=Limits(pdf_bytes=10))
    assert kinds(notes) == [Kind.TOO_LARGE]
    _, notes = read(path, limits=Limits(pdf_pages=0))
    assert kinds(notes) == [Kind.TOO_LARGE]


def test_a_locked_pdf(tmp_path):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("x"))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    pieces, notes = read(tmp_path / "a.pdf")
    assert not pieces
    assert kinds(notes) == [Kind.ENCRYPTED]


# Files


def test_a_file_that_changed_is_not_read(tmp_path):
    path = written(tmp_path, "a.txt", b"one")
    part = Part(listed(path), *named_format(str(path)))
    path.write_bytes(b"other")
    notes = Notes()
    assert not list(read_part(part, limits=Limits(), names=Names(bool), notes=notes))
    assert kinds(notes) == [Kind.CHANGED]


def test_an_empty_file_is_read(tmp_path):
    for name in ("a.txt", "a.jsonl", "a.csv", "a.html", "a.json", "a.gz", "a.parquet", "a.pdf", "a"):
        pieces, notes = read(written(tmp_path, name, b""))
        assert not pieces
        assert not notes.problems
