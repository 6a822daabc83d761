"""Functions of the user, found by `package.module:function` beside the configuration.

A module found there is run from the very bytes that are hashed, and again only when they change. `sys.path` holds the
configuration's folder while the user's code is imported or runs, and is then as it was.
"""

import ast
import importlib
import importlib.abc
import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError
from vidocq.targets.described import versions_of
from vidocq.targets.foreign import raised_at

_SPELLING = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*")


def require_spelling(name: str) -> None:
    """Raises ConfigurationError unless `name` reads `package.module:function`."""
    if not _SPELLING.fullmatch(name):
        raise ConfigurationError(
            f"'{name}' does not name a function", where="model.fit or model.path", fix="write package.module:function"
        )


def find_function(name: str, base_dir: Path, *, takes: tuple[str, ...]) -> Callable[..., Any]:
    """The function named, which can be called with as many arguments as `takes` names.

    Raises ConfigurationError if the module is not found or fails on import, if it lacks the function, or if that
    cannot be called so.
    """
    require_spelling(name)
    module_name, _, function_name = name.partition(":")
    module = _import(module_name, base_dir)
    where = f"{name}, looked for from {base_dir.name or 'the folder of the configuration'}"
    function = getattr(module, function_name, None)
    if function is None:
        raise ConfigurationError(
            f"module '{module_name}' has no '{function_name}'", where=where, fix="check the spelling"
        )
    if not callable(function):
        raise ConfigurationError(f"'{name}' is not a function", where=where, fix="name a function")
    try:
        inspect.signature(function).bind(*takes)
    except TypeError:
        raise ConfigurationError(
            f"'{name}' cannot be called as {function_name}({', '.join(takes)})",
            where=where,
            fix=f"let it take {', '.join(takes) or 'no argument'}, by position",
        ) from None
    except ValueError:  # a compiled function that does not tell its signature
        return function  # type: ignore[no-any-return]
    return function  # type: ignore[no-any-return]


def source_hashes(name: str, base_dir: Path) -> dict[str, str]:
    """SHA-256 of the module's source file, and of each module beside the configuration that it imports, by name.

    Raises ConfigurationError if the module has no source file.
    """
    require_spelling(name)
    module_name = name.partition(":")[0]
    return {module: found.digest for module, found in sorted(_read_all(module_name, base_dir).items())}


def library_versions(name: str, base_dir: Path) -> dict[str, str]:
    """Version of each installed distribution that the user's own modules import, wherever in them, by its name.

    The modules are those of `source_hashes`. A library that is imported by its name in a string is not seen.
    """
    require_spelling(name)
    modules = _read_all(name.partition(":")[0], base_dir)
    imported = {one for found in modules.values() for one in found.imported if one not in modules}
    return versions_of({one.partition(".")[0] for one in (*imported, *modules)} - sys.stdlib_module_names)


@dataclass(frozen=True)
class _Module:
    """SHA-256 of a module's source file, and the names that it imports."""

    digest: str
    imported: list[str]


def _read_all(first: str, base_dir: Path) -> dict[str, _Module]:
    """The module named and each one beside the configuration that it imports, by name."""
    found: dict[str, _Module] = {}
    waiting = [first]
    while waiting:
        module = waiting.pop()
        file = _local_file(module, base_dir)
        if file is None and module == first:
            file = _installed_file(module, base_dir)
        if file is None or module in found:
            continue
        source = _read(file, module)
        found[module] = _Module(sha256(source), _imported(source, module, is_package=file.name == "__init__.py"))
        waiting += found[module].imported
    return found


@contextmanager
def importable_from(folder: Path) -> Iterator[None]:
    """`folder` comes first in `sys.path` within the block."""
    entry = str(folder.resolve())
    sys.path.insert(0, entry)
    try:
        yield
    finally:
        if entry in sys.path:
            sys.path.remove(entry)


class _Source(importlib.abc.ExecutionLoader):
    """Runs a module from bytes already read, so that what runs is what was hashed."""

    def __init__(self, file: Path, source: bytes) -> None:
        self.file = file
        self.source = source

    def get_filename(self, fullname: str) -> str:
        return str(self.file)

    def get_source(self, fullname: str) -> str:
        return importlib.util.decode_source(self.source)

    def is_package(self, fullname: str) -> bool:
        return self.file.name == "__init__.py"


def _local_file(module: str, base_dir: Path) -> Path | None:
    place = base_dir.resolve().joinpath(*module.split("."))
    for file in (place.with_name(f"{place.name}.py"), place / "__init__.py"):
        if file.is_file():
            return file
    return None


def _installed_file(module: str, base_dir: Path) -> Path:
    origin = getattr(_import(module, base_dir), "__file__", None)
    if origin is None or not Path(origin).is_file():
        raise ConfigurationError(
            f"module '{module}' has no source file", where=module, fix="put the function in a .py file"
        )
    return Path(origin)


def _read(file: Path, module: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"module '{module}' cannot be read ({type(error).__name__})", where=file.name, fix="check its permissions"
        ) from None


def _import(name: str, base_dir: Path) -> ModuleType:
    file = _local_file(name, base_dir)
    with importable_from(base_dir):
        try:
            return importlib.import_module(name) if file is None else _run(name, file)
        except ConfigurationError:
            raise
        except ModuleNotFoundError as error:
            absent = error.name or name
            raise ConfigurationError(
                f"module '{absent}' is not found",
                where=f"import of '{name}'",
                fix="check the spelling, or install it",
            ) from None
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a module may raise anything on import
            raise ConfigurationError(
                f"module '{name}' raised {type(error).__name__} when imported",
                where=f"import of '{name}'{raised_at(error)}",
                fix="import it in Python from the folder of the configuration to see its message",
            ) from None


def _run(name: str, file: Path) -> ModuleType:
    """The module of this file: as it is loaded already if neither file nor bytes changed, else run anew."""
    source = _read(file, name)
    loaded = sys.modules.get(name)
    loader = getattr(loaded, "__loader__", None)
    if loaded is not None and isinstance(loader, _Source) and (loader.file, loader.source) == (file, source):
        return loaded
    elsewhere = loaded is not None and not isinstance(loader, _Source) and not _is_at(loaded, file)
    if elsewhere or name.partition(".")[0] in sys.stdlib_module_names:
        raise ConfigurationError(
            f"the name of module '{name}' is taken by another module", where=file.name, fix="rename the file"
        )
    importlib.invalidate_caches()
    parent, _, child = name.rpartition(".")
    if parent:
        importlib.import_module(parent)
    specification = importlib.util.spec_from_file_location(
        name,
        file,
        loader=_Source(file, source),
        submodule_search_locations=[str(file.parent)] if file.name == "__init__.py" else None,
    )
    if specification is None or specification.loader is None:
        raise ConfigurationError(f"module '{name}' cannot be imported", where=file.name, fix="give a .py file")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        if loaded is not None:
            sys.modules[name] = loaded
        raise
    if parent:
        setattr(sys.modules[parent], child, module)
    return module


def _is_at(module: ModuleType, file: Path) -> bool:
    origin = getattr(module, "__file__", None)
    return origin is not None and Path(origin).resolve() == file


def _imported(source: bytes, module: str, *, is_package: bool) -> list[str]:
    """Names that the source imports, as it writes them (relative ones resolved); none if it does not parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    names: list[str] = []
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - max(node.level - 1, 0)] if node.level else []
            origin = ".".join([part for part in [*above, node.module or ""] if part])
            names += [origin, *(f"{origin}.{alias.name}" if origin else alias.name for alias in node.names)]
    parents = {".".join(name.split(".")[:i]) for name in names for i in range(1, name.count(".") + 1)}
    return sorted({name for name in (*names, *parents) if name})
