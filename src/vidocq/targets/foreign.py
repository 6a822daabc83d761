"""Code of others (an estimator, the user's function) may raise anything, with personal values in its message."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vidocq.core.errors import ModelError, VidocqError


@contextmanager
def foreign_code(action: str, *, where: str, fix: str) -> Iterator[None]:
    """Turns whatever the block raises into a ModelError that keeps its type and its line, never its message.

    Our own errors pass unchanged. `SystemExit` is caught too: a training script may call `sys.exit`.
    """
    try:
        yield
    except VidocqError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the one place where foreign code is run
        raise ModelError(
            f"{action} raised {type(error).__name__}", where=f"{where}{raised_at(error)}", fix=fix
        ) from None


def raised_at(error: BaseException) -> str:
    """The file and line that raised, as ` (file.py, line 12)`; file names hold no values of cells."""
    frame = error.__traceback__
    if frame is None:
        return ""
    while frame.tb_next is not None:
        frame = frame.tb_next
    return f" ({Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno})"
