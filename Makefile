# Every chore is one word. `make demo` and `make test` set up all they need, in .venv, on a fresh machine.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check eval bench bench-poll bench-send bench-archive bench-workers bench-months torture looks fix lock clean

demo: .venv/ready  ## the main job on an invented week: no account, server or network
	$(BIN)/presswatch demo

test: .venv/ready  ## all tests; PostgreSQL's are skipped, saying so, where none answers
	$(BIN)/pytest -q -n auto --dist loadfile

check: .venv/ready  ## style, types, and the doors between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: .venv-eval/ready  ## how well we read, beside the peers; CORPORA=DIR JSON=FILE
	.venv-eval/bin/python -m benchmarks.evaluate $(if $(CORPORA),--corpora $(CORPORA)) $(if $(JSON),--json $(JSON)) \
	  $(if $(VERBOSE),--verbose) $(if $(FEEDBACK),--feedback $(FEEDBACK))

bench: bench-poll bench-send bench-archive bench-workers  ## what it costs, beside the floor and the peers

bench-poll: .venv/ready  ## a polling round over 500 feeds, beside the peers in PEERS=DIR; JSON=FILE
	$(BIN)/python -m benchmarks.poll $(if $(PEERS),--peers $(PEERS)) $(if $(JSON),--json $(JSON))

bench-send: .venv/ready  ## one slot for 10,000 subscribers, from matching to a mail server's yes
	$(BIN)/python -m benchmarks.send

bench-archive: .venv/ready  ## what filing an article costs with 10 k, 100 k and 1 M in the archive
	$(BIN)/python -m benchmarks.archive

bench-workers: .venv/ready  ## several workers on one PostgreSQL, one of them killed
	$(BIN)/python -m benchmarks.workers

bench-months: .venv/ready  ## what the service holds of the machine over 90 simulated days; DATABASE=URL
	$(BIN)/python -m benchmarks.months $(if $(DATABASE),--database $(DATABASE))

torture: .venv/ready  ## killed and failed at every step, on both databases; about an hour
	$(BIN)/python -m benchmarks.torture

looks: .venv/ready  ## the mails as a browser shows them, with axe's verdict, into FOLDER
	$(BIN)/python -m benchmarks.looks $(FOLDER)

fix: .venv/ready  ## what ruff can put right by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/ready  ## draw up the pinned versions afresh from pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	for each in run dev; do \
	  $(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    $$(test $$each = dev && echo --extra dev --extra channels --extra cluster --extra dkim --extra notify) -o requirements/$$each.txt pyproject.toml; \
	done
	sed -i 's/^\(backports-zstd==[^ ]*\)$$/\1 ; python_version < "3.14"/' requirements/*.txt

.venv/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Presswatch needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv-eval/ready: pyproject.toml
	$(PYTHON) -m venv .venv-eval
	.venv-eval/bin/python -m pip install --quiet --upgrade pip  # that of Python 3.11 falls over lxml[html-clean]
	.venv-eval/bin/python -m pip install --quiet --disable-pip-version-check -e '.[eval]'
	.venv-eval/bin/python -m pip install --quiet --disable-pip-version-check --no-deps 'readability-lxml>=0.9,<0.10'
	@touch $@

clean:
	rm -rf .venv .venv-eval presswatch-demo dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
