# Commons Kiosk: one word for everything that is done with it. `make help` lists them.
# All set-up happens by itself, also on a fresh machine: system packages, a virtual environment, libraries.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
SETTINGS ?=
# A machine may forbid Python to keep what it compiled; then each of the hundreds of kiosks that tests start would read
# its sources anew, which takes longer than all else that it does.
export PYTHONDONTWRITEBYTECODE :=
# Tests run three at a time, each file in one piece, the longest first: many wait for a wire, so two cores are kept busy.
SPREAD ?= -n 4 --dist loadfile --no-loadscope-reorder

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
NAMED := $(SETTINGS)$(filter --settings% --pretend --neighbours,$(ARGS))
FOUND := $(KIOSK_SETTINGS)$(wildcard /etc/commons-kiosk/settings.toml)
RUN_ARGS = $(if $(SETTINGS),--settings $(SETTINGS)) $(if $(NAMED)$(FOUND),,--pretend) $(ARGS)

# How the code says words (kiosk/tongue.py), and where.
SAYS := -k phrase -k unfilled -k later -k plural:1,2 -k sense:1c,2 -k Refusal:2
SPOKEN := kiosk

.PHONY: help setup setup-dev run test check lint types imports words tinydb bench soak pictures clean install uninstall \
	card test-install test-boot test-first-start bundle

help:  ## this list
	@echo "Commons Kiosk"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 21
	@echo '  make run ARGS="--settings box.toml"   passes on what the kiosk should be told'
	@echo '  make run ARGS=--simulated             opens a made-up shop that has a year behind it'
	@echo '  make run ARGS=--neighbours            opens two shops side by side; the line between them can be cut'
	@echo '  make test PYTHON=python3.13 VENV=.venv-3.13   takes another Python'

run: setup  ## set up what is missing and start the kiosk (pretended devices when there are no settings)
	$(BIN)/kiosk run $(RUN_ARGS)

# What takes long goes on beside the tests, which leave a core idle now and then; it is told of at the end if it is red.
test: lint  ## set up what is missing, then every check and every test
	@mkdir -p build
	@{ $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python tests/tinydb_suite.py; } >build/checks.txt 2>&1 & checks=$$!; \
	$(HEADLESS) $(BIN)/python -m pytest $(SPREAD) $(ARGS); tests=$$?; \
	wait $$checks || { cat build/checks.txt; echo "The tests were $$(test $$tests = 0 && echo green || echo red), but not the checks above."; exit 1; }; \
	exit $$tests

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

bench: setup-dev  ## how fast it is: each script of tests/bench, one after the other; the table is build/bench.md
	@mkdir -p build
	@for script in tests/bench/bench_*.py; do echo "== $$script"; $(HEADLESS) $(BIN)/python "$$script" || exit 1; done
	$(BIN)/python tests/bench/table.py $(ARGS)

soak: setup-dev  ## 20,000 visits with devices coming and going (hours): what grows? ARGS="600 --painted" or "5000 --no-screen"
	$(HEADLESS) $(BIN)/python tests/bench/soak.py $(ARGS)

# LANGUAGES: all, or some of en es fr de pl ar; then sheets with many screens on each are drawn as well. SIZE: of the panel.
LANGUAGES ?=
SIZE ?= 800x480
pictures: $(if $(LANGUAGES),setup-dev,setup)  ## draw every screen of the tour into build/pictures; LANGUAGES=all for sheets in all
	$(HEADLESS) $(if $(LANGUAGES),$(BIN)/python tests/screens/contact_sheets.py build/pictures $(LANGUAGES) --size $(SIZE),\
		$(BIN)/kiosk run --tour build/pictures)

# In this machine's own system, as root. SCREEN=cage: inside a compositor instead of straight on the screen, and kms back again.
# EXTRAS=neighbours: with lines to other kiosks; none takes that away. Where nothing is said, both stay as they are.
SCREEN ?= $(if $(wildcard /etc/systemd/system/kiosk.service.d/cage.conf),cage,kms)
EXTRAS ?= $(or $(file </opt/commons-kiosk/extras),none)
install:  ## lay the kiosk into this Pi or Debian, to start with it: sudo make install; EXTRAS=neighbours for lines to others
	@sh .ci/packages $(PYTHON) $(if $(filter cage,$(SCREEN)),cage,install) "$(or $(EXTRAS),none)"
	@sh systemd/install $(PYTHON) "$(SCREEN)" "$(or $(EXTRAS),none)"

uninstall:  ## take it away again; the record and the settings stay: sudo make uninstall
	@sh systemd/install --remove

card: $(if $(SETTINGS),setup)  ## make a freshly flashed card a kiosk at its first start: make card BOOT=/media/…/bootfs
	@test -n "$(BOOT)" || { echo "Say where the card's boot partition is mounted:  make card BOOT=/media/…/bootfs" >&2; exit 2; }
	@$(if $(SETTINGS),$(BIN)/python -m kiosk settings check --settings "$(SETTINGS)" \
		|| { echo "Nothing was written to the card." >&2; exit 2; })
	@mkdir -p build
	@tar -cf build/commons-kiosk.tar --exclude='.git' --exclude='.venv*' --exclude=build --exclude='.*cache' \
		--exclude=__pycache__ --exclude='*.egg-info' --exclude=.hypothesis \
		--sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner .
	@sh firmware-config/prepare "$(BOOT)" --first-start build/commons-kiosk.tar $(if $(DATA),--data-partition) \
		$(if $(SETTINGS),--settings "$(SETTINGS)") $(if $(KEY),--key "$(KEY)") \
		$(if $(filter-out file,$(origin EXTRAS)),--extras "$(EXTRAS)")

# Not part of `make test`: it builds a Debian from nothing, which takes minutes and a network. RELEASES: which ones.
RELEASES ?= bookworm trixie
test-install:  ## try `make install` in a fresh Debian of its own (as root; takes minutes)
	@sh .ci/packages $(PYTHON) test-install
	@mkdir -p build
	@for release in $(RELEASES); do sh .ci/test-install $$release || exit 1; done

# For a Pi with trixie: PLATFORM=pi PYTHONS=3.13, with bookworm 3.11; without, for a machine like this one. A wheel fits that is
# for an older libc.
PLATFORM ?=
PLATFORMS := $(patsubst pi,manylinux2014_aarch64 manylinux_2_17_aarch64 manylinux_2_28_aarch64,$(PLATFORM))
PYTHONS ?=
bundle: setup  ## make a signed update for kiosk update FILE: make bundle KEY=release.key
	@test -n "$(KEY)" || { echo "Say which key signs (it is made when it is not there):  make bundle KEY=release.key" >&2; exit 2; }
	@test $(words $(PYTHONS)) -le 1 || { echo "PYTHONS names one, and each gets an update of its own:  PYTHONS=3.13" >&2; exit 2; }
	@# What an earlier build left must not get in.
	@rm -rf --one-file-system build/wheels build/lib build/bdist.* && mkdir -p build/wheels
	@# With what the extra needs: a kiosk without it leaves that aside, and one with it could not be updated else. Of nkeys the index
	@# has no wheel; it is pure Python.
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir build/wheels . 'nkeys>=0.2.1'
	$(BIN)/python -m pip download --quiet --dest build/wheels --find-links build/wheels --only-binary=:all: $(addprefix --platform ,$(PLATFORMS)) \
		$(addprefix --python-version ,$(PYTHONS)) "$$(echo build/wheels/commons_kiosk-*.whl)[neighbours]"
	@$(BIN)/python .ci/bundle "$(KEY)" build/commons-kiosk$(addprefix -,$(PLATFORM))$(addprefix -,$(PYTHONS)).update $(addprefix --python ,$(PYTHONS)) \
		$(addprefix --platform ,$(PLATFORMS)) build/wheels/*.whl

test-boot:  ## start a fresh Debian with the kiosk in it, as a box on a wall would (as root; takes minutes)
	@sh .ci/packages $(PYTHON) test-boot
	@mkdir -p build
	@for release in $(RELEASES); do sh .ci/test-boot $$release || exit 1; done

test-first-start:  ## give a fresh card its first start, without a network, and cut the power in it (as root; takes minutes)
	@sh .ci/packages $(PYTHON) test-first-start
	@mkdir -p build
	@sh .ci/test-first-start

setup: $(READY)  ## only set up, for running

setup-dev: $(READY_DEV)

$(READY): pyproject.toml .ci/packages
	@sh .ci/packages $(PYTHON)
	@$(BIN)/python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' 2>/dev/null \
		|| { test ! -e "$(VENV)" || test -e "$(VENV)/pyvenv.cfg" \
			|| { echo "$(VENV) is there and no environment; take it away, or name another:  make VENV=.venv-3.13" >&2; exit 2; }; \
			$(PYTHON) -m venv --clear $(SITE) "$(VENV)"; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(READY_DEV): $(READY)
	@sh .ci/packages $(PYTHON) test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

clean:  ## throw away what was drawn and cached (the virtual environment stays)
	rm -rf --one-file-system build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find kiosk hardware tests -name __pycache__ -prune -exec rm -rf {} +
