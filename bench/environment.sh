# Read by benchmarks beside Python programs: sets "python" to that of a virtual environment with
# requirements.txt, which is installed into the cache folder, once. Expects "here", the folder of both.

cache=${TRIMTAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trimtab}
environment=${BENCH_VENV:-$cache/bench-venv}   # BENCH_VENV: an environment that is there already
python=$environment/bin/python

install() {
  mkdir -p "$cache"
  rm -rf "$environment"
  "${TRIMTAB_PYTHON:-python3}" -m venv "$environment"
  local torch
  torch=$(grep '^torch==' "$here/requirements.txt")
  # A build for CPUs is a tenth of the size, but is not in Python's own registry; the build there works
  # on a CPU too, with all of its CUDA libraries only.
  "$python" -m pip install --quiet --retries 0 --timeout 10 \
    --index-url https://download.pytorch.org/whl/cpu "$torch" 2>"$environment/cpu-build.log" \
    || { echo "... no CPU build of torch within reach: installing the full one, several GB"
         "$python" -m pip install --quiet "$torch"; }
  "$python" -m pip install --quiet --requirement "$here/requirements.txt"
  "$python" -c 'import torch; assert float(torch.ones(3) @ torch.ones(3)) == 3'
  cp "$here/requirements.txt" "$environment/installed.txt"   # last: says that all of it is there
}

if [[ -z ${BENCH_VENV:-} ]] && ! cmp -s "$here/requirements.txt" "$environment/installed.txt"; then
  echo "... installing lm_eval into $environment"
  install
fi
