"""Trimtab's tuner tpe beside Optuna's TPESampler: the same densities, and the time of an ask.

Called by tpe.sh. Optuna is asked as its users ask it, by study.ask. Java compiles while Trimtab answers
its first thousands of asks: both are asked in rounds, and the median of those after the first counts.
"""

import argparse
import json
import os
import statistics
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
        task = task_of(arguments)
        file = Path(scratch) / "task.json"
        file.write_text(json.dumps(task))
        ours = trimtab(file)
    theirs = with_optuna(task, arguments.optuna_rounds)
    print(f"{arguments.asks} asks, {arguments.history} trials, three strengths; Optuna {optuna.__version__}")
    print(f"{'us an ask':32}{'Trimtab':>12}{'Optuna':>12}{'ratio':>9}")
    ratio = 0.0
    for name, of in (("first round", first), ("median of the later rounds", later)):
        our, their = (of(each["seconds"]) / arguments.asks * 1e6 for each in (ours, theirs))
        ratio = their / our
        print(f"{name:32}{our:12.1f}{their:12.1f}{ratio:8.1f}x")
    print(f"rounds: {len(ours['seconds'])} of Trimtab, {len(theirs['seconds'])} of Optuna")
    largest = max(
        abs(a - b) for key in ("log_l", "log_g") for a, b in zip(ours[key], theirs[key], strict=True)
    )
    print(f"largest difference of a log density: {largest:.1e}; allowed {LOG_DENSITY:.0e}")
    if not largest <= LOG_DENSITY:
        raise SystemExit("They do not agree.")
    if not ratio >= FASTER:
        raise SystemExit(f"Not {FASTER} times as fast.")
    print(f"They agree, and Trimtab is at least {FASTER} times as fast.")


def first(seconds: list) -> float:
    return seconds[0]


def later(seconds: list) -> float:
    return statistics.median(seconds[1:])


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=1000, help="how many a round (1000)")
    parser.add_argument("--history", type=int, default=300, help="trials that are known (300)")
    parser.add_argument("--rounds", type=int, default=30, help="rounds of Trimtab (30)")
    parser.add_argument("--optuna-rounds", type=int, default=3, help="rounds of Optuna (3)")
    arguments = parser.parse_args()
    if arguments.asks < 1 or arguments.history < 10:
        parser.error("--asks must be at least 1 and --history at least 10")
    if min(arguments.rounds, arguments.optuna_rounds) < 2:
        parser.error("--rounds and --optuna-rounds must be at least 2")
    return arguments


def task_of(arguments: argparse.Namespace) -> dict:
    """Points and values as a study has them after a while: many near the optimum."""
    history = arguments.history
    draws = np.random.RandomState(0)
    near = np.clip(draws.normal(0.3, 0.1, (history, 3)), 0, 1)
    points = np.where(draws.rand(history, 1) < 0.5, near, draws.rand(history, 3))
    values = ((points - 0.3) ** 2).sum(axis=1)
    return {
        "names": NAMES,
        "asks": arguments.asks,
        "rounds": arguments.rounds,
        "points": points.tolist(),
        "values": values.tolist(),
        "query": draws.rand(100, 3).tolist(),
    }


def trimtab(task: Path) -> dict:
    program = Path(__file__).resolve().parent / "TpeAsks.java"
    command = ["java", "-XX:+UseSerialGC", "-cp", os.environ["TPE_CLASS_PATH"], str(program), str(task)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def with_optuna(task: dict, rounds: int) -> dict:
    space = {name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in NAMES}
    study = study_of(task, space)
    trials = study.get_trials()
    count = task["asks"]
    result = {"seconds": [asks(count, lambda: study_of(task, space), space) for _ in range(rounds)]}
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
