"""Any parameter of a recipe as plain content: equal across processes, different when the parameter is.

No memory address and no data get in: arrays are told by shape, kind and SHA-256; code by its name and the version of
its package, or else by a hash of the code itself.
"""

import dis
import functools
import hashlib
import importlib.metadata
import math
import sys
import types
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np

from vidocq.core.canonical import canonical_bytes, content_hash, sha256
from vidocq.core.errors import ModelError
from vidocq.targets.foreign import foreign_code

_EXACT = 2**53  # JSON numbers are exact up to here


def described(value: Any) -> Any:
    """Plain JSON-able content. Raises ModelError for what cannot be told (an open file, a lock)."""
    with foreign_code(
        "describing a parameter of the recipe",
        where=f"targets.described, {type(value).__name__}",
        fix="give parameters that can be pickled",
    ):
        return _describe(value, ())


def version_of(module: str) -> str | None:
    """Version of the installed package that `module` belongs to, or None (a script, the standard library)."""
    top = module.partition(".")[0]
    for distribution in _distributions().get(top, ()):
        return importlib.metadata.version(distribution)
    return None


def versions_of(modules: Iterable[str]) -> dict[str, str]:
    """Version of each installed distribution that brings one of these modules, by the distribution's name."""
    names = {name for module in modules for name in _distributions().get(module.partition(".")[0], ())}
    return {name: importlib.metadata.version(name) for name in sorted(names)}


@functools.cache
def _distributions() -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()


def _describe(value: Any, within: tuple[int, ...]) -> Any:  # noqa: PLR0912 - one return for each kind
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic):
        return _describe(value.item(), within)
    if isinstance(value, int):
        return int(value) if abs(value) <= _EXACT else {"integer": str(value)}
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"number": repr(float(value))}
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": sha256(bytes(value))}
    if isinstance(value, np.dtype):
        return {"dtype": value.str}
    if id(value) in within:
        return {"again": len(within) - within.index(id(value))}
    within = (*within, id(value))
    if isinstance(value, np.ndarray):
        return _array(value, within)
    if isinstance(value, list | tuple):
        return [_describe(item, within) for item in value]
    if isinstance(value, AbstractSet):
        return {"set": sorted((_describe(item, within) for item in value), key=_sortable)}
    if isinstance(value, Mapping):
        pairs = [[_describe(key, within), _describe(item, within)] for key, item in value.items()]
        if all(isinstance(key, str) for key, _ in pairs):
            return dict(pairs)
        return {"pairs": sorted(pairs, key=_sortable)}
    if isinstance(value, range):
        return {"range": [value.start, value.stop, value.step]}
    if isinstance(value, functools.partial):
        return {"partial": [_describe(part, within) for part in (value.func, value.args, value.keywords)]}
    if isinstance(value, types.MethodType):
        return {"method": value.__func__.__qualname__, "of": _describe(value.__self__, within)}
    if isinstance(value, type | types.FunctionType | types.BuiltinFunctionType | np.ufunc):
        return _code(value, within)
    if callable(getattr(value, "get_params", None)):
        return {"class": _code(type(value), within), "params": _describe(value.get_params(deep=False), within)}
    return _object(value, within)


def _sortable(content: Any) -> bytes:
    return canonical_bytes([content])


def _array(value: np.ndarray[Any, Any], within: tuple[int, ...]) -> dict[str, Any]:
    if value.dtype == object:
        held = content_hash([_describe(item, within) for item in value.ravel().tolist()])
    else:
        held = sha256(np.ascontiguousarray(value).tobytes())
    return {"array": held, "shape": list(value.shape), "dtype": value.dtype.str}


def _code(value: Any, within: tuple[int, ...]) -> dict[str, Any]:
    """A class or function by its name, and by the version of its package or a hash of its code."""
    module = getattr(value, "__module__", None) or "numpy"
    name = f"{module}.{getattr(value, '__qualname__', value.__name__)}"
    version = version_of(module)
    if version is not None and "<" not in name:
        return {"name": name, "version": version}
    if isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        held = [_describe(part, within) for part in (cells, value.__defaults__, value.__kwdefaults__)]
        content: dict[str, Any] = {"name": name, "code": content_hash([_bytecode(value.__code__), *held])}
        libraries, helpers = _reached(value)
        if helpers:
            content["helpers"] = content_hash(helpers)
        if libraries:
            content["libraries"] = versions_of(libraries)
        return content
    if isinstance(value, type) and version is None and module.partition(".")[0] not in sys.stdlib_module_names:
        own = {
            key: [_describe(part, within) for part in _functions(item)]
            for key, item in vars(value).items()
            if key not in _NOT_CODE
        }
        bases = [_describe(base, within) for base in value.__bases__ if base is not object]
        return {"name": name, "code": content_hash([own, bases])}
    return {"name": name}


_NOT_CODE = {"__module__", "__doc__", "__dict__", "__weakref__", "__firstlineno__", "__static_attributes__"}


def _functions(item: Any) -> list[Any]:
    """What a class attribute is made of: the functions behind a property or method, or the plain value itself."""
    if isinstance(item, property):
        return [item.fget, item.fset, item.fdel]
    if isinstance(item, classmethod | staticmethod):
        return [item.__func__]
    if item is None or isinstance(item, types.FunctionType | bool | int | float | str | tuple | list | dict):
        return [item]
    return []


def _reached(function: types.FunctionType) -> tuple[set[str], dict[str, str]]:
    """What a function of no package makes use of by global names and imports, itself or through functions beside it:
    modules of installed packages, and those functions by name, with a hash of what each does.
    """
    libraries: set[str] = set()
    helpers: dict[str, str] = {}
    waiting, seen = [function], {function}
    while waiting:
        one = waiting.pop()
        for code in _codes(one.__code__):
            libraries |= {i.argval for i in dis.get_instructions(code) if i.opname == "IMPORT_NAME"}
            for used in (one.__globals__[name] for name in code.co_names if name in one.__globals__):
                if isinstance(used, types.ModuleType):
                    libraries.add(used.__name__)
                elif isinstance(used, type | types.FunctionType) and version_of(used.__module__ or "") is not None:
                    libraries.add(used.__module__)
                elif isinstance(used, type | types.FunctionType):
                    own = vars(used).values() if isinstance(used, type) else [used]
                    new = [f for item in own for f in _functions(item) if isinstance(f, types.FunctionType)]
                    waiting += [f for f in new if f not in seen]
                    helpers |= {f.__qualname__: _bytecode(f.__code__) for f in new if f not in seen}
                    seen |= set(new)
    return {name for name in libraries if version_of(name) is not None}, dict(sorted(helpers.items()))


def _codes(code: types.CodeType) -> list[types.CodeType]:
    """The code of a function, and of those written within it."""
    inner = [item for item in code.co_consts if isinstance(item, types.CodeType)]
    return [code, *(each for one in inner for each in _codes(one))]


def _bytecode(code: types.CodeType) -> str:
    """Hash of what a function does: its instructions, names and constants, not its place in a file."""
    constants = [
        _bytecode(item)
        if isinstance(item, types.CodeType)
        else repr(sorted(item, key=repr) if isinstance(item, frozenset) else item)
        for item in code.co_consts
    ]
    told = [list(code.co_names), list(code.co_varnames), constants]
    return hashlib.sha256(code.co_code + canonical_bytes(told)).hexdigest()


def _object(value: Any, within: tuple[int, ...]) -> dict[str, Any]:
    """Any other object by its class and by what a copy would be made from."""
    if isinstance(value, types.ModuleType):
        return {"module": value.__name__, "version": version_of(value.__name__)}
    reduced = value.__reduce_ex__(4)
    if isinstance(reduced, str):
        return {"class": _code(type(value), within), "named": reduced}
    if not isinstance(reduced, Sequence):
        raise ModelError(
            "a parameter of the recipe cannot be described",
            where=f"targets.described, {type(value).__name__}",
            fix="give parameters that can be pickled",
        )
    parts = [list(part) if hasattr(part, "__next__") else part for part in reduced[1:]]
    return {"class": _code(type(value), within), "from": [_describe(part, within) for part in parts]}
