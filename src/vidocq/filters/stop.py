"""The stop switch of a policy, read by itself: it holds whatever is wrong with the rest."""

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from vidocq.filters.policy import LARGEST, StopSection

_PAUSED = re.compile(r"^[^#\n\"']*\bpaused[ \t]*=[ \t]*true\b", re.MULTILINE)


def read_stop(path: Path | str) -> StopSection | None:
    """The section `stop` alone, whatever else the file says; None where it cannot be told.

    Where the file, or the section, is not right, only that everything is paused is believed.
    """
    try:
        path = Path(path)
        text = path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST else ""
    except (OSError, UnicodeDecodeError):
        return None
    try:
        told = tomllib.loads(text).get("stop", {})
    except (tomllib.TOMLDecodeError, RecursionError):
        return StopSection(paused=True) if _PAUSED.search(text) else None
    try:
        return StopSection.model_validate(told)
    except ValidationError:
        return StopSection(paused=True) if isinstance(told, dict) and told.get("paused") is True else None
