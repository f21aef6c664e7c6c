"""What the HTTP server loads in each of its worker processes."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulian.settings")

from django.core.wsgi import get_wsgi_application

django = get_wsgi_application()

from mulian.site import runtime  # noqa: E402 -- needs the apps
from mulian.site.phones_first import phones_first  # noqa: E402 -- as above

application = phones_first(django)
runtime.begin_server()
