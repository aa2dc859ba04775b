"""What granian serves."""

import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")

from django.core.wsgi import get_wsgi_application

from samsyn.config.processes import collect_seldom, die_with_parent

die_with_parent(signal.SIGKILL)  # nobody is left who could end it in an orderly way
application = get_wsgi_application()
collect_seldom()
