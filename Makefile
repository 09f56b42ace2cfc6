# OneWindow 一窗. Two commands matter: `make run` and `make test`.
# PORT=, EVENTS_PORT=, PACK=, DATABASE_URL= and ONEWINDOW_DATA= are passed on to every command.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: run test lint requirements lock doctor docs manual bench

run:
	@$(PYTHON) scripts/bootstrap.py run
	@$(VENV)/onewindow run

test:
	@$(PYTHON) scripts/bootstrap.py test
	@$(VENV)/python scripts/check.py

lint:
	@$(PYTHON) scripts/bootstrap.py test
	@$(VENV)/python scripts/check.py --lint

requirements:
	@$(PYTHON) scripts/requirements.py $(DOC)

docs:
	@$(PYTHON) scripts/bootstrap.py test
	@$(VENV)/python scripts/docs.py

manual:
	@$(PYTHON) scripts/bootstrap.py test
	@PYTHONPATH=. $(VENV)/python scripts/manual.py

# CASES= SMALL= (the two databases), ROUNDS=, FOLDER= (keeps the databases), ITEMS= and QUESTIONS= (files) are optional.
bench:
	@$(PYTHON) scripts/bootstrap.py run
	@PYTHONPATH=. $(VENV)/python -m benchmarks --write docs/benchmarks.md \
	  $(if $(CASES),--cases $(CASES)) $(if $(SMALL),--small $(SMALL)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(FOLDER),--folder $(FOLDER)) $(if $(ITEMS),--items $(ITEMS)) $(if $(QUESTIONS),--questions $(QUESTIONS))

doctor:
	@$(PYTHON) scripts/bootstrap.py run
	@$(VENV)/onewindow doctor

lock:
	@$(PYTHON) scripts/bootstrap.py lock
	@for name in base dev bootstrap lock; do \
	  $(VENV)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done
