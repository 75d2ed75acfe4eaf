# `make run` opens the app, `make test` runs the tests. Both first make .venv, once,
# and again when pyproject.toml or constraints.txt change.
# More for pytest goes into ARGS: make test ARGS='-n 2 tests/quiz'.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: run test slow check format bench peers battery clean

run: $(INSTALLED)
	@$(BIN)/studytrack

test: $(INSTALLED)
	$(BIN)/python -m pytest $(ARGS)

# What trains for long or builds an environment of its own.
slow: $(INSTALLED)
	$(BIN)/python -m pytest -m slow $(ARGS)

check: $(INSTALLED)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: $(INSTALLED)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(INSTALLED)
	$(BIN)/python -m tests.bench.first_frame

# Every exercise against the whole battery, on every tier, as this user and from root as a normal one too.
battery: $(INSTALLED)
	$(BIN)/python -m tests.battery $(ARGS)

# studytrack beside other graders of code, which are installed into the cache; some ten minutes.
peers: $(INSTALLED)
	@$(BIN)/python -m tests.bench.peers

clean:
	rm -rf $(VENV) build dist

# Python 3.11 is the version that constraints.txt was made with; newer ones are taken after it.
# A name on the PATH may be a wrapper for a version that is not installed, so each is tried.
$(INSTALLED): pyproject.toml constraints.txt
	@for python in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "No Python 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$found cannot make virtual environments; install its venv package (Debian: python3-venv)" >&2; exit 1; \
	fi; \
	echo "Installing into $(VENV) with $$("$$found" --version); torch and fastai take a few minutes, once."; \
	"$$found" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
