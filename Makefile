# Everything runs in .venv, which is made when it is needed. Python 3.11 or newer and git
# are all that a fresh machine must have.  make PYTHON=python3.13 demo  chooses another one.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo/aobadai
# How long `make fuzz` looks, in seconds, shared between its targets.
FUZZ_SECONDS ?= 600
# Python versions on officials' Windows machines for which `make wheels` fetches wheels.
WINDOWS_PYTHONS := 3.11 3.12 3.13 3.14

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz bench lint templates wheels clean

help:
	@echo "make demo       作業場所を demo/aobadai に作り、文書を作り、履歴を示す"
	@echo "make test       run the tests"
	@echo "make fuzz       bend the corpus of tests/corpus for FUZZ_SECONDS (600); a find is written there"
	@echo "make lint       ruff, mypy --strict, the templates against their text and rules"
	@echo "make templates  build the Word templates from their text"
	@echo "make bench      measure, beside stock docxtpl"
	@echo "make wheels     everything that an offline Windows machine installs, into dist/wheels"
	@echo "make clean      take away what was built (never demo/)"

# -- environments -------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Kian needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Python 3.11 以上が要ります。例: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 4; }
	@command -v git >/dev/null || { echo "git がありません。git を入れてください。 git is missing." >&2; exit 4; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "venv が作れません。Debian・Ubuntu では: apt install python3-venv" >&2; exit 4; }

$(VENV)/.installed: pyproject.toml gen/__init__.py | $(BIN)/python
	@echo "Kian と必要な部品を $(VENV) に入れています…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml gen/__init__.py | $(BIN)/python
	@echo "Installing Kian with its developers' tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.installed $@

# -- what people ask for ------------------------------------------------------------------

# An earlier demo is taken away only when nobody touched it; else it is moved aside.
demo: $(VENV)/.installed
	@mkdir -p demo
	@if [ -e $(DEMO) ]; then \
	  if [ -d $(DEMO)/.git ] && [ -f $(DEMO).head ] \
	    && [ "$$(git -C $(DEMO) rev-parse HEAD)" = "$$(cat $(DEMO).head)" ] \
	    && [ -z "$$(git -C $(DEMO) status --porcelain --ignored)" ]; then \
	    rm -rf $(DEMO); \
	  else \
	    aside=$(DEMO).$$(date +%Y%m%d%H%M%S); mv $(DEMO) $$aside; \
	    echo "前の実演には手を加えた跡があるため、$$aside に移しました。"; \
	  fi; \
	fi
	@$(BIN)/kian demo $(DEMO)
	@git -C $(DEMO) rev-parse HEAD > $(DEMO).head

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

fuzz: $(VENV)/.installed-dev
	cd tests && ../$(BIN)/python -m fuzz $(FUZZ_SECONDS) $(FUZZ_TARGETS)

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict
	$(BIN)/kian template build --check templates
	$(BIN)/kian template lint templates

templates: $(VENV)/.installed
	$(BIN)/kian template build templates

# pip weighs "only on Windows" by the machine that it runs on, so colorama, which click wants
# there, is named here; check_wheels.py proves that nothing else is missing.
wheels: $(VENV)/.installed-dev
	rm -rf dist/wheels
	$(BIN)/python -m build --wheel --outdir dist/wheels .
	for version in $(WINDOWS_PYTHONS); do \
	  $(BIN)/python -m pip download --quiet --disable-pip-version-check --dest dist/wheels \
	    --only-binary=:all: --implementation cp --platform win_amd64 --python-version $$version \
	    dist/wheels/kian_gen-*.whl colorama || exit 1; \
	done
	$(BIN)/python tests/foundation/check_wheels.py dist/wheels $(WINDOWS_PYTHONS)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find gen tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
