# The two commands of the README: `make demo` and `make test`. PYTHON picks the interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test test-slow check format clean board published fresh-runs gate baselines

$(VENV)/.base: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14) and "Dateline needs Python 3.11 to 3.13; try make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.base requirements-dev.txt
	$(PIP) -c constraints.txt -r requirements-dev.txt
	touch $@

# What the slow tests need of the system is installed where that is possible; what is missing then, they skip.
$(VENV)/.slow: $(VENV)/.dev requirements-slow.txt
	$(PIP) -c constraints.txt -r requirements-slow.txt
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! { command -v chromium && command -v pdflatex; } >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
		chromium texlive-latex-base texlive-latex-recommended >/dev/null; fi
	touch $@

demo: $(VENV)/.base
	$(BIN)/dateline run -m model=abstain_all,lead,random_span,question_only,lexical

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n 2 -m "not slow and not medium"

test: $(VENV)/.dev
	$(BIN)/pytest -q -n 2 -m "not slow"

test-slow: $(VENV)/.slow
	$(BIN)/pytest -q -n 2 -m slow

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# results/published holds a bundle per row; the board is rebuilt from them alone, without a model.
board: $(VENV)/.base
	$(BIN)/dateline leaderboard

# The embedded readers' own bundles, made again from fresh runs.
published: $(VENV)/.base
	$(BIN)/dateline run -m model=abstain_all,lead,random_span,question_only,lexical
	for reader in abstain_all lead random_span question_only lexical; do \
		$(BIN)/dateline publish run=dateline/$$reader/* licence=MIT replace=true || exit 1; done
	$(MAKE) board

# The embedded readers, run afresh, against results/baselines; `make baselines` accepts them as they are now.
REASON ?= regenerated with make baselines
GATED := build/gate

fresh-runs: $(VENV)/.base
	rm -rf $(GATED)
	$(BIN)/dateline run -m model=abstain_all,lead,random_span,question_only,lexical results_dir=$(GATED)

gate: fresh-runs
	$(BIN)/dateline gate gate=readers results_dir=$(GATED) out=$(GATED)/report

baselines: fresh-runs
	$(BIN)/dateline gate gate=readers results_dir=$(GATED) accept=true force=true move_anchor=true reason="$(REASON)"
