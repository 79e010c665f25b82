#!/usr/bin/env bash
# Runs 301 small cells on the embedded model, and prints the milliseconds between the end of a cell and
# the beginning of the next: the first 50 times, the last 50, and all. They should be alike.
#
#   bench/between_cells.sh [--levels 150]
#
# Needs what Trimtab needs, and Python 3.10 or later. The machine should do nothing else meanwhile.
# TRIMTAB=PATH takes another checkout's ./run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
levels=150
[[ ${1:-} != --levels ]] || levels=$2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
factors=$(seq -s ', ' 1001 $((1000 + levels)) | sed -E 's/1([0-9]{3})/0.\1/g')
cat >"$folder/between-cells.yaml" <<SPEC
name: between-cells
question: Does the work between two cells grow with the number of cells?
model: world
methods:
  baseline: {}
  directional-edit:
    train: {dataset: world-truth, folds: 2}
    direction: {hidden_state: 4, lines: answers}
    layers: last 50%
    factor: [$factors]
evaluate:
  truthfulqa-mc: {dataset: world-truth, primer: false}
  perplexity: {dataset: world-prose, tokens: 600, window: 256, stride: 128}
SPEC
MLFLOW_TRACKING_URI='' "${TRIMTAB:-$here/../run}" "$folder/between-cells.yaml" --limit 6 --results "$folder/results" \
  >"$folder/log" 2>&1 || { tail -n 20 "$folder/log"; exit 1; }

python3 - "$folder/results/between-cells@limit=6" <<'PYTHON'
import datetime, json, pathlib, statistics, sys

def time(line):
    return datetime.datetime.fromisoformat(line["time"].replace("Z", "+00:00")[:26].rstrip("+") + "+00:00")

cells = []
for file in pathlib.Path(sys.argv[1]).glob("cells/*/journal.jsonl"):
    lines = file.read_text().splitlines()
    cells.append((time(json.loads(lines[0])), time(json.loads(lines[-1]))))
cells.sort()
between = [1000 * (later[0] - earlier[1]).total_seconds() for earlier, later in zip(cells, cells[1:])]
within = sum((end - start).total_seconds() for start, end in cells)

def median(values):
    return f"{statistics.median(values):.1f} ms (mean {statistics.mean(values):.1f})"

print(f"{len(cells)} cells, {within:.1f} s within them, {sum(between) / 1000:.1f} s between them")
print(f"between cells, median: the first 50 {median(between[:50])}, the last 50 {median(between[-50:])}")
PYTHON
