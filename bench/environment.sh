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
  # Python's own registry has the build with all of its CUDA libraries only (several GB), which works
  # on a CPU too. TORCH_INDEX: the address of an index with a build for CPUs, a tenth of the size.
  "$python" -m pip install --quiet ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} "$torch"
  "$python" -m pip install --quiet --requirement "$here/requirements.txt"
  "$python" -c 'import torch; assert float(torch.ones(3) @ torch.ones(3)) == 3'
  cp "$here/requirements.txt" "$environment/installed.txt"   # last: says that all of it is there
}

if [[ -z ${BENCH_VENV:-} ]] && ! cmp -s "$here/requirements.txt" "$environment/installed.txt"; then
  echo "... installing lm_eval into $environment"
  install
fi
