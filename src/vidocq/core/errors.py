"""Errors say what, where and how to fix; every one descends from VidocqError."""

from vidocq.core.french import french
from vidocq.core.text import Lang


class VidocqError(Exception):
    """What went wrong, where, and how to fix it. Never carries a personal value.

    what   one sentence; `where` the place in the code or the input; `fix` what the user can do.
    fr     the sentence in French, where a report may quote it or a reader of French sees it; fix_fr what to do, in French.
    """

    def __init__(self, what: str, *, where: str, fix: str, fr: str | None = None, fix_fr: str | None = None) -> None:
        super().__init__(what, where, fix)
        self.what = what
        self.where = where
        self.fix = fix
        self.fr = fr
        self.fix_fr = fix_fr

    def __reduce__(self) -> tuple[object, ...]:
        """Survives the way back from a worker process: keyword arguments are lost by default."""
        return (_rebuild, (type(self), self.what, self.where, self.fix, self.fr, self.fix_fr))

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  fix:   {self.fix}"

    def told(self, lang: Lang) -> str:
        """The whole in the reader's language, as far as it was written in it."""
        if lang is not Lang.fr:
            return str(self)
        fix = self.fix_fr or french(self.fix) or self.fix
        return f"{self.french or self.what}\n  où :     {self.where}\n  remède : {fix}"

    @property
    def french(self) -> str | None:
        """What went wrong, in French: as it was raised, or as the catalogue has it; None where it is written nowhere."""
        return self.fr or french(self.what)


def _rebuild(
    kind: type[VidocqError], what: str, where: str, fix: str, fr: str | None, fix_fr: str | None
) -> VidocqError:
    return kind(what, where=where, fix=fix, fr=fr, fix_fr=fix_fr)


class ConfigurationError(VidocqError):
    """The request cannot be understood or is inconsistent; nothing was started (exit code 2)."""


class DataError(VidocqError):
    """A data file cannot be read, or does not hold what the audit needs."""


class ModelError(VidocqError):
    """A model cannot be loaded, trained, or does not answer as a model should."""


class SignalError(VidocqError):
    """The signals collected do not allow this attack to speak."""


class SampleTooSmall(VidocqError):
    """The figure asked for cannot be read from so few records."""


class LedgerError(VidocqError):
    """The ledger is unreadable, altered, or refuses the entry."""


class MissingExtra(VidocqError):
    """An optional dependency is not installed."""


class ReferentialError(VidocqError):
    """The points of verification that come with the package contradict themselves or name what does not exist."""
