"""Trimtab's tuner tpe beside Optuna's TPESampler: the same densities, and the time of an ask.

Called by tpe.sh. Optuna is asked as its users ask it, by study.ask. Trimtab's first asks include the
compilation by Java; the second round does not, and is the one that counts.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import optuna

NAMES = ["early", "middle", "late"]
LOG_DENSITY = 1e-9
FASTER = 50


def main() -> None:
    arguments = parse()
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="trimtab-bench-") as scratch:
        task = task_of(arguments.history, arguments.asks)
        file = Path(scratch) / "task.json"
        file.write_text(json.dumps(task))
        ours = trimtab(file)
    theirs = with_optuna(task)
    print(f"{arguments.asks} asks, {arguments.history} trials, three strengths; Optuna {optuna.__version__}")
    print(f"{'':32}{'Trimtab':>12}{'Optuna':>12}{'ratio':>9}")
    ratio = 0.0
    for name, key in (("first round, s", "first"), ("second round, s", "second")):
        ratio = theirs[key] / ours[key]
        print(f"{name:32}{ours[key]:12.3f}{theirs[key]:12.3f}{ratio:8.1f}x")
    largest = max(
        abs(a - b) for key in ("log_l", "log_g") for a, b in zip(ours[key], theirs[key], strict=True)
    )
    print(f"largest difference of a log density: {largest:.1e}; allowed {LOG_DENSITY:.0e}")
    if not largest <= LOG_DENSITY:
        raise SystemExit("They do not agree.")
    if not ratio >= FASTER:
        raise SystemExit(f"Not {FASTER} times as fast.")
    print(f"They agree, and Trimtab is at least {FASTER} times as fast.")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--history", type=int, default=300, help="trials that are known (300)")
    arguments = parser.parse_args()
    if arguments.asks < 1 or arguments.history < 10:
        parser.error("--asks must be at least 1 and --history at least 10")
    return arguments


def task_of(history: int, asks: int) -> dict:
    """Points and values as a study has them after a while: many near the optimum."""
    draws = np.random.RandomState(0)
    near = np.clip(draws.normal(0.3, 0.1, (history, 3)), 0, 1)
    points = np.where(draws.rand(history, 1) < 0.5, near, draws.rand(history, 3))
    values = ((points - 0.3) ** 2).sum(axis=1)
    return {
        "names": NAMES,
        "asks": asks,
        "points": points.tolist(),
        "values": values.tolist(),
        "query": draws.rand(100, 3).tolist(),
    }


def trimtab(task: Path) -> dict:
    program = Path(__file__).resolve().parent / "TpeAsks.java"
    command = ["java", "-XX:+UseSerialGC", "-cp", os.environ["TPE_CLASS_PATH"], str(program), str(task)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def with_optuna(task: dict) -> dict:
    space = {name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in NAMES}
    study = study_of(task, space)
    trials = study.get_trials()
    result = {}
    for name in ("first", "second"):
        result[name] = asks(task["asks"], lambda: study_of(task, space), space)
    sampler = study.sampler
    query = {name: np.array([point[i] for point in task["query"]]) for i, name in enumerate(NAMES)}
    below = min(-(-len(trials) // 10), 25)
    ranked = sorted(trials, key=lambda each: each.value)
    for key, part in (("log_l", ranked[:below]), ("log_g", ranked[below:])):
        part.sort(key=lambda each: each.number)
        estimator = sampler._build_parzen_estimator(study, space, part, handle_below=key == "log_l")
        result[key] = estimator.log_pdf(query).tolist()
    return result


def study_of(task: dict, space: dict) -> optuna.Study:
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(multivariate=True, seed=0))
    for point, value in zip(task["points"], task["values"], strict=True):
        settings = dict(zip(NAMES, point, strict=True))
        study.add_trial(
            optuna.trial.create_trial(params=settings, distributions=space, value=value)
        )
    return study


def asks(count: int, new_study, space: dict) -> float:
    """Seconds of study.ask, on a new study every 20 asks: each leaves one more running trial."""
    seconds = 0.0
    for start in range(0, count, 20):
        study = new_study()
        begin = time.perf_counter()
        for _ in range(min(20, count - start)):
            study.ask(space)
        seconds += time.perf_counter() - begin
    return seconds


if __name__ == "__main__":
    main()
