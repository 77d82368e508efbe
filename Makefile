# Commons Kiosk: one word for everything that is done with it. `make help` lists them.
# All set-up happens by itself, also on a fresh machine: system packages, a virtual environment, libraries.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
SETTINGS ?=
# Tests run three at a time, each file in one piece: many of them wait for a wire, so that two cores are kept busy.
SPREAD ?= -n 3 --dist loadfile

BIN := $(VENV)/bin
# The stamps carry Python's version: after an upgrade of the system's Python everything is laid anew.
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
READY := $(VENV)/.ready-$(VERSION)
READY_DEV := $(VENV)/.ready-dev-$(VERSION)

# On a Pi the environment sees Debian's lgpio; elsewhere it sees nothing but its own.
SITE := $(if $(shell grep -as 'Raspberry Pi' /proc/device-tree/model),--system-site-packages)

# Screens are drawn into memory; nothing sounds, and nobody's own Kivy settings have a say.
HEADLESS := SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy KIVY_WINDOW=sdl2 KIVY_NO_ARGS=1 KIVY_NO_FILELOG=1 \
	KIVY_HOME=$(CURDIR)/build/kivy LIBGL_ALWAYS_SOFTWARE=1

# With settings, the kiosk as it is set up; without any, one that pretends its devices.
NAMED := $(SETTINGS)$(filter --settings% --pretend,$(ARGS))
FOUND := $(KIOSK_SETTINGS)$(wildcard /etc/commons-kiosk/settings.toml)
RUN_ARGS = $(if $(SETTINGS),--settings $(SETTINGS)) $(if $(NAMED)$(FOUND),,--pretend) $(ARGS)

# How the code says words (kiosk/tongue.py), and where.
SAYS := -k phrase -k unfilled -k later -k plural:1,2 -k sense:1c,2 -k Refusal:2
SPOKEN := kiosk

.PHONY: help setup setup-dev run test check lint types imports words tinydb bench pictures clean

help:  ## this list
	@echo "Commons Kiosk"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18
	@echo '  make run ARGS="--settings box.toml"   passes on what the kiosk should be told'
	@echo '  make test PYTHON=python3.13 VENV=.venv-3.13   takes another Python'

run: setup  ## set up what is missing and start the kiosk (pretended devices when there are no settings)
	$(BIN)/kiosk run $(RUN_ARGS)

test: check tinydb  ## set up what is missing, then every check and every test
	@mkdir -p build
	$(HEADLESS) $(BIN)/python -m pytest $(SPREAD) $(ARGS)

check: lint types imports  ## style, types and who may import whom

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

imports: setup-dev
	$(BIN)/lint-imports

words: setup-dev  ## collect all words from the code and bring the catalogues up to date
	@mkdir -p build
	$(BIN)/pybabel -q extract $(SAYS) --no-default-keywords --no-location --sort-output \
		--add-comments Translators: --output build/kiosk.pot $(SPOKEN)
	$(BIN)/pybabel -q update -D kiosk -d kiosk/locale -i build/kiosk.pot \
		--ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete

tinydb: setup-dev  ## TinyDB's own tests against our storage
	$(BIN)/python tests/tinydb_suite.py

bench: setup-dev  ## how fast it is: each script of tests/bench, one after the other
	@mkdir -p build
	@for script in tests/bench/*.py; do echo "== $$script"; $(HEADLESS) $(BIN)/python "$$script" || exit 1; done

pictures: setup  ## draw every screen of the tour into build/pictures
	$(HEADLESS) $(BIN)/kiosk run --tour build/pictures

setup: $(READY)  ## only set up, for running

setup-dev: $(READY_DEV)

$(READY): pyproject.toml .ci/packages
	@sh .ci/packages $(PYTHON)
	@$(BIN)/python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' 2>/dev/null \
		|| $(PYTHON) -m venv --clear $(SITE) $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(READY_DEV): $(READY)
	@sh .ci/packages $(PYTHON) test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

clean:  ## throw away what was drawn and cached (the virtual environment stays)
	rm -rf build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find kiosk hardware tests -name __pycache__ -prune -exec rm -rf {} +
