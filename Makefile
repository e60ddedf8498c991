# Safeconduct's commands. Each sets up what it needs first; nothing has to be prepared by hand.
PY := .venv/bin/python
SC := .venv/bin/safeconduct

.DEFAULT_GOAL := help
.PHONY: help setup test check demo demo-reset serve bench lock

help: ## Show these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r n t; do printf '  make %-11s %s\n' "$$n" "$$t"; done

setup: ## Make or renew the environment in .venv
	@sh tools/setup.sh
