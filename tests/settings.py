"""The settings of the product, on a data folder and with keys that last as long as the test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

TEST_ROOT = "ONEWINDOW_TEST_ROOT"  # made once by the first process, inherited by the xdist workers
if TEST_ROOT not in os.environ:
    os.environ[TEST_ROOT] = tempfile.mkdtemp(prefix="ow-test-")
    Path(os.environ[TEST_ROOT]).chmod(0o711)  # the database's own user passes through
    atexit.register(shutil.rmtree, os.environ[TEST_ROOT], ignore_errors=True)
# Files are kept by what they hold: two workers must not take each other's away.
os.environ["ONEWINDOW_DATA"] = os.environ[TEST_ROOT] + "/data" + os.environ.get("PYTEST_XDIST_WORKER", "")
os.makedirs(os.environ["ONEWINDOW_DATA"] + "/static", exist_ok=True)  # whitenoise wants to find it
os.environ["ONEWINDOW_SECRET_KEY"] = "5e" * 32
os.environ["ONEWINDOW_FIELD_KEY"] = "f1" * 32
os.environ["PACK"] = "luoshan"

from onewindow.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 costs 0.3 s by design
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
