"""What was released of a model, and through which access."""

from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.model import Model, Reach
from vidocq.dossier.reading import Reading


def releases_of(model: Model, facts: Facts, read: Reading) -> list[tuple[Reach, ...] | None] | None:
    """The access that each release of the model gives, None for one that does not say which model or which access.

    None where nobody said what was released; an empty list says that nothing was.
    """
    releases = read.of(facts, "releases", at="")
    if releases is None:
        return None
    found: list[tuple[Reach, ...] | None] = []
    for release in releases:
        at = f"releases.{release.id}"
        of = read.of(release, "model", at=at)
        if of is None or of == model.id:
            reach = read.of(release, "reach", at=at)
            found.append(None if of is None else reach)
    return found
