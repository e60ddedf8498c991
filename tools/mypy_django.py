"""Teach mypy Django's models as soon as the server has settings; before that there is nothing to teach it."""

from collections.abc import Callable
from importlib.util import find_spec

from mypy.plugin import Plugin
from mypy_django_plugin import main as django


def plugin(version: str) -> Callable[..., Plugin]:
    """The plugin of django-stubs, or one that does nothing."""
    return django.plugin(version) if find_spec("safeconduct.server.settings") else Plugin
