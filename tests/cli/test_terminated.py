"""SIGTERM in the middle of a run: one line, exit code 143, and nothing left behind in shared memory."""

import os
import signal
import subprocess
import sys
import time

from workshop import configure, data


def test_a_terminated_audit_says_that_it_goes_on(tmp_path):
    data(tmp_path)
    path = configure(tmp_path, references=4096)
    path.write_text(path.read_text().replace("workers = 1", "workers = 2"))
    command = [sys.executable, "-m", "vidocq.cli.main", "audit", str(path), "--out", str(tmp_path / "out"), "--quiet"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=_with_temporaries(tmp_path)) as run:
        stop = time.monotonic() + 60
        while not list(tmp_path.glob("out/**/*.npz")) and run.poll() is None and time.monotonic() < stop:
            time.sleep(0.1)
        run.send_signal(signal.SIGTERM)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 143
    assert said.decode().split("\n") == ["vidocq: interrupted; start the same command again to go on", ""]
    assert not list((tmp_path / "shared").iterdir())


def _with_temporaries(tmp_path):
    (tmp_path / "shared").mkdir()
    return {**os.environ, "JOBLIB_TEMP_FOLDER": str(tmp_path / "shared")}
