"""Fusion steering's tuned search in Trimtab and in transformers: the same trials, what each took.

Times are given with and without start-up: for Trimtab that of the whole process and that of its cell,
for transformers with and without the imports (models are loaded within its procedures).
"""

import time

BEGIN = time.monotonic()

import argparse
import csv
import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import optuna
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

IMPORTS = time.monotonic() - BEGIN
PROJECT = Path(__file__).resolve().parent.parent
SPEC = PROJECT / "bench" / "fusion.yaml"
TOLERANCE = 2e-3
NEW_TOKENS = 24


def trimtab(arguments, mean: str, folder: Path):
    """Seconds of a whole run and of its cell, and the journaled trials and questions."""
    command = [str(PROJECT / "run"), str(SPEC), "--results", str(folder / mean)]
    command += ["--set", "name=bench-fusion"]
    command += ["--set", f"methods.fusion.mean={mean}"]
    command += ["--set", f"methods.fusion.trials={arguments.trials}"]
    command += ["--set", f"evaluate.simpleqa.limit={arguments.questions}"]
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - begin
    results = folder / mean / "bench-fusion"
    (cell,) = csv.DictReader((results / "timing.csv").read_text().splitlines())
    (journal,) = (results / "cells").glob("*/journal.jsonl")
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    trials = [line for line in lines if line["kind"] == "trial"]
    items = {line["item"]: line["details"] for line in lines if line["kind"] == "item"}
    return (seconds, float(cell["wall_seconds"])), trials, items


def words(text: str) -> set:
    return set(re.findall(r"[^\W_]+", text.lower()))


def dequantised(source: dict):
    """The model of a GGUF file as an ordinary one: transformers saves none that it knows as quantised."""
    read = AutoModelForCausalLM.from_pretrained(**source, dtype=torch.float32)
    del read.config.quantization_config
    model = AutoModelForCausalLM.from_config(read.config, dtype=torch.float32)
    model.load_state_dict(read.state_dict())
    return model


class Steered:
    """A model with hooks that pull block outputs towards a reference."""

    def __init__(self, folder: Path):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self.references, self.strengths, self.shifts = None, None, {}
        self.recorded, self.keep = None, False
        for layer, block in enumerate(self.model.model.layers):
            block.register_forward_hook(lambda _, __, out, at=layer: self.hook(at, out))

    def hook(self, layer, output):
        hidden = output[0] if isinstance(output, tuple) else output
        if self.recorded is not None:
            self.recorded.append(hidden[0])
        if self.strengths is None:
            return output
        if self.keep and layer in self.shifts:
            shift = self.shifts[layer]
        else:
            mean = hidden.mean(1, keepdim=True)
            shift = self.strengths[layer] * (self.references[layer] - mean)
            self.shifts[layer] = shift
        changed = hidden + shift
        return (changed,) + tuple(output[1:]) if isinstance(output, tuple) else changed

    def reference(self, question: str, answer: str):
        prefix = f"Question: {question}\nAnswer and explanation:\n"
        count = len(self.tokenizer.encode(prefix))
        ids = torch.tensor([self.tokenizer.encode(prefix + answer)])
        self.recorded = []
        self.model(ids)
        vectors = [hidden[min(count, ids.shape[1] - 1) :].mean(0) for hidden in self.recorded]
        self.recorded = None
        return vectors

    def text(self, question: str, references, strengths, cached: bool) -> str:
        self.references, self.strengths, self.keep, self.shifts = references, strengths, cached, {}
        ids = self.tokenizer.encode(f"Question: {question}\nAnswer and explanation:")
        start, past, fed = len(ids), None, ids
        for _ in range(NEW_TOKENS):
            out = self.model(torch.tensor([fed]), past_key_values=past, use_cache=cached)
            token = int(out.logits[0, -1].argmax())
            if token == self.tokenizer.eos_token_id:
                break
            ids = ids + [token]
            past, fed = (out.past_key_values, [token]) if cached else (None, ids)
        self.strengths = None
        return self.tokenizer.decode(ids[start:], skip_special_tokens=True)

    def perplexity(self, text: str):
        ids = torch.tensor([self.tokenizer.encode(text)])
        if ids.shape[1] < 2:
            return None
        return math.exp(float(self.model(ids, labels=ids).loss))


def objective(text: str, gold: str, perplexity) -> float:
    wanted = words(gold)
    overlap = len(wanted & words(text)) / len(wanted) if wanted else 0
    return 0.7 * overlap - 0.3 * min((100 if perplexity is None else perplexity) / 100, 1)


def layers(settings: dict, count: int):
    values = list(settings.values())
    return [values[next(p for p in range(3) if i < -(-(p + 1) * count // 3))] for i in range(count)]


def published(folder: Path, trials, items):
    model = Steered(folder)
    count = len(model.model.model.layers)
    values, references = [], {}
    for trial in trials:
        item = items[trial["item"]]
        if trial["item"] not in references:
            references[trial["item"]] = model.reference(item["question"], item["gold"])
        strengths = layers(trial["details"]["settings"], count)
        text = model.text(item["question"], references[trial["item"]], strengths, cached=False)
        second = Steered(folder)
        values.append(objective(text, item["gold"], second.perplexity(text)))
    return values


def careful(folder: Path, trials, items):
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    model = Steered(folder)
    count = len(model.model.model.layers)
    values = {}
    for number, item in items.items():
        references = model.reference(item["question"], item["gold"])
        study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=0))
        for trial in (t for t in trials if t["item"] == number):
            settings = trial["details"]["settings"]
            study.enqueue_trial(settings)
            asked = study.ask()
            chosen = {name: asked.suggest_float(name, 0.0, 0.05) for name in settings}
            text = model.text(item["question"], references, layers(chosen, count), cached=True)
            value = objective(text, item["gold"], model.perplexity(text))
            study.tell(asked, value)
            values[number, trial["trial"]] = value
    return [values[trial["item"], trial["trial"]] for trial in trials]


def timed(function, *arguments):
    begin = time.monotonic()
    values = function(*arguments)
    seconds = time.monotonic() - begin
    return (seconds + IMPORTS, seconds), values


def agreement(name: str, trials, values) -> bool:
    off = [
        (trial["item"], trial["trial"], trial["details"]["objective"], value)
        for trial, value in zip(trials, values)
        if abs(trial["details"]["objective"] - value) > TOLERANCE
    ]
    print(f"{name}: {len(trials) - len(off)} of {len(trials)} objective values agree")
    for row in off:
        print("  question %d, trial %d: %.5f and %.5f" % row)
    # Two logits may be as good as equal: then texts part, and so do their values.
    return len(off) <= len(trials) // 20


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--trials", type=int, default=5)
    arguments = parser.parse_args()
    fetched = subprocess.run(
        [str(PROJECT / "run"), "models", "fetch", "smollm2-135m-instruct-q4_1"],
        check=True, capture_output=True, text=True,
    ).stdout
    (file,) = re.findall(r"(/\S+\.gguf)", fetched)[:1]
    with tempfile.TemporaryDirectory() as temporary, torch.inference_mode():
        folder = Path(temporary)
        plain = folder / "model"
        source = {"pretrained_model_name_or_path": Path(file).parent, "gguf_file": Path(file).name}
        AutoTokenizer.from_pretrained(**source).save_pretrained(plain)
        dequantised(source).save_pretrained(plain)
        growing, growing_trials, items = trimtab(arguments, "growing", folder)
        prompt, prompt_trials, _ = trimtab(arguments, "prompt", folder)
        slow, slow_values = timed(published, plain, growing_trials, items)
        quick, quick_values = timed(careful, plain, prompt_trials, items)
    same = agreement("growing", growing_trials, slow_values)
    same &= agreement("prompt", prompt_trials, quick_values)
    print(f"{'seconds':34}{'with start-up':>14}{'without':>10}")
    for name, (whole, own) in (
        ("Trimtab, mean: growing", growing),
        ("Trimtab, mean: prompt", prompt),
        ("transformers, as published", slow),
        ("transformers, with a cache", quick),
    ):
        print(f"{name:34}{whole:14.1f}{own:10.1f}")
    print(f"{'times as fast':34}{'with start-up':>14}{'without':>10}")
    for name, ours, theirs in (
        ("mean: growing, as published", growing, slow),
        ("mean: prompt, as published", prompt, slow),
        ("mean: prompt, with a cache", prompt, quick),
    ):
        print(f"{name:34}{theirs[0] / ours[0]:14.1f}{theirs[1] / ours[1]:10.1f}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
