# make run    the site on http://127.0.0.1:8000 (HOST=… and PORT=… change that)
# make test   everything that is checked by running it (ARGS="-k agenda" goes on to pytest)
# make lint   everything that is checked by reading it
# make guide  the pictures of docs/edit anew, by a browser that does what the guide says
# make audit  whether holes are known in the packages that the site runs on
# make bench  what pages and feeds cost with 20,000 events (ARGS=ics: only those whose address contains this;
#             ARGS=--serving: the server under load, beside nginx)
.PHONY: run setup guide test test-postgres bench audit lint format messages lock clean install-service

run:
	@sh scripts/run.sh

# What a developer needs, without starting anything.
setup:
	@sh scripts/make_venv.sh requirements-dev.lock
	@.venv/bin/python scripts/compile_messages.py

test:
	@sh scripts/test.sh $(ARGS)

# The same suite, without the browser, on PostgreSQL and Redis: DATABASE_URL=postgres://… and TEST_REDIS_URL name them.
test-postgres: setup
	@sh scripts/test_on_postgres.sh $(ARGS)

# DATABASE_URL=postgres://… measures there, in a database of its own that is dropped again.
bench: setup
	@.venv/bin/python -m bench $(ARGS)

# On a site of its own, which is gone afterwards. PORT=… chooses another than 8137.
guide: setup
	@.venv/bin/python -m guide

lint: setup
	@sh scripts/lint.sh

format: setup
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .
	@git ls-files --cached --others --exclude-standard '*templates/*.html' | xargs -r .venv/bin/djade --target-version 5.2 \
		|| test $$? -eq 123 # what xargs makes of Djade's "I changed something"

# Collects new interface texts into locale/*/LC_MESSAGES/django.po and compiles them.
messages: setup
	@command -v xgettext >/dev/null || { echo "GNU gettext is missing. Install it with: apt-get install gettext" >&2; exit 1; }
	@.venv/bin/python manage.py makemessages --all \
		--add-location file --no-wrap --ignore .venv --ignore var --ignore tests
	@.venv/bin/python scripts/compile_messages.py

# Writes the lock files anew from requirements*.txt; ARGS="--upgrade" takes newer versions.
lock: setup
	@sh scripts/lock.sh $(ARGS)

# Leaves var/ alone: the site's data are in it.
clean:
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis var/test-tools var/static var/static.stamp
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find locale locale_of_django -name '*.mo' -delete

audit:
	@sh scripts/audit.sh

# On a server, as root: see docs/deploy.md.
install-service:
	@sh scripts/install_service.sh
