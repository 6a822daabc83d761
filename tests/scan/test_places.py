"""Files under a folder: each once, in order, and nothing is opened that is no plain file."""

import os
import socket
import threading

import pytest

from vidocq.core.errors import DataError
from vidocq.targets.texts.places import find_files, shown
from vidocq.targets.texts.problems import Kind

from scanning import scan, spans


def names(found):
    return [file.source.rsplit("/", 1)[-1] for file in found.files]


def told(found):
    return {source.rsplit("/", 1)[-1]: problem.kind for source, problem in found.unread}


def test_links_are_not_followed(tmp_path):
    (tmp_path / "outside.txt").write_text("o")
    data = tmp_path / "data"
    (data / "sub").mkdir(parents=True)
    (data / "a.txt").write_text("a")
    (data / "inside").symlink_to(data / "a.txt")
    (data / "up").symlink_to(data, target_is_directory=True)
    (data / "sub" / "loop1").symlink_to(data / "sub" / "loop2")
    (data / "sub" / "loop2").symlink_to(data / "sub" / "loop1")
    (data / "out").symlink_to(tmp_path / "outside.txt")
    (data / "folder").symlink_to(tmp_path, target_is_directory=True)
    (data / "gone").symlink_to(data / "nothing")
    found = find_files([data])
    assert names(found) == ["a.txt"]
    assert told(found) == {
        "out": Kind.LINK_OUT,
        "folder": Kind.LINK_OUT,
        "gone": Kind.LINK_BROKEN,
        "loop1": Kind.LINK_LOOP,
        "loop2": Kind.LINK_LOOP,
    }


def test_pipes_sockets_and_devices_are_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    held = socket.socket(socket.AF_UNIX)
    held.bind(str(tmp_path / "sock"))
    (tmp_path / "a.txt").write_text("x@secret.fr")
    done = []
    worker = threading.Thread(target=lambda: done.append(scan([tmp_path], tmp_path / "out")), daemon=True)
    worker.start()
    worker.join(60)
    held.close()
    assert done, "a pipe was waited for"
    assert {gap["kind"] for gap in done[0].content["gaps"]} == {"not_a_file"}
    assert len(spans(tmp_path / "out")) == 1
    assert told(find_files([tmp_path / "pipe"])) == {"pipe": Kind.NOT_A_FILE}


def test_odd_names(tmp_path):
    for name in (b"new\nline.txt", b"\xff\xfe.txt", b"back\\\xff.txt", "é.txt".encode(), b"-rf.txt"):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:
            file.write(b"x@secret.fr")
    outcome = scan([tmp_path], tmp_path / "out")
    sources = [span["source"].rsplit("/", 1)[-1] for span in spans(tmp_path / "out")]
    assert sorted(sources) == sorted(["new\nline.txt", r"\xff\xfe.txt", r"back\\\xff.txt", "é.txt", "-rf.txt"])
    assert outcome.exit_code == 1


def test_results_are_not_searched(tmp_path):
    (tmp_path / "a.txt").write_text("x@secret.fr")
    first = scan([tmp_path], tmp_path / "out").content
    assert scan([tmp_path], tmp_path / "out").content == first


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    assert names(find_files([tmp_path, tmp_path / "a.txt", tmp_path])) == ["a.txt"]


def test_what_is_not_there(tmp_path):
    with pytest.raises(DataError):
        find_files([tmp_path / "absent"])
    assert shown("a\ud800b".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")).isascii()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    outcome = scan([tmp_path], tmp_path / "out")
    assert [gap["kind"] for gap in outcome.content["gaps"]] == ["denied"]
    assert outcome.exit_code == 3
