"""The stop switch: ends what is under way, and lets nothing begin."""

import asyncio
from typing import NoReturn

from vidocq.filters.policy import StopSection
from vidocq.serve.envelope import Refusal, paused, stopping


class Switch:
    """Belongs to one event loop. `section` is the policy's, of the newest that could be read."""

    def __init__(self, section: StopSection) -> None:
        self.section = section
        self._leaves = False
        self._is_on = asyncio.Event()
        self.turn(section)

    def turn(self, section: StopSection) -> None:
        self.section = section
        self._set()

    def leave(self) -> None:
        """The process ends: what is still under way has had its time."""
        self._leaves = True
        self._set()

    @property
    def refusal(self) -> Refusal | None:
        """Why nothing is let through, or None."""
        if self.section.paused:
            return paused()
        return stopping() if self._leaves else None

    async def ended(self) -> NoReturn:
        """Raises Refusal as soon as nothing is let through any more."""
        while (refusal := self.refusal) is None:
            await self._is_on.wait()
        raise refusal

    def _set(self) -> None:
        if self.refusal is None:
            self._is_on.clear()
        else:
            self._is_on.set()
