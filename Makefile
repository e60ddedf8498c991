# Safeconduct's commands. Each sets up what it needs first: git, make and a Python with pip are enough.
PY := .venv/bin/python
SC := .venv/bin/safeconduct

.DEFAULT_GOAL := help
.PHONY: help setup lock check test demo demo-reset serve bench

help: ## Show these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | while IFS='	' read -r name what; do printf '  make %-11s %s\n' "$$name" "$$what"; done

setup: ## Make or renew the environment in .venv (done by every other command)
	@sh tools/setup.sh

lock: setup ## Choose the versions of all parts anew and write the two lock files
	@sh tools/lock.sh

check: setup ## Format, lint, types, floors, catalogue, migrations
	@$(PY) tools/check.py

test: check ## All checks and tests; names what it could not run
	@$(PY) tools/run_tests.py

demo: setup ## Load the demo organisation, print address and sign-ins, serve it
	@$(SC) demo

demo-reset: setup ## Put the demo organisation back to its first day
	@$(SC) demo --reset

serve: setup ## Serve the pages and the API
	@$(SC) serve

bench: setup ## Print how fast the judgements and the pages are
	@$(PY) -m benchmarks
