# Every target sets up what it needs; see tools/setup.sh.
SHELL := /bin/sh
BIN := .venv/bin
export QT_QPA_PLATFORM ?= offscreen

.PHONY: demo test run check bench soak screens fonts setup lock clean

demo: setup          ## the main job on a synthetic region, under demo-out/
	$(BIN)/zgsz demo

test: setup          ## all tests, offscreen, without a network
	$(BIN)/python -m pytest -m "not soak"

run: setup           ## open the window
	env -u QT_QPA_PLATFORM $(BIN)/zgsz-desktop

check: setup         ## lint, types, layering
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/unit/test_layering.py

bench: setup         ## speed as ratios to plain floors in the same process
	$(BIN)/python tests/bench/run.py

soak: setup          ## the long property runs
	$(BIN)/python -m pytest -m soak

screens: setup       ## every page as PNG, under screens-out/
	$(BIN)/python tools/screens.py

fonts: setup         ## make resources/fonts again from Debian's Noto packages
	$(BIN)/python tools/build_fonts.py

setup:
	@sh tools/setup.sh

lock:                ## write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf demo-out screens-out build dist .mypy_cache* .ruff_cache .pytest_cache .hypothesis
