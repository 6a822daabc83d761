"""Packages with their versions, and repositories: an @ stands in their names, which are no addresses."""

import re

_VERSION = re.compile(
    r"@[\^~=]{0,2}(?P<version>v?[0-9]{1,6}(?:\.[0-9]{1,8}){1,3})(?:(?![\w-]|\.\w)|[-_+](?=[a-z0-9]))", re.IGNORECASE
)
_REPOSITORY = re.compile(r"(?:ssh://)?git@[\w-]", re.IGNORECASE)
_LEET = str.maketrans("430571", "aeostl")


def is_package(found: str, written: str) -> bool:
    """Whether the address that was found is a version, read as it stands or as letters: "core@7.19.15", "git@…"."""
    if _REPOSITORY.match(written) is not None:
        return True
    domain = found.partition("@")[2].lower()
    versions = (version["version"].lower() for version in _VERSION.finditer(written + " "))
    return any(domain.startswith((version, version.translate(_LEET))) for version in versions)
