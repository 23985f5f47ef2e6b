# Thin on purpose: each target is one script. `make help` lists them.
SHELL := /bin/bash
PYTHON := .venv/bin/python
# onnxruntime reports usage over the network unless told not to.
export ORT_DISABLE_TELEMETRY := 1
.DEFAULT_GOAL := help
.PHONY: help demo test run package lint train evaluate export bench screenshots translations clean

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target what; do \
		printf '  make %-12s %s\n' "$$target" "$$what"; done

demo: ## describe a raster (RASTER=path for your own) in a headless QGIS; results in build/demo
	@scripts/bootstrap.sh runtime
	@$(PYTHON) scripts/demo.py $(if $(RASTER),--raster "$(RASTER)")

test: ## set up and run every test
	@scripts/bootstrap.sh test desktop training oldest
	@$(PYTHON) scripts/run_tests.py $(ARGS)

run: ## QGIS Desktop with the plugin enabled and a sample loaded (RASTER=path for your own)
	@scripts/bootstrap.sh runtime $(if $(DISPLAY)$(WAYLAND_DISPLAY),,desktop)
	@$(PYTHON) scripts/run_desktop.py $(if $(RASTER),--raster "$(RASTER)")

package: ## the plugin zip, in build/
	@python3 scripts/package.py

lint: ## ruff, mypy, bandit, detect-secrets
	@scripts/bootstrap.sh test
	@scripts/lint.sh

train: ## train the model (ARGS="--config ... --data ...")
	@scripts/bootstrap.sh training
	@$(PYTHON) model_training/train.py $(ARGS)

evaluate: ## metrics of a trained model with their floors (ARGS="...")
	@scripts/bootstrap.sh training
	@$(PYTHON) model_training/evaluate.py $(ARGS)

export: ## write the model bundle of a trained model (ARGS="...")
	@scripts/bootstrap.sh training
	@$(PYTHON) model_training/export_onnx.py $(ARGS)

bench: ## throughput, DRIS policies, memory, import time; tables and JSON in build/bench
	@scripts/bootstrap.sh test
	@$(PYTHON) -m benchmarks $(ARGS)

screenshots: ## pictures of the plugin at work on a synthetic scene, into docs/images
	@scripts/bootstrap.sh test desktop
	@$(PYTHON) scripts/screenshots.py

translations: ## take new texts into resources/i18n/*.ts, say what is untranslated, compile
	@scripts/bootstrap.sh test
	@$(PYTHON) scripts/translations.py

clean: ## remove everything made here but .venv and .venv-oldest-onnxruntime
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +
