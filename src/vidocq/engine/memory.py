"""How much memory this machine has, and how much of it is left, in bytes: the container's where it allows less."""

import os
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_GROUPS = (  # of Linux: limit and use, in the second version of control groups and in the first
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Path("/sys/fs/cgroup/memory/memory.usage_in_bytes")),
)


def total_memory() -> int:
    """The same at any time on the same machine."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min([whole, *(limit for limit, _ in _limits())])


def available_memory() -> int:
    """What could still be taken without swapping; half of all where the system does not tell."""
    told = [int(line.split()[1]) * 1024 for line in _lines(_MEMINFO) if line.startswith("MemAvailable:")]
    return max(min([*(told or [total_memory() // 2]), *(limit - used for limit, used in _limits())]), 0)


def _limits() -> list[tuple[int, int]]:
    found = []
    for files in _GROUPS:
        read = [line.strip() for file in files for line in _lines(file)]
        if len(read) == len(files) and all(number.isdecimal() for number in read):
            found.append((int(read[0]), int(read[1])))
    return found


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []
