# make demo   converts input/ into output/        make test   checks everything
.DEFAULT_GOAL := demo
.PHONY: setup demo test check conformance soak samples specimens clean

PYTHON ?=
export PYTHON
BIN := .venv/bin

setup:  ## .venv with all that developing needs
	@tools/setup.sh test

demo:  ## two commands on a fresh machine: this is the first
	@tools/setup.sh run
	@$(BIN)/exporter convert -q --no-memory input -o output
	@echo "The books are in $(CURDIR)/output"

test: check  ## ... and this the second
	@$(BIN)/python -m pytest -n auto --dist loadgroup

check: setup  ## lint, format, types, layers
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
	@echo "lint, format, types, layers: nothing to say"

conformance: setup  ## EPUBCheck, Ace, veraPDF and our own checks over editions of every kind
	@tools/setup.sh ace
	@$(BIN)/python tools/conformance.py $(CONFORMANCE)

soak: setup  ## long checks: the same bytes every time, SIGKILLs, mutated pages, hostile ones
	@$(BIN)/python tools/soak.py $(SOAK)

samples: setup  ## writes input/ anew
	@$(BIN)/python -B tools/make_samples.py

specimens: setup  ## pages of every theme as PNG in output/specimens, and the README's page
	@$(BIN)/python tools/specimens.py --page docs/page.png

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete
