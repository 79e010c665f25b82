#!/usr/bin/env python3
"""What tracking costs a run: the same sweep without a server, with MLflow, and with broken servers.

    bench/tracking_cost.py                 # 5 rounds, about 20 minutes on two cores
    bench/tracking_cost.py --rounds 3 --set evaluate.truthfulqa-mc.limit=30

Needs Linux and Python 3.10 alone; MLflow is installed by ./run mlflow --install. Every round runs all
kinds, in an order that turns, so that whatever else the machine does meets all of them.

Two figures: the processor time of the threads that track and watch the machine (mlflow-...,
HttpClient, system-sampler), as a share of the process's, read from /proc while the cells run: the most that tracking
can take from the run, to a hundredth of a second; and the medians of the wall time from the start of
the first cell to the end of the last one, which no machine repeats to 2 %: the spread stands below.
What is sent after the last cell does not hold up the run, and stands beside it.
"""

import argparse
import contextlib
import json
import os
import socket
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SPEC = PROJECT / "bench" / "tracking.yaml"


class Broken(BaseHTTPRequestHandler):
    """Answers nothing that helps; how is the server's attribute `fault`."""

    def do_GET(self) -> None:
        fault = self.server.fault
        if fault == "silent":
            time.sleep(3600)
        elif fault == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            with contextlib.suppress(OSError):  # the client gives up
                while True:
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.2)
        else:
            self.send_response(429 if self.path.endswith("search") else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

    do_POST = do_PUT = do_GET

    def log_message(self, *_: object) -> None:
        pass


def broken(fault: str) -> str:
    """Starts a broken server and returns its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    server.daemon_threads = True
    server.fault = fault
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def mlflow(folder: Path) -> tuple[str, subprocess.Popen]:
    """Starts a real server of its own and returns its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = str(PROJECT / "run")
    process = subprocess.Popen(
        [run, "mlflow", "--port", str(port), "--results", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(address + "/health", timeout=1)
            return address, process
        except OSError:
            time.sleep(0.5)
    raise SystemExit("MLflow did not start")


def tracking_share(process: subprocess.Popen, log: Path) -> float:
    """The share of a process's processor time that its tracking threads took, until its last cell."""
    tasks = Path(f"/proc/{process.pid}/task")
    ticks: dict[str, tuple[bool, int]] = {}
    while process.poll() is None and "cells done" not in log.read_text(errors="replace"):
        for task in tasks.iterdir():
            try:
                name = (task / "comm").read_text().strip()
                fields = (task / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            ours = name.startswith(("mlflow", "HttpClient", "system-sampler"))
            ticks[task.name] = (ours, int(fields[11]) + int(fields[12]))
        time.sleep(0.05)
    process.wait()
    return sum(t for ours, t in ticks.values() if ours) / max(1, sum(t for _, t in ticks.values()))


def sweep(address: str | None, folder: Path, settings: list[str]) -> tuple[float, float, float]:
    """Seconds of the cells and of the whole process, and the share of tracking in its processor time."""
    command = [str(PROJECT / "run"), str(SPEC), "--results", str(folder)]
    for setting in settings:
        command += ["--set", setting]
    environment = {"MLFLOW_TRACKING_URI": address} if address else {}
    log = folder.with_suffix(".log")
    begin = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        )
        share = tracking_share(process, log)
    wall = time.monotonic() - begin
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}; see {log}")
    times = [
        datetime.fromisoformat(line["time"][:26].rstrip("Z"))
        for journal in folder.glob("*/cells/*/journal.jsonl")
        for line in map(json.loads, journal.read_text(encoding="utf-8").splitlines())
        if "time" in line
    ]
    return (max(times) - min(times)).total_seconds(), wall, share


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--set", action="append", default=[], help="as of ./run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "server").mkdir()
        address, server = mlflow(folder / "server")
        servers = {"none": None, "MLflow": address}
        servers |= {fault: broken(fault) for fault in ("errors", "silent", "slow")}
        servers["gone"] = "http://127.0.0.1:9"
        seconds: dict[str, list[float]] = {kind: [] for kind in servers}
        after: dict[str, list[float]] = {kind: [] for kind in servers}
        shares: dict[str, list[float]] = {kind: [] for kind in servers}
        try:
            sweep(None, folder / "warm-up", options.set)
            for number in range(options.rounds):
                kinds = list(servers)
                turn = number % len(kinds)
                for kind in kinds[turn:] + kinds[:turn]:
                    cells, whole, share = sweep(
                        servers[kind], folder / f"{kind}-{number}", options.set
                    )
                    seconds[kind].append(cells)
                    after[kind].append(whole - cells)
                    shares[kind].append(share)
                    print(f"round {number + 1}  {kind:8}{cells:8.2f} s{100 * share:8.2f}%", flush=True)
        finally:
            server.terminate()
            server.wait()
    base = statistics.median(seconds["none"])
    rest = statistics.median(after["none"])
    print(f"\n{'server':10}{'tracking':>10}{'cells':>10}{'slower':>10}{'sent after':>12}   (medians)")
    for kind in servers:
        median = statistics.median(seconds[kind])
        sent = statistics.median(after[kind]) - rest
        share = 100 * max(shares[kind])
        print(f"{kind:10}{share:9.2f}%{median:8.2f} s{100 * (median / base - 1):+9.1f}%{sent:10.2f} s")
    spread = (max(seconds["none"]) - min(seconds["none"])) / base
    print(f"Runs without a server differ among themselves by {100 * spread:.1f}%.")


if __name__ == "__main__":
    main()
