#!/usr/bin/env bash
# Runs the tuned search of fusion steering (20 questions x 5 trials) in Trimtab, with means over the
# growing sequence and over the prompt, and the same trials with the same strengths in transformers: as
# published (no cache, one trial at a time, the second model loaded again for every trial) and carefully
# (means over the prompt, a cache, models loaded once, strengths through Optuna). Checks that objective
# values agree, and prints what each took.
#
#   bench/fusion.sh [--questions 20] [--trials 5]
#
# Needs what Trimtab needs, and Python 3.10 or later. transformers and Optuna are installed into virtual
# environments in the cache folder, once. The machine should do nothing else meanwhile.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")

cache=${TRIMTAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trimtab}
environment=${BENCH_VENV:-$cache/bench-fusion-venv}   # BENCH_VENV: an environment that is there already
python=$environment/bin/python
wanted=$(grep -h -E '^(torch|transformers|accelerate|gguf|optuna)==' \
  "$here/requirements.txt" "$here/tpe-requirements.txt")

if [[ -z ${BENCH_VENV:-} && $(cat "$environment/installed.txt" 2>/dev/null) != "$wanted" ]]; then
  echo "... installing transformers and Optuna into $environment"
  mkdir -p "$cache"
  rm -rf "$environment"
  "${TRIMTAB_PYTHON:-python3}" -m venv "$environment"
  # shellcheck disable=SC2086 # one argument a requirement
  "$python" -m pip install --quiet $wanted
  printf '%s\n' "$wanted" >"$environment/installed.txt"   # last: says that all of it is there
fi

"$root/run" --version >/dev/null   # builds Trimtab, if it is not built yet
exec "$python" "$here/fusion.py" "$@"
