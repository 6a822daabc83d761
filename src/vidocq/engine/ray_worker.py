"""What a worker of a Ray cluster does with a task, once it is known to have this very version of vidocq."""

import contextlib
import os
import pickle
import platform
from functools import lru_cache
from typing import Any

from vidocq.engine.parcel import Parcel
from vidocq.engine.ray_versions import differences, versions_here
from vidocq.engine.threads import single_thread
from vidocq.engine.work import perform


class _Arrived:
    """A parcel in the memory of a machine; equal to itself by name, so that a worker opens it once."""

    def __init__(self, sent: dict[str, Any]) -> None:
        self.name: str = sent["name"]
        self.sent = sent

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Arrived) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


def perform_there(sent: dict[str, Any], task: bytes) -> bytes | dict[str, str]:
    """The outcome, pickled; or what of this machine stands against doing the work, and how to mend it.

    sent  plain content, so that Ray opens it whether vidocq is there or not: `name`, `data` and `places` of the parcel;
          `versions` of libraries on the caller's machine, and the caller's `folder`.
    """
    with single_thread():
        content, refusal = _opened(_Arrived(sent))
        if refusal is not None:
            return refusal
        function, shared = content
        return pickle.dumps(perform(function, pickle.loads(task), shared), protocol=5)  # noqa: S301 - made by ray.py


def _refusal(what: str, fix: str) -> dict[str, str]:
    return {"kind": "configuration", "what": what, "where": f"machine {platform.node()}", "fix": fix}


@lru_cache(maxsize=1)
def _opened(arrived: _Arrived) -> tuple[Any, dict[str, str] | None]:
    """The function and what it shares, in the caller's folder where this machine has it."""
    others = differences(arrived.sent["versions"], versions_here())
    if others:
        return None, _refusal(
            f"a machine of the cluster has {', '.join(others)}", "install the same versions on every machine"
        )
    with contextlib.suppress(OSError):
        os.chdir(arrived.sent["folder"])
    try:
        return Parcel.apart(arrived.sent["data"], arrived.sent["places"]).open(), None
    except Exception as error:  # noqa: BLE001 - the engine is a boundary: unpickling imports anybody's modules
        module = f" '{error.name}'" if isinstance(error, ModuleNotFoundError) and error.name else ""
        return None, _refusal(
            f"a machine of the cluster cannot open the work ({type(error).__name__}{module})",
            "have your own modules in the same folder on every machine, or install them there",
        )
