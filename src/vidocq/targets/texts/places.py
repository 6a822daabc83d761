"""Files under the paths that were named: links are not followed, and nothing but plain files is opened."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from vidocq.core.errors import DataError
from vidocq.targets.texts.parts import Listed
from vidocq.targets.texts.problems import Kind, Problem


@dataclass
class Found:
    """files  in order.   unread  what is there and is no file to read, with the reason.   left_out  by the patterns."""

    files: list[Listed] = field(default_factory=list)
    unread: list[tuple[str, Problem]] = field(default_factory=list)
    left_out: int = 0


def find_files(
    paths: Sequence[Path], *, include: Sequence[str] = (), exclude: Sequence[str] = (), apart: Path | None = None
) -> Found:
    """Every plain file under the paths, each once, in the order of their names.

    include, exclude  shell patterns of names, or of paths below the folder named; the latter win.
    apart             a folder to leave out: that of the results.
    Raises            DataError if a path that was named is not there.

    A link inside a folder is not followed. Where its target lies in the same folder, it is read under its own name;
    where it lies elsewhere, or nowhere, that is told.
    """
    found = Found()
    seen: set[tuple[int, int]] = set()
    skipped = None if apart is None else _identity(apart)
    for path in paths:
        try:
            top = path.resolve(strict=True)
            kind = top.stat()
        except (OSError, RuntimeError, ValueError) as error:
            raise DataError(
                f"a path cannot be read ({type(error).__name__})",
                where=shown(os.fspath(path)),
                fix="check the path and the permissions",
            ) from None
        if stat.S_ISDIR(kind.st_mode):
            for place in _walk(os.fspath(top), top=top, found=found, called=os.fspath(path), skipped=skipped):
                _add(place, found, seen, include, exclude, top=os.fspath(top), called=os.fspath(path))
        elif stat.S_ISREG(kind.st_mode):
            _list(os.fspath(top), shown(os.fspath(path)), kind, found, seen)
        else:
            found.unread.append((shown(os.fspath(path)), Problem(Kind.NOT_A_FILE)))
    return found


def shown(path: str) -> str:
    """A path as UTF-8 can hold it: bytes that are no UTF-8 as `\\xNN`, backslashes of such a name twice."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def _walk(
    folder: str, *, top: Path, found: Found, called: str, skipped: tuple[int, int] | None
) -> Iterator[os.DirEntry[str]]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            kind = Kind.DENIED if isinstance(error, PermissionError) else Kind.VANISHED
            found.unread.append((_source(here, os.fspath(top), called), Problem(kind, error=type(error).__name__)))
            continue
        below = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if skipped is None or _identity(entry) != skipped:
                    below.append(entry.path)
            else:
                yield entry
        waiting.extend(reversed(below))


def _add(
    entry: os.DirEntry[str],
    found: Found,
    seen: set[tuple[int, int]],
    include: Sequence[str],
    exclude: Sequence[str],
    *,
    top: str,
    called: str,
) -> None:
    relative = os.path.relpath(entry.path, top)
    if (include and not _matches(relative, entry.name, include)) or _matches(relative, entry.name, exclude):
        found.left_out += 1
        return
    source = _source(entry.path, top, called)
    if entry.is_symlink():
        problem = _link(entry.path, top)
        if problem is not None:
            found.unread.append((source, problem))
        return
    try:
        kind = entry.stat(follow_symlinks=False)
    except OSError as error:
        found.unread.append((source, Problem(Kind.VANISHED, error=type(error).__name__)))
        return
    if stat.S_ISREG(kind.st_mode):
        _list(entry.path, source, kind, found, seen)
    else:
        found.unread.append((source, Problem(Kind.NOT_A_FILE)))


def _list(path: str, source: str, kind: os.stat_result, found: Found, seen: set[tuple[int, int]]) -> None:
    """A file that two paths name, or that has two names, is read once."""
    identity = (kind.st_dev, kind.st_ino)
    if identity not in seen:
        seen.add(identity)
        found.files.append(Listed(path, source, kind.st_size, kind.st_mtime_ns))


def _link(path: str, top: str) -> Problem | None:
    try:
        target = Path(path).resolve(strict=True)
    except FileNotFoundError:
        return Problem(Kind.LINK_BROKEN)
    except (OSError, RuntimeError):
        return Problem(Kind.LINK_LOOP)
    inside = target == Path(top) or Path(top) in target.parents
    return None if inside else Problem(Kind.LINK_OUT)


def _source(path: str, top: str, called: str) -> str:
    relative = os.path.relpath(path, top)
    return shown(called if relative == "." else os.path.join(called, relative))


def _matches(relative: str, name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) or fnmatchcase(relative, pattern) for pattern in patterns)


def _identity(place: Path | os.DirEntry[str]) -> tuple[int, int] | None:
    try:
        kind = place.stat()
    except OSError:
        return None
    return kind.st_dev, kind.st_ino
