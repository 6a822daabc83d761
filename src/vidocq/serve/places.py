"""Where in the code something failed: all that is told of an error, whose words may quote what was looked at."""

import traceback
from pathlib import Path


def place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
