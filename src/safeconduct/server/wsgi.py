"""Where a WSGI server finds the application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from safeconduct.server.common.encoding import readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.server.settings")
application = readable(get_wsgi_application())
