#!/usr/bin/env bash
# Learns one vector with Trimtab and with the same training written plainly in PyTorch, one after the
# other on the same pairs with the same model file; checks that both compute the same objective, and
# prints what each took to reach it.
#
#   bench/learned_delta.sh [--lambda1 0] [--lambda2 0.01] [--layer 12] [--steps 200]
#
# Needs what Trimtab needs, and Python 3.10 or later. torch and transformers are installed into the
# virtual environment of truthfulqa_vs_lm_eval.sh. The machine should do nothing else meanwhile.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
source "$here/environment.sh"

"$root/run" --version >/dev/null   # builds Trimtab, if it is not built yet
"$root/run" models fetch smollm2-135m-instruct-q4_1
DELTA_CLASS_PATH="$root/app/target/lib/*" \
  exec "$python" "$here/learned_delta.py" "$@"
