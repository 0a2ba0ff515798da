# make site   installs what it needs and builds the site into site/
# make test   installs what it needs and passes all tests, those in a browser included
# make trials tries far more than make test, in about half an hour, and prints figures: fuzzing, attacks, mutations
# Others: make serve, check, lint, docs, lock, wheel, begin, bench, clean

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Tests wait for browsers, servers and git most of their time, so three share a core; a browser each takes memory.
WORKERS = $(shell $(PYTHON) -c 'import os; print(min(3 * (os.cpu_count() or 1), 8))')
# Tests run hundreds of commands; none of them need compile the program again.
export PYTHONDONTWRITEBYTECODE =

.PHONY: site test trials serve check lint docs lock wheel begin bench browser clean

site: $(VENV)/.installed
	$(BIN)/playbook build

serve: $(VENV)/.installed
	$(BIN)/playbook serve

check: $(VENV)/.installed
	$(BIN)/playbook check

test: $(VENV)/.installed-dev $(VENV)/.installed-npm browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@# types are checked beside the tests: alone, they would keep one core busy and let the other rest
	$(BIN)/mypy & types=$$!; $(BIN)/pytest -n $(WORKERS) --dist worksteal; tests=$$?; \
	wait $$types || { echo "mypy found something; it stands above the tests"; exit 1; }; exit $$tests

trials: $(VENV)/.installed-dev $(VENV)/.installed-npm browser
	$(BIN)/pytest --trials -n $(WORKERS) --dist worksteal
	test ! -f tests/trials/mutation/__main__.py || $(BIN)/python -m tests.trials.mutation

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The pages of docs/ that come from the schema and the rules, and what editors say by the schema.
docs: $(VENV)/.installed
	$(BIN)/python scripts/write_messages.py
	$(BIN)/python scripts/write_docs.py

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.serve_edit
	$(BIN)/python -m benchmarks.build_speed
	$(BIN)/python benchmarks/check_speed.py
	$(BIN)/python benchmarks/diff_speed.py
	$(BIN)/python -m benchmarks.edit_speed
	$(BIN)/python -m benchmarks.workbench_speed
	$(BIN)/python -m benchmarks.search_speed
	$(BIN)/python benchmarks/meaning_speed.py

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# Begins a playbook for a company, with a program of its own: make begin TO=../our-playbook
begin: wheel
	test -n "$(TO)" || { echo "say where: make begin TO=../our-playbook"; exit 2; }
	$(PYTHON) -m venv $(VENV)-begin
	$(VENV)-begin/bin/python -m pip install --quiet --force-reinstall dist/strategy_playbook-*.whl
	$(VENV)-begin/bin/playbook init "$(TO)"

browser: $(VENV)/.installed-dev
	$(BIN)/python scripts/install_browser.py

# The lock files name every package with its hash; only this target asks for newer ones.
lock: $(VENV)/.python
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade -o requirements-dev.lock

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The playbook needs Python 3.11 or newer. If it has another name here: make site PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing. On Debian and Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 2; }
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-npm: tests/npm/package-lock.json $(VENV)/.installed-dev
	$(BIN)/python scripts/install_npm.py
	@touch $@

clean:
	rm -rf $(VENV) site dist
