#!/usr/bin/env bash
# Asks z3 and cvc5 the questions of the prover's random tests, and compares answers and times.
#   tests/peers/run.sh [NUMBER OF QUESTIONS [z3] [cvc5]]
# Needs Python 3 with venv and a network for PyPI; nothing of it is needed to build or to test polsim.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
number=${1:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check z3-solver cvc5
mkdir "$work/questions"
POLSIM_PEERS="$work/questions" POLSIM_CASES="$number" \
    cargo test --release --locked -p polsim-prove --test agreement -- --ignored --exact random::peers::write --nocapture
"$work/venv/bin/python" tests/peers/ask.py "$work/questions" "${@:2}"
