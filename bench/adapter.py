"""One adapter on one split: Trimtab beside the same training in PyTorch. Called by adapter.sh.

The runs follow one another, so that none disturbs another. Seconds are those of training, the model
being loaded, with the hidden states that are computed once.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import measured

PROJECT = Path(__file__).resolve().parent.parent
LOSS = 1e-3
FULL_MODEL = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=300, help="steps of each training (300)")
    parser.add_argument(
        "--full-steps",
        type=int,
        default=0,
        help="steps of PyTorch on the full model, whose time is extrapolated (all)",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="trimtab-bench-") as folder:
        scratch = Path(folder)
        print("... Trimtab", flush=True)
        ours = trimtab(arguments, scratch)
        print("... PyTorch", flush=True)
        theirs = pytorch(arguments, scratch)
    report(ours, theirs)


def trimtab(arguments: argparse.Namespace, scratch: Path) -> dict:
    """Fits the cell of adapter.yaml in a process with the launcher's options."""
    result = scratch / "trimtab.json"
    command = ["java", "-Xmx1g", "-Xss4m", "-XX:+UseSerialGC"]
    command += ["-cp", os.environ["ADAPTER_CLASS_PATH"]]
    command += [str(PROJECT / "bench" / "AdapterSplit.java"), str(PROJECT), str(result)]
    command += [f"methods.adapter.steps={arguments.steps}"]
    measured.run(command, scratch / "trimtab.log", measured.launcher())
    return json.loads(result.read_text())


def pytorch(arguments: argparse.Namespace, scratch: Path) -> dict:
    """Trains from Trimtab's tensors on its facts of each step."""
    result = scratch / "pytorch.json"
    command = [sys.executable, str(PROJECT / "bench" / "adapter_torch.py")]
    command += [str(scratch / "trimtab.json"), str(result)]
    command += ["--full-steps", str(arguments.full_steps or arguments.steps)]
    measured.run(command, scratch / "pytorch.log", {"HF_HUB_OFFLINE": "1"})
    return json.loads(result.read_text())


def report(ours: dict, theirs: dict) -> None:
    facts = ours["facts"]
    last = len(theirs["losses"]) - 1
    print(f"\n{len(ours['items'])} facts, {last + 1} steps, float32, CPU; {theirs['versions']}")
    print(f"{'training, s':40}{'ratio':>20}")
    print(f"{'Trimtab':32}{ours['seconds']:12.2f}")
    for name, seconds in (
        ("PyTorch, cached hidden states", theirs["seconds"]),
        ("PyTorch, full model each step", theirs["full_seconds"]),
    ):
        print(f"{name:32}{seconds:12.2f}{seconds / ours['seconds']:15.1f}x")
    if theirs["full_steps"] <= last:
        print(f"(the full model: extrapolated from {theirs['full_steps']} steps)")
    print(f"loss of step 1: {facts['loss.first']:.6f} and {theirs['losses'][0]:.6f}")
    print(f"loss of step {last + 1}: {facts['loss.last']:.6f} and {theirs['losses'][last]:.6f}")
    faults = []
    for name, left, right in (
        ("first", facts["loss.first"], theirs["losses"][0]),
        ("last", facts["loss.last"], theirs["losses"][last]),
    ):
        if not abs(left - right) <= LOSS:
            faults.append(f"They do not agree on the {name} loss: {left} and {right}.")
    if not theirs["full_seconds"] > FULL_MODEL * ours["seconds"]:
        faults.append(f"Not {FULL_MODEL} times as fast as with the full model in each step.")
    if not theirs["seconds"] >= ours["seconds"]:
        faults.append("Slower than on cached hidden states.")
    if faults:
        raise SystemExit("\n".join(faults))
    print("They agree, and Trimtab is as fast as it has to be.")


if __name__ == "__main__":
    main()
