# OneWindow 一窗. Two commands matter: `make run` and `make test`.
# PORT=, EVENTS_PORT=, PACK=, DATABASE_URL= and ONEWINDOW_DATA= are passed on to every command.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: run test lint requirements lock doctor docs manual

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

doctor:
	@$(PYTHON) scripts/bootstrap.py run
	@$(VENV)/onewindow doctor

lock:
	@$(PYTHON) scripts/bootstrap.py lock
	@for name in base dev bootstrap lock; do \
	  $(VENV)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done
