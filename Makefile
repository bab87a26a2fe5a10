# make reproduce   run every notebook, write figures/ and data/derived/, compare with the manifest
# make test        run the tests and check every notebook against its outputs
# make check       lint, format, order of imports, types
# make lab         open the notebooks in JupyterLab
# make lock        resolve requirements.lock anew (needs uv)
#
# The first call makes .venv from requirements.lock; later calls install nothing.
# Another Python: make reproduce PYTHON=python3.13

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
RUN = .venv/bin/python

.PHONY: reproduce test check lab lock clean

reproduce: .venv/installed
	@$(RUN) -m analysis reproduce

test: .venv/installed
	@$(RUN) -m pytest

check: .venv/installed
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/mypy

lab: .venv/installed
	@$(RUN) -m jupyterlab notebooks

.venv/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found:" \
		"install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-emit-index-url --no-header \
		--quiet --output-file requirements.lock

clean:
	rm -rf .venv
