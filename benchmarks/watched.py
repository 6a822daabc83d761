"""Peak memory and processor time of a program with all the processes that it starts, read from Linux's /proc."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.1  # seconds


@dataclass(frozen=True, kw_only=True)
class Watched:
    """printed  on standard output.
    processor_seconds  of all its processes, imports included; other work on the machine changes them less than the clock.
    peak_mib  the largest sum, over the processes alive at once, of each one's own peak: pages that several share count
              for each, so that it is never too small.
    """

    printed: str
    processor_seconds: float
    peak_mib: float


def run_watched(command: Sequence[str]) -> Watched:
    """Raises CalledProcessError if the program fails."""
    peak, used = 0, {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        while started.poll() is None:
            family = _family(started.pid)
            peak = max(peak, sum(_own_peak(process) for process in family))
            used |= family
            time.sleep(EVERY)
        printed, said = started.communicate()
    if started.returncode != 0:
        raise subprocess.CalledProcessError(started.returncode, command, printed, said)
    return Watched(printed=printed, processor_seconds=sum(used.values()), peak_mib=peak / 1024)


def _family(root: int) -> dict[int, float]:
    """Seconds of processor by process: the root and all its descendants."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        process = int(stat.parent.name)
        children.setdefault(int(fields[1]), []).append(process)
        used[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    found, places = [root], [root]
    while places:
        more = children.get(places.pop(), [])
        found += more
        places += more
    return {process: used.get(process, 0.0) for process in found}


def _own_peak(process: int) -> int:
    """KiB; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
