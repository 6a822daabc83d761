"""Files hashed again, and compared with what the ledger says of them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vidocq.core.errors import ConfigurationError

AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True)
class FilesReport:
    """there  what is there, byte for byte.   changed  whose namesake is there with other bytes.   missing  the rest."""

    there: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def rehash(recorded: Mapping[str, str], folder: Path) -> FilesReport:
    """Looks for each recorded hash among the files below a folder; links are not followed.

    recorded  SHA-256 by what it is the file of, such as "datasets.patients": its namesake is a file called patients,
              patients.csv or the like. The ledger holds no paths, so that a file may be moved, or renamed.
    Raises ConfigurationError if the folder cannot be read.
    """
    try:
        found = dict(_hashes(folder))
    except OSError as error:
        raise ConfigurationError(
            f"the files cannot be read: {type(error).__name__}",
            where=str(folder),
            fix="give a folder all of which you may read",
            fr="les fichiers ne peuvent pas être lus",
            fix_fr="donnez un dossier que vous pouvez lire en entier",
        ) from None
    hashes, names = set(found.values()), {path.name.split(".")[0] for path in found}
    there = {what for what, value in recorded.items() if value in hashes}
    changed = {what for what in recorded if what not in there and what.rsplit(".", 1)[-1] in names}
    missing = set(recorded) - there - changed
    return FilesReport(tuple(sorted(there)), tuple(sorted(changed)), tuple(sorted(missing)))


def _hashes(folder: Path) -> Iterator[tuple[Path, str]]:
    if not folder.is_dir():
        raise NotADirectoryError
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while part := file.read(AT_ONCE):
                    digest.update(part)
            yield path, digest.hexdigest()
