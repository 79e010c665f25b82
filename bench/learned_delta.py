"""One learned vector: Trimtab beside the same training in PyTorch. Called by learned_delta.sh.

The runs follow one another, so that none disturbs another. Seconds are those of training, the model
being loaded: Trimtab's whole fit, with the prompts that it computes once.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import measured

PROJECT = Path(__file__).resolve().parent.parent
OBJECTIVE = 1e-3
FASTER = 3


def main() -> None:
    arguments = parse()
    with tempfile.TemporaryDirectory(prefix="trimtab-bench-") as folder:
        scratch = Path(folder)
        print("... Trimtab", flush=True)
        ours, our_cost = trimtab(arguments, scratch)
        print("... PyTorch", flush=True)
        theirs, their_cost = pytorch(arguments, scratch)
    report(arguments, (ours, our_cost), (theirs, their_cost))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lambda1", type=float, default=0.0, help="weight of absolute values (0)")
    parser.add_argument("--lambda2", type=float, default=0.01, help="weight of heads (0.01)")
    parser.add_argument("--layer", type=int, default=12, help="the block, 0-based (12)")
    parser.add_argument("--steps", type=int, default=200, help="steps of PyTorch at most (200)")
    return parser.parse_args()


def trimtab(arguments: argparse.Namespace, scratch: Path) -> tuple[dict, measured.Cost]:
    """Fits the cell of learned-delta.yaml in a process with the launcher's options."""
    result = scratch / "trimtab.json"
    command = ["java", "-Xmx1g", "-Xss4m", "-XX:+UseSerialGC", "-cp", os.environ["DELTA_CLASS_PATH"]]
    command += [str(PROJECT / "bench" / "LearnedDelta.java"), str(PROJECT), str(result)]
    method = "methods.learned-delta"
    command += [f"{method}.{name}={getattr(arguments, name)}" for name in ("lambda1", "lambda2")]
    command += [f"{method}.layers={arguments.layer}"]
    cost = measured.run(command, scratch / "trimtab.log", measured.launcher())
    return json.loads(result.read_text()), cost


def pytorch(arguments: argparse.Namespace, scratch: Path) -> tuple[dict, measured.Cost]:
    """Trains on the pairs of Trimtab's cell until its objective is that of Trimtab."""
    result = scratch / "pytorch.json"
    command = [sys.executable, str(PROJECT / "bench" / "learned_delta_torch.py")]
    command += [str(scratch / "trimtab.json"), str(result)]
    command += ["--layer", str(arguments.layer), "--steps", str(arguments.steps)]
    command += ["--lambda1", str(arguments.lambda1), "--lambda2", str(arguments.lambda2)]
    command += ["--tolerance", str(OBJECTIVE)]
    cost = measured.run(command, scratch / "pytorch.log", {"HF_HUB_OFFLINE": "1"})
    return json.loads(result.read_text()), cost


def report(
    arguments: argparse.Namespace,
    ours: tuple[dict, measured.Cost],
    theirs: tuple[dict, measured.Cost],
) -> None:
    (a, our_cost), (b, their_cost) = ours, theirs
    facts = a["facts"]
    rows = [
        ("training, s", a["seconds"], b["seconds"]),
        (
            "a step, s",
            (a["stepped"] - a["prepared"]) / max(1, facts["steps"]),
            b["seconds"] / max(1, b["steps"]),
        ),
        ("whole process, s", our_cost.wall, their_cost.wall),
        ("processor time, s", our_cost.processor, their_cost.processor),
        ("peak memory, MiB", our_cost.peak / 2**20, their_cost.peak / 2**20),
    ]
    print(
        f"\n{len(a['items'])} pairs, layer {arguments.layer}, lambda1 {arguments.lambda1},"
        f" lambda2 {arguments.lambda2}, float32, CPU; {b['versions']}"
    )
    print(f"{'':32}{'Trimtab':>12}{'PyTorch':>12}{'ratio':>9}")
    for name, left, right in rows:
        print(f"{name:32}{left:12.3f}{right:12.3f}{right / left:8.1f}x")
    print(f"steps: {facts['steps']} and {b['steps']}; before the first one: {a['prepared']:.2f} s of Trimtab")
    print(f"objective: {facts['objective']:.6f} and {b['objective']:.6f}; allowed {OBJECTIVE:.0e} above")
    print(f"objective at Trimtab's vector: {facts['objective']:.6f} and {b['at_ours']:.6f}")
    print(f"loss without a vector: {facts['loss.unsteered']:.6f} and {b['unsteered']:.6f}")
    faults = []
    for name, left, right in (
        ("the objective at Trimtab's vector", facts["objective"], b["at_ours"]),
        ("the loss without a vector", facts["loss.unsteered"], b["unsteered"]),
    ):
        if not abs(left - right) <= OBJECTIVE:
            faults.append(f"They do not agree on {name}: {left} and {right}.")
    if not b["objective"] <= facts["objective"] + OBJECTIVE:
        faults.append(f"PyTorch did not reach the objective in {b['steps']} steps: raise --steps.")
    if not b["seconds"] >= FASTER * a["seconds"]:
        faults.append(f"Not {FASTER} times as fast.")
    if faults:
        raise SystemExit("\n".join(faults))
    print(f"They agree, and Trimtab is at least {FASTER} times as fast.")


if __name__ == "__main__":
    main()
