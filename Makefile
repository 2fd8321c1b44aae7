# Everything a person or a machine does with this tree. `make help` lists it. Works with GNU make 3.81 and newer.

PORT ?= 8000
# Where to look for Python 3.11 or newer; `make PYTHON=/path/to/python3.12 setup` skips the search.
PYTHON ?=
# Workers of the test suite.
JOBS ?= auto
# Extra arguments for pytest: `make test ARGS="-k deadline"`.
ARGS ?=

BIN := .venv/bin
PYTEST := $(BIN)/pytest -n $(JOBS) --maxprocesses 4 --dist loadscope
# Its tests share one name for all operations, and what is spread by name would run the last of them only.
SCHEMATHESIS := tests/contract/test_schemathesis.py
SLOW := --ignore=tests/architecture --ignore=tests/bench --ignore=tests/contract --ignore=tests/e2e \
  --ignore=tests/faults --ignore=tests/migrations --ignore=tests/kit/test_embedded_pg.py
NPM := npm --prefix frontend
FRONTEND_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) \
  $(wildcard frontend/*.html frontend/vite.config.ts frontend/tsconfig*.json)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-run run dev test test-fast coverage check format format-check lint types imports dependencies \
  architecture openapi openapi-check migrations-check frontend-check clients migration migrate seed \
  simulate e2e bench faults clean reset distclean

help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' Makefile

setup: .venv/.dev frontend/node_modules/.installed ## Install everything development needs into .venv and frontend/node_modules

setup-run: .venv/.run frontend/dist/index.html ## Install what running needs and build the web pages

.venv/bin/python:
	@set -e; for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	done; \
	[ -n "$${found:-}" ] || { echo "Python 3.11 or newer is needed; name it with PYTHON=" >&2; exit 1; }; \
	echo "Environment of $$($$found --version) in .venv"; \
	if $$found -c 'import ensurepip, venv' 2>/dev/null; then $$found -m venv .venv; \
	elif uv --version >/dev/null 2>&1; then uv venv --quiet --python "$$(command -v $$found)" .venv; \
	else echo "$$found has no venv module: install python3-venv (Debian, Ubuntu) or uv" >&2; exit 1; fi

# Both tools check every hash; uv is only faster. The package itself is linked, not copied.
define install
	@set -e; if uv --version >/dev/null 2>&1; then install="uv pip install --quiet --compile-bytecode --python $(BIN)/python"; \
	else install="$(BIN)/python -m pip install --quiet --disable-pip-version-check"; fi; \
	$$install --require-hashes -r backend/requirements/$(1).txt; \
	$$install --no-deps --no-build-isolation -e .
	@touch $@
endef

.venv/.run: backend/requirements/run.txt pyproject.toml | .venv/bin/python
	$(call install,run)

.venv/.dev: backend/requirements/dev.txt pyproject.toml | .venv/bin/python
	$(call install,dev)
	@touch .venv/.run

frontend/node_modules/.installed: frontend/package-lock.json
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo "Node.js 20 or newer is needed" >&2; exit 1; }
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/index.html: $(FRONTEND_SOURCES) frontend/node_modules/.installed
	@$(NPM) run --silent build
	@touch $@

run: setup-run ## Start a demo with its own database on PORT (8000)
	@$(BIN)/python -m compileall -q backend/xiaoneng
	@exec $(BIN)/xiaoneng serve --demo --port $(PORT)

dev: setup ## The same for development: server and pages reload on change
	@$(BIN)/watchfiles --filter python "$(BIN)/xiaoneng serve --demo --port $(PORT)" backend/xiaoneng & server=$$!; \
	  trap "kill $$server" EXIT; $(NPM) run dev

migrate: .venv/.run ## Bring the database to the newest schema
	@$(BIN)/xiaoneng migrate

seed: .venv/.run ## Fill the database with the demo region
	@$(BIN)/xiaoneng seed

simulate: .venv/.run ## Replay messages as a 12345 platform would (ARGS="--help" shows how)
	@$(BIN)/xiaoneng simulate $(ARGS)

test: setup ## The whole suite on a private database, then the frontend's
	@$(PYTEST) --ignore=tests/bench --ignore=tests/e2e --ignore=tests/faults --ignore=$(SCHEMATHESIS) $(ARGS)
	@$(BIN)/pytest -n $(JOBS) --maxprocesses 4 --dist load $(SCHEMATHESIS) $(ARGS) $(if $(ARGS),|| [ $$? = 5 ])
	@$(NPM) run --silent test

test-fast: .venv/.dev ## The backend's quick tests only
	@$(PYTEST) $(SLOW) $(ARGS)

coverage: .venv/.dev ## The suite with branch coverage and its floors
	@$(PYTEST) --ignore=tests/bench --ignore=tests/e2e --ignore=tests/faults --cov --cov-report=term:skip-covered $(ARGS)

e2e: setup frontend/dist/index.html ## The journeys of each role in a real browser
	@$(NPM) run --silent e2e

bench: .venv/.dev ## The budgets, as ratios measured in one run
	@$(BIN)/python -m tests.bench $(ARGS)

faults: .venv/.dev ## What happens when processes are killed and connections break
	@$(BIN)/pytest tests/faults $(ARGS)

check: format-check lint types imports dependencies architecture openapi-check migrations-check frontend-check ## Every check that is not a test of behaviour

format: .venv/.dev ## Format the Python code
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix-only --select I .

format-check: .venv/.dev
	@$(BIN)/ruff format --check --quiet . || { echo "run 'make format'" >&2; exit 1; }

lint: .venv/.dev
	@$(BIN)/ruff check --quiet .

types: .venv/.dev
	@$(BIN)/mypy

imports: .venv/.dev
	@$(BIN)/lint-imports --no-logo

dependencies: .venv/.dev
	@$(BIN)/deptry --no-ansi backend

architecture: .venv/.dev
	@$(BIN)/pytest -q tests/architecture

openapi-check: .venv/.dev
	@$(BIN)/xiaoneng openapi --check

migrations-check: .venv/.dev
	@$(BIN)/pytest -q tests/migrations

frontend-check: frontend/node_modules/.installed frontend/dist/index.html
	@for script in lint types knip size; do echo "frontend $$script"; $(NPM) run --silent $$script || exit 1; done

openapi: setup ## Write openapi/ from the code, and the frontend's types from that
	@$(BIN)/xiaoneng openapi
	@$(NPM) run --silent api

clients: openapi ## Generate the Python and TypeScript clients
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/openapi-python-client generate --path openapi/openapi.json --meta none \
	  --output-path openapi/clients/python/xiaoneng_client --overwrite
	@mkdir -p openapi/clients/typescript
	@frontend/node_modules/.bin/openapi-typescript openapi/openapi.json --default-non-nullable=false \
	  -o openapi/clients/typescript/schema.d.ts

migration: .venv/.dev ## Draft a migration from the models: make migration SLUG=add_case_place
	@[ -n "$(SLUG)" ] || { echo "say what it does: make migration SLUG=add_case_place" >&2; exit 1; }
	@$(BIN)/xiaoneng migrate
	@$(BIN)/xiaoneng migration "$(SLUG)"

clean: ## Remove what builds and tests leave, but neither environments nor data
	@rm -rf frontend/dist frontend/.vite .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis .coverage* tests/e2e/artifacts
	@find backend tests migrations -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

reset: ## Stop the private databases below .var and delete ALL their data
	@for root in .var/*/; do [ ! -e "$$root/lock" ] || $(BIN)/python -c \
	  'import sys, pathlib; from xiaoneng.kit.embedded_pg.server import destroy; destroy(pathlib.Path(sys.argv[1]))' \
	  "$$root" || exit 1; done
	@rm -rf .var

distclean: reset clean ## Remove everything that is not in version control
	@rm -rf .venv frontend/node_modules
