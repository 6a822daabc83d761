"""What the entries before one have said, as far as a checker needs it."""

from dataclasses import dataclass, field


@dataclass
class Seen:
    """Filled in the order of the chain.

    registrations  hashes of what was registered, with the look each has.
    looks          hashes registered per members file and access, in order.
    draws          hashes of canary draws, with the hash of the guesses made about each, or None.
    kept, erased   ids of what was kept aside, and erased.
    """

    registrations: dict[str, int] = field(default_factory=dict)
    looks: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    draws: dict[str, str | None] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
