"""Versions of what computes results: machines of one run must have the same."""

from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("numpy", "scipy", "scikit-learn", "torch", "xgboost", "xgboost-cpu", "lightgbm")


def versions_here() -> dict[str, str]:
    """Version of each library that is installed; which build it is (`+cpu`, `+cu128`) is left out."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name).partition("+")[0]
        except PackageNotFoundError:
            continue
    return found


def differences(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """Libraries that both sides have, in other versions. One that is missing is told by the work that needs it."""
    return [
        f"{name} {found[name]} instead of {wanted}"
        for name, wanted in expected.items()
        if found.get(name, wanted) != wanted
    ]
