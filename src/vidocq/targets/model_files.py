"""Models from files. A file is never allowed to run code, unless its owner says that it may."""

import hashlib
import zipfile
from pathlib import Path

from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.targets.foreign import foreign_code

PICKLES = (".pkl", ".pickle", ".joblib")
MAX_BYTES = 16 * 2**30
_CHUNK = 2**20


def load_model(
    path: Path, *, trust_pickle: bool = False, trusted_types: tuple[str, ...] = (), max_bytes: int = MAX_BYTES
) -> object:
    """The model stored in a .skops file; or in a pickle, only with `trust_pickle`, since unpickling runs code.

    trusted_types  full names of types that may be built besides those that skops trusts by itself.
    Raises         ModelError if the file is absent, too large, corrupt, or holds a type that is not trusted (they are
                   named); ConfigurationError for a pickle without `trust_pickle`, or another kind of file.
    """
    suffix = path.suffix.lower()
    if suffix == ".skops":
        return _load_skops(path, trusted_types, max_bytes)
    if suffix not in PICKLES:
        raise ConfigurationError(
            f"'{suffix}' is not a kind of model file that is read",
            where=path.name,
            fix="save the model with skops.io.dump(model, 'model.skops')",
        )
    if not trust_pickle:
        raise ConfigurationError(
            "this model is a pickle, and loading a pickle runs whatever code it contains",
            where=path.name,
            fix="where you made it, load it and run skops.io.dump(model, 'model.skops'); "
            "or, if you made this very file yourself, pass --trust-pickle",
        )
    _require_file(path, max_bytes)
    import joblib  # noqa: PLC0415 - on use: keeps the import of the room light

    with foreign_code("loading the model", where=path.name, fix=_REWRITE):
        # The one place that unpickles: only on the explicit word of the file's owner, who was told that it runs code.
        model: object = joblib.load(path)
    return model


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal. Raises ModelError if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise _absent(path, error) from None
    return digest.hexdigest()


_REWRITE = "save the model again, with the same versions of the libraries as here"


def _load_skops(path: Path, trusted_types: tuple[str, ...], max_bytes: int) -> object:
    _require_file(path, max_bytes)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise ModelError("the model file is corrupt: it is no skops archive", where=path.name, fix=_REWRITE) from None
    _require_size(unpacked, path, max_bytes)
    import skops.io  # noqa: PLC0415
    from skops.io.exceptions import UntrustedTypesFoundException  # noqa: PLC0415

    with foreign_code("the model file is corrupt: loading it", where=path.name, fix=_REWRITE):
        try:
            model: object = skops.io.load(path, trusted=list(trusted_types))
        except UntrustedTypesFoundException:
            untrusted = [name for name in skops.io.get_untrusted_types(file=path) if name not in trusted_types]
            raise ModelError(
                f"the model file holds types that are not trusted by default: {', '.join(untrusted)}",
                where=path.name,
                fix="if the file comes from you, allow them by name: "
                f"trusted_types = [{', '.join(repr(name) for name in untrusted)}]; a forged file of these types "
                "can crash the process or read its memory",
            ) from None
    return model


def _require_file(path: Path, max_bytes: int) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise _absent(path, error) from None
    if size == 0:
        raise ModelError("the model file is empty", where=path.name, fix=_REWRITE)
    _require_size(size, path, max_bytes)


def _require_size(size: int, path: Path, max_bytes: int) -> None:
    if size > max_bytes:
        raise ModelError(
            f"the model takes {size / 2**30:.1f} GiB, and at most {max_bytes / 2**30:.1f} are loaded",
            where=path.name,
            fix="serve the model and audit what it serves, or record its answers",
        )


def _absent(path: Path, error: OSError) -> ModelError:
    return ModelError(
        f"the model file cannot be opened ({type(error).__name__})",
        where=path.name,
        fix="check the path, which is relative to the configuration, and the permissions",
    )
