#!/usr/bin/env bash
# Runs Trimtab and lm-evaluation-harness one after the other on the same items of TruthfulQA with the
# same model file, checks that they agree item by item, and prints what each took.
#
#   bench/truthfulqa_vs_lm_eval.sh [--items 100] [--batch 1] [--model FILE.gguf]
#
# Needs what Trimtab needs, and Python 3.10 or later. lm_eval is installed into a virtual environment
# in the cache folder, once. Each program runs as its users start it. The machine should do nothing else
# meanwhile.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

source "$here/environment.sh"

"$here/../run" --version >/dev/null   # builds Trimtab, if it is not built yet
exec "$python" "$here/truthfulqa_vs_lm_eval.py" "$@"
