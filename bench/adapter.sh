#!/usr/bin/env bash
# Trains one adapter on one split of political-facts with Trimtab and with the same training written
# plainly in PyTorch, with the full model in each step and on cached hidden states; checks that the
# losses agree, and prints what each took.
#
#   bench/adapter.sh [--steps 300] [--full-steps 20]
#
# Needs what Trimtab needs, and Python 3.10 or later. torch and transformers are installed into the
# virtual environment of truthfulqa_vs_lm_eval.sh. The machine should do nothing else meanwhile.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
source "$here/environment.sh"

"$root/run" --version >/dev/null   # builds Trimtab, if it is not built yet
"$root/run" models fetch smollm2-135m-instruct-q4_1
ADAPTER_CLASS_PATH="$root/app/target/lib/*" \
  exec "$python" "$here/adapter.py" "$@"
