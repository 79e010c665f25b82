#!/usr/bin/env bash
# Asks Trimtab's tuner tpe and Optuna for new settings, in rounds of 1,000, with the same history of 300
# trials of three strengths; checks that both estimators give the same log densities, and prints what
# an ask took in the first round and in the median of the later ones, which must be 50 times as fast.
#
#   bench/tpe.sh [--asks 1000] [--history 300] [--rounds 30] [--optuna-rounds 3]
#
# Needs what Trimtab needs, and Python 3.10 or later. Optuna is installed into a virtual environment in
# the cache folder, once. The machine should do nothing else meanwhile.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")

cache=${TRIMTAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trimtab}
environment=${BENCH_VENV:-$cache/bench-tpe-venv}   # BENCH_VENV: an environment that is there already
python=$environment/bin/python
wanted=$here/tpe-requirements.txt

if [[ -z ${BENCH_VENV:-} ]] && ! cmp -s "$wanted" "$environment/installed.txt"; then
  echo "... installing Optuna into $environment"
  mkdir -p "$cache"
  rm -rf "$environment"
  "${TRIMTAB_PYTHON:-python3}" -m venv "$environment"
  "$python" -m pip install --quiet --requirement "$wanted"
  cp "$wanted" "$environment/installed.txt"   # last: says that all of it is there
fi

"$root/run" --version >/dev/null   # builds Trimtab, if it is not built yet
classes="$root/app/target/lib/*"
TPE_CLASS_PATH=$classes exec "$python" "$here/tpe.py" "$@"
