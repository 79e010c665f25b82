"""Runs a program and says what it took."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Of a whole process with all that it started: wall and processor seconds, peak bytes.

    The peak is that of the largest single process.
    """

    wall: float
    processor: float
    peak: int


def launcher() -> dict[str, str]:
    """The variables that the program's launcher sets for Java."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trimtab"
    engine = str(Path(os.environ.get("TRIMTAB_CACHE") or cache) / "engine")
    variables = {
        "DJL_OFFLINE": "true",
        "RUST_FLAVOR": "cpu",
        "DJL_CACHE_DIR": engine,
        "ENGINE_CACHE_DIR": engine,
    }
    if sys.platform == "linux":
        variables["GLIBC_TUNABLES"] = (
            "glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592"
            ":glibc.malloc.top_pad=268435456"
        )
    return {**variables, **os.environ}


def run(command: list[str], log: Path, environment: dict[str, str] | None = None) -> Cost:
    """Runs a program to its end, its output in a file.

    Raises SystemExit with the end of that file when the program fails.
    """
    with log.open("wb") as output:
        begin = time.monotonic()
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
        raise SystemExit(
            f"{' '.join(command)}\nended with {process.returncode}; the end of its output:\n{tail}"
        )
    bytes_per_unit = 1 if os.uname().sysname == "Darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * bytes_per_unit)
