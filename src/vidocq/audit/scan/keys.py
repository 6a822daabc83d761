"""The key of the hashes by which recurring persons are counted, when the user gives one."""

import hashlib
import os
from pathlib import Path

from vidocq.core.errors import ConfigurationError
from vidocq.detect.recurring import KEY_BYTES

MOST_BYTES = 4096


def read_key(path: Path) -> bytes:
    """A key of `KEY_BYTES` from a file of at least as many bytes.

    Raises ConfigurationError if the file cannot be read, is too short or too long, or can be read by everybody.
    """
    where = f"--key {path.name}"
    try:
        with path.open("rb") as stream:
            open_to_all = os.fstat(stream.fileno()).st_mode & 0o077
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(
            f"the key cannot be read ({type(error).__name__})", where=where, fix="check the path and the permissions"
        ) from None
    if not KEY_BYTES <= len(data) <= MOST_BYTES:
        raise ConfigurationError(
            f"the key has {len(data)} bytes", where=where, fix=f"give {KEY_BYTES} to {MOST_BYTES} random bytes"
        )
    if open_to_all:
        raise ConfigurationError(
            "others can read the key, and try values with it", where=where, fix="chmod 600 that file"
        )
    return hashlib.sha256(b"vidocq recurring\x00" + data).digest()
