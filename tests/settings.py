"""The product's settings, faster where nothing is lost by it."""

import atexit
import os
import shutil
import tempfile

if "SAMSYN_HOME" not in os.environ:
    os.environ["SAMSYN_HOME"] = tempfile.mkdtemp(prefix="samsyn-test-")
    atexit.register(shutil.rmtree, os.environ["SAMSYN_HOME"], ignore_errors=True)
os.environ["SAMSYN_ENV"] = "test"

from samsyn.config.settings import *  # noqa: F403
from samsyn.config.settings import INSTALLED_APPS
from samsyn.core import translations

translations.compile_all()  # before Django is set up: it reads each language once
INSTALLED_APPS = ["tests", *INSTALLED_APPS]  # first: its `flush` takes the journal's guard off between cases
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
