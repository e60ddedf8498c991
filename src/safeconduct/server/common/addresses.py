"""Where a request comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks.

    Behind n trusted proxies (SAFECONDUCT_PROXIES) it is the n-th last address they passed on; what stands before that
    can be made up by anybody and is not believed.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXIES
    passed_on = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return (passed_on[-proxies] if proxies and len(passed_on) >= proxies else direct)[:64]
