# Two commands do it all: `make demo` and `make test`. Each sets up what it needs, and both can be run again.

PYTHON ?= python3
VENV ?= .venv
# Tests wait for screens and servers much of their time, so three times as many run at once as there are cores.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(3 * (os.cpu_count() or 1))')
export PYTHON VENV
# Some images forbid compiled files; then each of the hundred programs that tests start would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

PROGRAM = $(VENV)/.program
TOOLS = $(VENV)/.tools

.PHONY: demo serve test test-thorough test-peers test-install lint types units check-js collected coverage reference docs catalogs pins clean

demo: $(PROGRAM)
	$(VENV)/bin/backchannel demo $(OPTIONS)

serve: $(PROGRAM)
	$(VENV)/bin/backchannel serve $(OPTIONS)

# What needs one core each is done two at a time; the tests themselves need the whole machine.
test: $(TOOLS)
	$(MAKE) --no-print-directory --jobs 2 types collected check-js lint
	$(MAKE) --no-print-directory units

lint: $(TOOLS)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(TOOLS)
	$(VENV)/bin/mypy

check-js: $(TOOLS)
	node --test tests/js/*.test.js

# Once, so that not each of the units' processes compiles every test for itself.
collected: $(TOOLS)
	$(VENV)/bin/pytest --collect-only --quiet -m '$(TRIED)' >/dev/null

# What fails is tried once more, and told: real browsers and servers are late now and then on a busy machine. What fails
# again is tried alone, when nothing else runs: only then is it the test that fails, and not the machine. Tracebacks are
# Python's own, since pytest's read the source anew, which Python 3.11 now and then cannot after a test ran out of time.
TRIED = not thorough and not peer and not install
units: $(TOOLS)
	$(VENV)/bin/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --reruns 1 -rR --tb native -m '$(TRIED)' $(PYTEST) || \
		{ [ $$? = 1 ] && $(VENV)/bin/pytest --last-failed --last-failed-no-failures none -v -m '$(TRIED)' $(PYTEST); }

# What takes a quarter of an hour more: every page and scene in a real browser, every fault on a whole set-up, crowds, walks
# over all there is, and properties on many examples. Before a release, and before what touches pages, streams or processes lands.
test-thorough: $(TOOLS)
	$(MAKE) --no-print-directory units TRIED='thorough or hypothesis'

# What takes longer: servers of other networks, and proxies in front of ours.
test-peers: $(TOOLS)
	.ci/set-up synapse pymap atproto proxies
	.ci/unpack-snac
	$(VENV)/bin/pytest --numprocesses auto --dist loadfile -m peer $(PYTEST)

# Wheel and sources, in an environment of their own on each Python that is here.
test-install: $(TOOLS)
	$(VENV)/bin/pytest -m install -v $(PYTEST)

# What the tests run of the program, by part; browsers are left out, for they run little of it and take long.
COVERED = not browser and not peer and not install
coverage: $(TOOLS)
	$(VENV)/bin/coverage erase
	mkdir -p build
	$(VENV)/bin/coverage run -m pytest --numprocesses $(WORKERS) --dist loadfile -m '$(COVERED)' $(PYTEST) || [ $$? = 1 ]
	$(VENV)/bin/coverage combine --quiet
	$(VENV)/bin/coverage json --quiet -o build/coverage.json
	$(VENV)/bin/python -m handbook.coverage build/coverage.json

# Writes into docs/reference what the code says.
reference: $(TOOLS)
	$(VENV)/bin/cog -r --verbosity=1 $$(grep -rl --include='*.md' '\[\[\[cog' docs)

# The handbook, as pages that open from a disk; a link that leads nowhere stops it.
docs: $(TOOLS)
	$(VENV)/bin/python -m handbook

# Reads every sentence of the interface anew into the catalogs of wall/locale; new ones wait there to be translated.
catalogs: $(TOOLS)
	mkdir -p build
	$(VENV)/bin/pybabel -q extract -F pyproject.toml --add-location=file --sort-by-file --project "Backchannel Wall" -o build/wall.pot .
	for language in de fr es ar; do $(VENV)/bin/pybabel -q update --width 110 --no-fuzzy-matching --ignore-obsolete -i build/wall.pot -o wall/locale/$$language.po -l $$language || exit; done

# Each component that is installed with the program, by version and the hashes of its files; once a month, and when a hole is
# told of one. No address is written into it: whoever installs takes the files from where they like.
pins: $(TOOLS)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)/bin/uv pip compile pyproject.toml deploy/build.in --extra otel --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file deploy/requirements.txt

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	.ci/set-up python
	$(PYTHON) -m venv $(VENV)

$(PROGRAM): $(VENV)/bin/python pyproject.toml
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	.ci/set-up redis
	touch $@

$(TOOLS): $(PROGRAM)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	.ci/set-up chromium node peers
	touch $@
