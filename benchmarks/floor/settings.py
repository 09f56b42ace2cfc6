"""The settings of the bare Django: one middleware, the same database, the same connections."""

import os

from onewindow.config.settings import _database

SECRET_KEY = "bare"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "benchmarks.floor.views"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
INSTALLED_APPS = ["benchmarks.floor"]
DATABASES = {"default": _database(os.environ["ONEWINDOW_DATABASE"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LOGGING_CONFIG = None
