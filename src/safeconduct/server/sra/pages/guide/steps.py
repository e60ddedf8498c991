"""One address for each step: it hands over to the page of the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.errors import UnknownKey
from safeconduct.server.sra.guide import guided_on
from safeconduct.server.sra.pages.guide import assets, closing, numbers, scenarios, scope, treatment
from safeconduct.server.sra.pages.guide.shared import READS_OR_SENDS, need_to_write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.sra.guide import Guided

PAGES: Mapping[str, Callable[[HttpRequest, Guided], HttpResponse]] = {
    "scope": scope.scope,
    "assets": assets.assets,
    "scenarios": scenarios.scenarios,
    "numbers": numbers.numbers,
    "priorities": closing.priorities,
    "treatment": treatment.treatment,
    "objectives": treatment.objectives,
    "approve": closing.approve,
}


@READS_OR_SENDS
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One step of an assessment; UnknownKey for a word that is none."""
    guided = guided_on(request, key)
    if step not in PAGES:
        raise UnknownKey("step", step, tuple(PAGES))
    if request.method == "POST" and (elsewhere := need_to_write(request)) is not None:
        return elsewhere
    return PAGES[step](request, guided)
