"""Where a WSGI server finds the application."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

from safeconduct.server.common.encoding import readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.server.settings")
application = readable(get_wsgi_application())

# Judging makes many small records that live as long as what is kept. At its usual pace the collector would look at the
# catalogue and at all of them again and again: a fifth of the time in which 200 sites are judged.
gc.freeze()
gc.set_threshold(50_000, 50, 100)
