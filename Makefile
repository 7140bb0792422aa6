# `make book` and `make test` need Python 3.11 or later and make, nothing else. The rest
# is set up below, in .venv, from the locks: requirements.txt for the book, and for the
# checks requirements-dev.txt besides. Without make: python -m smcm.setup

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.book
CHECKS := $(VENV)/.checks
FOLLOWS := pyproject.toml setup.py smcm/setup.py
AXE := tools/node_modules/axe-core/axe.min.js
PAGE := book/results.html

# The first Python that is new enough, or else one that says why it is not.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
  { echo $$python; exit; }; done; echo python3)

# What is imported by hundreds of processes is compiled by the first of them.
unexport PYTHONDONTWRITEBYTECODE

# One environment for all: two targets must not install into it at once.
.NOTPARALLEL:

# A file of tests is the work of one process: what it sets up is set up once; see also
# tests/scheduling.py. Each process takes one thread for linear algebra. MORE=… hands
# options to pytest.
WORKERS := 2
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile \
  --no-loadscope-reorder

.PHONY: help setup book check test slow faults test-cohort lint style bench cohort oracles \
  validation screenshots screenshot axe lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(CHECKS) ## make .venv from both locks, if it is not current

$(STAMP): requirements.txt $(FOLLOWS)
	@$(PYTHON) -m smcm.setup --venv $(VENV)

# Of a fresh environment one installation is enough.
$(CHECKS): requirements.txt requirements-dev.txt $(FOLLOWS)
	@$(PYTHON) -m smcm.setup --venv $(VENV) --checks

book: $(STAMP) ## build the book into _build/html and say which page to open
	@$(BIN)/smcm book

check: lint ## lint, types, and the tests of what has changed; for daily use
	$(PYTEST) -q $$($(BIN)/python -m tools.changed)

test: style ## run the usual checks: lint, types, tests, the book and its pages
	@$(BIN)/mypy & types=$$!; $(PYTEST) $(MORE); tests=$$?; wait $$types && exit $$tests

slow: $(CHECKS) $(AXE) ## run what takes minutes: editions, simulations, axe, Dask
	$(PYTEST) -m slow $(MORE)

faults: $(CHECKS) ## disturb reruns: kill them, fill their disk, change what they read
	$(PYTEST) -m faults $(MORE)

test-cohort: $(CHECKS) ## generate the cohort anew, aside, and compare it with print
	$(BIN)/python -m pytest -m regeneration

lint: style ## run ruff and mypy
	$(BIN)/mypy

style: $(CHECKS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: $(CHECKS) ## time ours against other programs, then reruns and pages; some minutes
	@set -e; for name in peers mediation power multiverse rerun pages since teach; do \
	  echo "== $$name"; $(BIN)/python -m benchmarks.$$name; done

cohort: $(STAMP) ## generate the synthetic cohort again, from its seed
	$(BIN)/python -m generator

validation: $(CHECKS) ## renew what the book says of outside numbers and faults
	$(BIN)/python -m pytest -q -m outside --keep-comparisons

oracles: ## run the R scripts whose numbers the tests compare with (needs R)
	@sh tools/oracles.sh

screenshots: $(CHECKS) book ## photograph every page, narrow and wide, light and dark
	$(BIN)/python -m tools.screenshots _build/screenshots

screenshot: $(CHECKS) book ## renew the README's picture of the results page
	$(BIN)/python -m tools.screenshots docs --page $(PAGE) --readme

axe: $(CHECKS) $(AXE) book ## audit every page, of all reruns too, with axe-core
	$(BIN)/python -m tools.axe

$(AXE): tools/package-lock.json # without npm its tests are skipped
	@npm ci --prefix tools --no-audit --no-fund --silent && touch $@ || \
	  echo "axe-core could not be fetched by npm; its tests will be skipped."

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --quiet --custom-compile-command "make lock"

lock: ## renew both locks from requirements.in and requirements-dev.in (needs uv)
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

clean: ## remove everything that make has made, but not the environment
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache *.egg-info tools/node_modules
	find smcm generator tests book tools -name __pycache__ -type d -prune \
	  -exec rm -rf {} + 2>/dev/null || true
