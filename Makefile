# Two commands are enough: `make run` and `make test`. Both do all set-up themselves.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
export PORT
BIN := .venv/bin
# Samsyn is many processes: where Python may not keep what it has compiled, each of them begins with seconds of it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint format lock clean messages mutate fuzz bench bench-analysis bench-coverage bench-evidence pictures reference reference-figures

run: .venv/run.done
	@exec $(BIN)/samsyn serve --exercise --port $(PORT)

test: .venv/test.done
	@tests/run

lint: .venv/test.done
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(BIN)/lint-imports --no-cache >/dev/null

bench: .venv/test.done
	@$(BIN)/python bench/pages.py

bench-evidence: .venv/test.done
	@$(BIN)/python bench/evidence.py

bench-coverage: .venv/test.done
	@$(BIN)/python bench/coverage.py

bench-analysis: .venv/test.done .venv-bench/done
	@$(BIN)/python bench/analysis/run.py

.venv-bench/done: .venv/uv.done bench/requirements.txt
	@$(PYTHON) -m venv .venv-bench
	@echo "Installing the peers of the benchmark (once) …"
	@$(BIN)/uv pip install -q --require-hashes -r bench/requirements.txt --python .venv-bench/bin/python
	@touch $@

fuzz: .venv-fuzz/done
	@.venv-fuzz/bin/python -m tests.fuzz

.venv-fuzz/done: .venv/uv.done requirements/test.txt requirements/fuzz.txt
	@$(PYTHON) -m venv .venv-fuzz
	@echo "Installing what the fuzzer needs (once) …"
	@$(BIN)/uv pip install -q --require-hashes -r requirements/test.txt -r requirements/fuzz.txt --python .venv-fuzz/bin/python
	@touch $@

mutate: .venv/test.done
	@$(BIN)/python tests/mutate.py

format: .venv/test.done
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

reference: .venv/test.done
	@$(BIN)/python -m tests.reference
	@$(BIN)/python -m tests.notebook

reference-figures: .venv/test.done
	@$(BIN)/python -m tests.method_figures

pictures: .venv/test.done
	@$(BIN)/python -m tests.pictures

messages: .venv/test.done
	@$(BIN)/python -m samsyn.core.translations

lock: .venv/uv.done
	@$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --extra platform --group test pyproject.toml -o requirements/test.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --extra platform -c requirements/test.txt pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --group fuzz -o requirements/fuzz.txt

.venv/uv.done: requirements/build.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

.venv/run.done: .venv/uv.done requirements/run.txt
	@echo "Installing what Samsyn needs (once) …"
	@$(BIN)/uv pip install -q --require-hashes -r requirements/run.txt --python $(BIN)/python
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation -e . --python $(BIN)/python
	@touch $@

.venv/test.done: .venv/run.done requirements/test.txt
	@$(BIN)/uv pip install -q --require-hashes -r requirements/test.txt --python $(BIN)/python
	@touch $@

clean:
	@rm -rf .venv .venv-bench .venv-fuzz build *.egg-info
