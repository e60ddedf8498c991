"""The one place of the server that asks which day it is."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, with its time zone."""
    return timezone.now()


def today() -> date:
    """The day in the server's time zone."""
    return timezone.localdate()
