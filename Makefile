# `make book` and `make test` need a Python from 3.11 on, and make; nothing else.
# The rest is set up below, in .venv, from the lock.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.current
PAGE := book/results.html

.PHONY: help setup book test test-cohort faults lint bench cohort oracles validation \
  screenshots screenshot axe lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## make .venv from the lock, if it is not current

$(STAMP): requirements.txt pyproject.toml tools/setup.sh
	@sh tools/setup.sh $(VENV)
	@touch $@

book: $(STAMP) ## build the book into _build/html and say which page to open
	@$(BIN)/smcm book

test: lint ## run every check: lint, types, tests, the book and its pages
	$(BIN)/python -m pytest

test-cohort: $(STAMP) ## generate the cohort anew, aside, and compare it with print
	$(BIN)/python -m pytest -m regeneration

faults: $(STAMP) ## disturb reruns: kill them, fill their disk, change what they read
	$(BIN)/python -m pytest tests/faults -m "faults or not faults" -s

lint: $(STAMP) ## run ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) ## time ours against other programs, then reruns and pages; some minutes
	@set -e; for name in peers mediation power multiverse rerun pages; do \
	  echo "== $$name"; $(BIN)/python -m benchmarks.$$name; done

cohort: $(STAMP) ## generate the synthetic cohort again, from its seed
	$(BIN)/python -m generator

validation: $(STAMP) ## renew what the book says of outside numbers and faults
	$(BIN)/python -m pytest -q -m outside --keep-comparisons

oracles: ## run the R scripts whose numbers the tests compare with (needs R)
	@sh tools/oracles.sh

screenshots: book ## photograph every page, narrow and wide, light and dark
	$(BIN)/python -m tools.screenshots _build/screenshots

screenshot: book ## renew the README's picture of the results page
	$(BIN)/python -m tools.screenshots docs --page $(PAGE) --readme

axe: book ## audit the pages with axe-core, fetched by npm on first use
	@test -d _build/axe/node_modules/axe-core || \
	  npm install --no-save --no-audit --no-fund --prefix _build/axe axe-core@4
	$(BIN)/python -m tools.axe _build/axe/node_modules/axe-core/axe.min.js

lock: ## renew requirements.txt from requirements.in (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --quiet --custom-compile-command "make lock" \
	  requirements.in -o requirements.txt

clean: ## remove everything that make has made, but not the environment
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache *.egg-info
	find smcm generator tests book tools -name __pycache__ -type d -prune \
	  -exec rm -rf {} + 2>/dev/null || true
