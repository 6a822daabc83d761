"""The peers' environments: one each, pinned, built once under benchmarks/work and rebuilt when the pins change."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = HERE / "work"


def environment(peer: str) -> Path:
    """The Python of that peer's environment, ready. Raises CalledProcessError if pip cannot build it."""
    requirements = HERE / "peers" / f"requirements-{peer}.txt"
    folder = WORK / f"env-{peer}"
    python = folder / "bin" / "python"
    stamp = folder / ".ready"
    wanted = f"{hashlib.sha256(requirements.read_bytes()).hexdigest()} {sys.version}\n"
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    print(f"building the environment of {peer}: some minutes, once", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if torch := _pin_of("torch", requirements):
        subprocess.run([*pip, "-c", str(requirements), torch], check=True)
    subprocess.run([*pip, "--no-deps", "-r", str(requirements)], check=True)
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _pin_of(package: str, requirements: Path) -> str | None:
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.startswith(f"{package}==")), None)
