# Everything a fresh Debian machine with Python >= 3.11, pip and make needs is done here.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: demo test test-slow lint format bench simulate docs clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

# A real PostgreSQL for the tests: installed where this runs as root in CI; elsewhere those tests say how to have it.
.PHONY: postgresql
postgresql:
	@if [ -n "$$CI" ] && [ "$$(id -u)" = 0 ] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql \
		|| echo "PostgreSQL could not be installed: its tests will be skipped"; \
	fi

demo: $(STAMP)
	$(BIN)/vidocq demo --out vidocq-demo

lint: $(STAMP)
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix src tests benchmarks docs
	$(BIN)/ruff format src tests benchmarks docs

# Two at a time: half of the tests wait for a process, a server or a disk.
test: lint postgresql
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist worksteal

test-slow: $(STAMP) postgresql
	$(BIN)/python -m pytest -m slow

simulate: $(STAMP)
	$(BIN)/python benchmarks/simulate.py

bench: $(STAMP)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/steps.py
	$(BIN)/python benchmarks/detect.py --peers
	$(BIN)/python benchmarks/detect_persons.py
	$(BIN)/python benchmarks/detect_speed.py
	$(BIN)/python benchmarks/scan_memory.py
	$(BIN)/python benchmarks/torch_stack.py
	$(BIN)/python benchmarks/logistic_stack.py
	$(BIN)/python benchmarks/network_audit.py --afresh
	$(BIN)/python benchmarks/attacks.py
	$(BIN)/python benchmarks/more_peers.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/overlap_index.py
	$(BIN)/python benchmarks/language_speed.py
	$(BIN)/python benchmarks/language_verdicts.py
	$(BIN)/python benchmarks/language_dp.py
	$(BIN)/python benchmarks/guard_trial.py
	$(BIN)/python benchmarks/guard_proxy.py

docs: $(STAMP)
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) vidocq-demo build dist
