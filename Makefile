# Every chore is one word. `make demo` and `make test` set up all they need, in .venv, on a fresh machine.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check eval fix lock clean

demo: .venv/ready  ## the main job on an invented week: no account, server or network
	$(BIN)/presswatch demo

test: .venv/ready  ## all tests; PostgreSQL's are skipped, saying so, where none answers
	$(BIN)/pytest -q -n auto --dist loadfile

check: .venv/ready  ## style, types, and the doors between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: .venv/ready  ## how well we read, beside the peers that are installed; CORPORA=DIR JSON=FILE
	$(BIN)/python -m benchmarks.evaluate $(if $(CORPORA),--corpora $(CORPORA)) $(if $(JSON),--json $(JSON))

fix: .venv/ready  ## what ruff can put right by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/ready  ## draw up the pinned versions afresh from pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	for each in run dev; do \
	  $(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    $$(test $$each = dev && echo --extra dev) -o requirements/$$each.txt pyproject.toml; \
	done
	sed -i 's/^\(backports-zstd==[^ ]*\)$$/\1 ; python_version < "3.14"/' requirements/*.txt

.venv/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Presswatch needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

clean:
	rm -rf .venv presswatch-demo dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
