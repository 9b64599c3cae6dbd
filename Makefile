# `make dream` is the way in. docs/house.md says how the house is laid out.
#
# PYTHON   which Python makes the virtual environment (3.11 or newer)
# ARGS     more words for pytest, such as ARGS='-k bells'

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help dream test lint types arrows format bake sheet lock clean

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

dream: $(STAMP) ## Walk; without a display, make a contact sheet and a short film in out/
	@$(BIN)/python -m world dream

test: lint types arrows ## Everything that must hold before a change goes in
	$(BIN)/python -m pytest $(ARGS)

lint: $(STAMP) ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## Types
	$(BIN)/mypy

arrows: $(STAMP) ## Which room may know which
	$(BIN)/lint-imports --no-logo

format: $(STAMP) ## Put the source into its usual form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bake: $(STAMP) ## Build the slow shapes once more, into models/baked
	$(BIN)/python -m models.bake

sheet: $(STAMP) ## Draw every hero shot onto one sheet, for docs/gallery
	@mkdir -p docs/gallery
	$(BIN)/python -m world sheet --size 480x270 --quality high -o docs/gallery/sheet.jpg

# Without index addresses and hashes, so that one file serves every system and mirror.
# It starts from nothing: yesterday's pins are no reason for today's.
lock: $(STAMP) ## Pin every dependency anew, in requirements.lock
	@rm -f requirements.lock
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --extra dev --strip-extras \
	  --no-allow-unsafe --resolver backtracking --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-emit-options --output-file requirements.lock pyproject.toml

clean: ## Remove what these commands made, the environment too
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache
	rm -f tests/golden/*.new.png tests/golden/*.diff.png
	find models world tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "make: there is no $(PYTHON); install Python 3.11 or newer, or say make PYTHON=..." >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: $$($(PYTHON) --version) is too old; the dream needs 3.11 or newer:" \
	    "say make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "make: $(PYTHON) comes without venv; on Debian and Ubuntu:" \
	    "apt-get install python3-venv" >&2; exit 1; }
	@echo "making $(VENV); this is needed once and takes a minute or two"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --editable .
	@touch $@
