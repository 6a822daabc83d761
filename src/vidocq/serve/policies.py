"""The policy in force, read again when its file or one that it names changes; an invalid one changes nothing."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.guarding import Surface
from vidocq.filters.guard import Guard
from vidocq.filters.policy import Policy, StopSection, read_policy
from vidocq.filters.stop import read_stop
from vidocq.serve.surfaces.looking import Clean

_FIRST = "Le dossier de Mme Martin est du 3 mai 2024 ; write to the committee, 12 High Street, or call zéro six. " * 6


@dataclass(frozen=True)
class InForce:
    """clean  texts in which this guard found nothing."""

    policy: Policy
    guard: Guard
    clean: Clean = field(default_factory=Clean)


class Policies:
    """`current` is what requests that begin now are held to; those under way keep theirs.

    accept   called with a policy before it is in force; one for which it raises VidocqError is refused.
    stop     what the newest file says of the stop switch, which waits for nothing else in it.
    refused  why the newest file is not in force, or None.
    """

    def __init__(self, path: Path, *, accept: Callable[[Policy], None] = lambda policy: None) -> None:
        """Raises ConfigurationError if the policy cannot be used: a guard does not start without one."""
        self._path = path
        self._accept = accept
        self._lock = threading.Lock()
        self._stop_stamp = _stamp_of(path)
        self._stamp = self._stamped(())
        self.current = self._read()
        self._stamp = self._stamped(self._named())
        self.stop = self.current.policy.stop
        self.refused: VidocqError | None = None

    def refresh_stop(self) -> StopSection:
        """What the file says of the stop switch now; as before where that cannot be told."""
        stamp = _stamp_of(self._path)
        if stamp != self._stop_stamp:
            self._stop_stamp = stamp
            self.stop = read_stop(self._path) or self.stop
        return self.stop

    def refresh(self) -> bool:
        """Looks whether the file changed; True if another policy is in force now."""
        with self._lock:
            stamp = self._stamped(self._named())
            if stamp == self._stamp:
                return False
            self._stamp = stamp
            try:
                self.current = self._read()
            except VidocqError as error:
                self.refused = error
                return False
            except Exception as error:  # noqa: BLE001 - a boundary: whatever is wrong, the policy in force stays
                self.refused = ConfigurationError(
                    f"the policy cannot be used ({type(error).__name__})",
                    where=self._path.name,
                    fix="see the log",
                    fr=f"la politique ne peut être utilisée ({type(error).__name__})",
                )
                return False
            self.refused = None
            return True

    def _read(self) -> InForce:
        policy = read_policy(self._path)
        guard = Guard.of(policy)
        for surface in Surface:
            guard.check(_FIRST, surface)  # word lists are read now, not while the first answer waits
        self._accept(policy)
        return InForce(policy, guard)

    def _named(self) -> list[Path]:
        """Files that the filters of the policy in force read."""
        policy = self.current.policy
        names = [getattr(each, name, None) for each in policy.filters for name in ("list", "grams")]
        return [policy.base / name for name in names if name is not None]

    def _stamped(self, named: Sequence[Path]) -> list[tuple[int, int, int] | None]:
        return [_stamp_of(path) for path in (self._path, *named)]


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
