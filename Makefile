# Mulian: everything a user or a developer runs. Needs only make and Python 3.11+; the rest is fetched by lock file.
#   make demo                         a running demo on http://127.0.0.1:8000
#   make demo ARGS="--port 8123"      the same with options of `mulian demo`
#   make test                         every test that can run here, and what was skipped and why
SHELL := /bin/sh
BIN := .venv/bin
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help demo setup setup-dev ocr test test-fast check lint format types arch i18n messages packs field docs locks licences bench bench-cases bench-ledger bench-phone clean

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup:  ## the environment .venv and the built assets (other targets do this by themselves)
	@tools/setup

setup-dev:
	@tools/setup dev

ocr:  ## adds the reader of photographed papers (200 MB; docs/how-to/certificates.md)
	@tools/setup ocr

demo: setup  ## server, worker and synthetic people on http://127.0.0.1:8000 (options: ARGS="…")
	@exec $(BIN)/mulian demo $(ARGS)

test: setup-dev  ## every test: SQLite, PostgreSQL, browser, phone app
	@exec $(BIN)/python tools/tests.py all $(ARGS)

test-fast: setup-dev  ## tests on SQLite without a browser or servers
	@exec $(BIN)/python tools/tests.py fast $(ARGS)

check: setup-dev  ## all that is checked without running: style, types, imports, messages, packs, locks, licences
	@exec $(BIN)/python tools/checks.py

lint types arch i18n packs field docs locks licences: setup-dev
	@exec $(BIN)/python tools/checks.py $@

format: setup-dev  ## put the sources into the one format
	@$(BIN)/ruff check --fix --quiet . ; exec $(BIN)/ruff format .

messages: setup-dev  ## collect the source strings into locale/*/LC_MESSAGES/django.po
	@exec $(BIN)/python tools/messages.py update

bench: setup-dev  ## figures and ratios, beside this machine's raw limits
	@if $(BIN)/python tools/postgres.py find >/dev/null; \
	then exec $(BIN)/python tools/postgres.py durable -- $(BIN)/mulian bench $(ARGS); \
	else exec $(BIN)/mulian bench $(ARGS); fi

bench-cases: setup-dev  ## the benches of cases one after another on both databases, with a table (ARGS="--small": a try)
	@exec $(BIN)/python -m bench.cases $(ARGS)

bench-ledger: setup-dev  ## a county's ledger of 3,000,000 items: made, asked, tables, moves, forms; both databases (ARGS="--small": a try)
	@exec $(BIN)/python -m bench.register $(ARGS)

bench-phone: setup-dev  ## the phone's line at 2G, the app on a slow phone, 1,000 reports under faults (12 minutes)
	@$(BIN)/python -m bench.line && $(BIN)/python -m bench.app && exec $(BIN)/python -m bench.faults

clean:  ## remove everything made by make (not the data of a demo)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@rm -rf assets/node_modules field/node_modules src/mulian/core/ui/static/vendor src/mulian/site/field/dist
	@find src tests tools bench locale -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm -f {} + 2>/dev/null; true
