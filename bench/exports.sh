#!/usr/bin/env bash
# Loads exports in the programs that they are for (transformers, PEFT, lm-evaluation-harness, and
# llama.cpp where its Python package is installed), and compares logits and log-likelihoods with those
# of the cell, which every export holds in its folder trimtab/.
#
#   bench/exports.sh FOLDER... [--base FOLDER] [--gguf FILE [--lines 8]]
#
# FOLDER is what './run export' wrote. --base: a model folder, for adapters and vectors; of a GGUF model
# write one with './run export NAME --cell BASELINE --as weights --to FOLDER'. --gguf: the GGUF file, for
# adapters and vectors of llama.cpp. --lines: how many lines of check.jsonl llama.cpp scores. lm_eval,
# transformers and peft are installed into a virtual environment in the cache folder, once;
# llama-cpp-python is not, because it compiles for a quarter of an hour.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

source "$here/environment.sh"

exec "$python" "$here/exports.py" "$@"
