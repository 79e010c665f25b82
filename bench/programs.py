"""Trimtab and lm_eval, each run on the first items of TruthfulQA; their scores in one form."""

import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import lm_eval_task
import measured

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Item:
    """Log-likelihoods of an item's choices, and its scores."""

    mc1_ll: list[float]
    mc2_ll: list[float]
    mc1: float
    mc2: float


@dataclass(frozen=True)
class Run:
    """What a run cost and found, by item."""

    cost: measured.Cost
    items: dict[int, Item]
    scoring_seconds: float | None = None


def trimtab(items: int, model: str | None, folder: Path) -> Run:
    """Runs tqa-100.yaml as a user would, into a new results folder: nothing can be reused."""
    command = [
        str(PROJECT / "run"),
        str(PROJECT / "bench" / "tqa-100.yaml"),
        "--set",
        "name=tqa-100",
        "--set",
        f"evaluate.truthfulqa-mc.limit={items}",
        "--results",
        str(folder / "results"),
    ]
    if model:
        command += ["--set", f"model={model}"]
    cost = measured.run(command, folder.with_suffix(".log"))
    (cell,) = (folder / "results" / "tqa-100" / "cells").iterdir()
    return Run(cost, _trimtab_items(cell / "items.jsonl"), _scoring(cell / "journal.jsonl"))


def lm_eval(items: int, batch: int, model: Path, mc_task: Path, folder: Path) -> Run:
    """Runs lm_eval's hf model on the same file, in float32 on the CPU, without the network."""
    lm_eval_task.write(folder / "tasks", mc_task)
    command = [sys.executable, "-m", "lm_eval", "run"]
    command += ["--model", "hf", "--model_args"]
    command += [f"pretrained={model.parent},gguf_file={model.name},dtype=float32"]
    command += ["--device", "cpu", "--batch_size", str(batch), "--limit", str(items)]
    command += ["--tasks", *lm_eval_task.TASKS.values(), "--include_path", str(folder / "tasks")]
    command += ["--log_samples", "--output_path", str(folder / "output")]
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "hub")}
    cost = measured.run(command, folder.with_suffix(".log"), offline)
    return Run(cost, _lm_eval_items(folder / "output"))


def _trimtab_items(file: Path) -> dict[int, Item]:
    return {
        line["item"]: Item(
            line["mc1"]["ll"], line["mc2"]["ll"], line["scores"]["mc1"], line["scores"]["mc2"]
        )
        for line in _lines(file)
    }


def _scoring(journal: Path) -> float:
    """Seconds from the cell's start, the model being loaded, to its last score."""
    times = {line["kind"]: line["time"] for line in _lines(journal) if "time" in line}
    begin, end = (datetime.fromisoformat(times[k][:26].rstrip("Z")) for k in ("start", "evaluated"))
    return (end - begin).total_seconds()


def _lm_eval_items(output: Path) -> dict[int, Item]:
    samples = {kind: _samples(output, task) for kind, task in lm_eval_task.TASKS.items()}
    return {
        number: Item(
            _log_likelihoods(mc1),
            _log_likelihoods(samples["mc2"][number]),
            float(mc1["acc"]),
            float(samples["mc2"][number]["acc"]),
        )
        for number, mc1 in samples["mc1"].items()
    }


def _samples(output: Path, task: str) -> dict[int, dict]:
    (file,) = output.glob(f"*/samples_{task}_*.jsonl")
    return {line["doc_id"]: line for line in _lines(file)}


def _log_likelihoods(sample: dict) -> list[float]:
    return [float(answer[0]) for answer in sample["filtered_resps"]]


def _lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def find_model(named: str | None) -> Path:
    """The .gguf file that Trimtab has fetched, or the one that the user names."""
    name = "smollm2-135m-instruct-q4_1"
    fetched = _cache() / "models" / name / "SmolLM2-135M-Instruct.Q4_1.gguf"
    return _existing(Path(named) if named else fetched, "name the model's file with --model")


def find_items() -> Path:
    """TruthfulQA's mc_task.json, where Trimtab finds it too."""
    places = [PROJECT / "data", PROJECT.parent / "shared" / "data", _cache() / "data"]
    if os.environ.get("TRIMTAB_DATA"):
        places.insert(0, Path(os.environ["TRIMTAB_DATA"]))
    files = [p / f for p in places for f in ("truthfulqa/mc_task.json", "mc_task.json")]
    found = next((file for file in files if file.is_file()), files[-2])
    return _existing(found, "set TRIMTAB_DATA to the folder that holds truthfulqa/mc_task.json")


def _cache() -> Path:
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("TRIMTAB_CACHE") or Path(caches) / "trimtab")


def _existing(file: Path, advice: str) -> Path:
    if not file.is_file():
        raise SystemExit(f"{file} is not there: {advice}")
    return file.resolve()
