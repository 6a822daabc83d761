"""A catalogue is a list one can read; nothing registers itself on import."""

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from vidocq.core.errors import ConfigurationError


class HasCard(Protocol):
    @property
    def card(self) -> "HasId": ...


class HasId(Protocol):
    @property
    def id(self) -> str: ...


Kind = TypeVar("Kind", bound=HasCard)


class Registry(Generic[Kind]):
    """Kinds in the order listed, each found by the id on its card."""

    def __init__(self, kinds: Iterable[type[Kind]]) -> None:
        self._kinds: dict[str, type[Kind]] = {}
        for kind in kinds:
            name = kind.card.id  # type: ignore[attr-defined]
            if name in self._kinds:
                raise ConfigurationError(
                    f"two entries of the catalogue call themselves '{name}'",
                    where="core.registry",
                    fix="give one of them another id",
                )
            self._kinds[name] = kind

    def __iter__(self) -> Iterator[type[Kind]]:
        return iter(self._kinds.values())

    def __contains__(self, name: object) -> bool:
        return name in self._kinds

    def __getitem__(self, name: str) -> type[Kind]:
        try:
            return self._kinds[name]
        except KeyError:
            raise ConfigurationError(
                f"there is no '{name}' in the catalogue",
                where="core.registry",
                fix=f"choose among: {', '.join(self.ids())}",
            ) from None

    def ids(self) -> list[str]:
        return list(self._kinds)

    def defaults(self) -> list[Kind]:
        """One of each, with default parameters."""
        return [kind() for kind in self]
