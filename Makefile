# The village. `make` alone shows this menu.

SHELL := /bin/sh
PYTHON ?= python3
# Compiled modules are kept even where the environment forbids it: the application starts in half the time.
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
DEMO_ARGS ?=
TEST_ARGS ?=
PO := $(wildcard village/translations/*/LC_MESSAGES/*.po)
ASSETS := build.mjs $(shell find static -path static/dist -prune -o -type f -print 2>/dev/null)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test lint types format translate bench lock clean ready ready-dev system system-dev

help: ## show this menu
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo

##@ To see it
demo: ready ## install what is missing, play a whole fair, serve it (DEMO_ARGS=--no-serve stops before)
	@$(BIN)/village demo $(DEMO_ARGS)

serve: ready ## serve the fair that is there, with the worker for long jobs
	@$(BIN)/village serve

##@ To work on it
test: ready-dev lint types ## everything that must hold: lint, types, import law, tests on both databases, browser
	@$(BIN)/pytest -n $(JOBS) --dist worksteal -q $(TEST_ARGS)

lint: ready-dev ## style, import law, templates, catalogues
	@echo "· style"; $(BIN)/ruff check .
	@echo "· import law"; $(BIN)/lint-imports --no-cache >build/import-law.txt 2>&1 || { cat build/import-law.txt; exit 1; }
	@echo "· templates"; $(BIN)/djlint templates --lint --quiet
	@echo "· catalogues"; $(BIN)/python -m village.kit.catalogues check

types: ready-dev ## types, strictly
	@echo "· types"; $(BIN)/mypy

format: ready-dev ## put imports and mendable faults in order
	@$(BIN)/ruff check --fix .

translate: ready ## take new texts into the catalogues of Arabic and French, name what is missing
	@$(BIN)/python -m village.kit.catalogues

bench: ready-dev ## measure, as ratios in one run, what docs/benchmarks.md tells
	@$(BIN)/python -m tests.benchmarks

lock: ## write the locked requirements anew (needs uv; LOCK_ARGS=--upgrade takes the newest)
	@scripts/lock.sh $(LOCK_ARGS)

clean: ## remove what was built; the data in instance/ stay
	@rm -rf build static/dist node_modules .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -prune -exec rm -rf {} + ; find village/translations -name '*.mo' -delete

# ---------------------------------------------------------------- what the above stand on

ready: .venv/.run static/dist/manifest.json build/fonts/.ready build/catalogues
ready-dev: ready .venv/.dev system-dev

system:
	@PYTHON="$(PYTHON)" scripts/system.sh

system-dev:
	@PYTHON="$(PYTHON)" scripts/system.sh browser

$(BIN)/python: | system
	@echo "· virtual environment"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "· Python packages"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "· tools for tests"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m village.floor.allocation.anneal
	@touch $@

node_modules/.ready: package-lock.json package.json | .venv/.run
	@echo "· scripts, styles, fonts"
	@scripts/npm.sh ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

static/dist/manifest.json: $(ASSETS) node_modules/.ready
	@scripts/npm.sh run --silent build
	@touch $@

build/fonts/.ready: village/kit/fonts.py node_modules/.ready
	@mkdir -p build/fonts
	@$(BIN)/python -m village.kit.fonts >/dev/null
	@touch $@

build/catalogues: $(PO) .venv/.run
	@$(BIN)/python -m village.kit.catalogues compile
	@mkdir -p build && touch $@
