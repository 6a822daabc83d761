"""Plans and runs audits. The room itself is callable: `vidocq.audit(model, members=..., non_members=...)`."""

import sys
from types import ModuleType
from typing import Any


class _CallableRoom(ModuleType):
    """DESIGN gives the room and the library call one name; a module whose class has `__call__` serves both."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        from vidocq.audit.api import audit  # noqa: PLC0415 - keeps `import vidocq` light

        return audit(*arguments, **named)


sys.modules[__name__].__class__ = _CallableRoom
