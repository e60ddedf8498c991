"""The API of the catalogue as a whole: its quality as numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Field, Query, Router, Schema

from safeconduct.catalogue.quality import qualities, quality_form
from safeconduct.server.common import clock
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.journal.fact_api import viewer_of_call

if TYPE_CHECKING:
    from django.http import HttpRequest

router = Router(tags=["catalogue"])


class QualityDay(Schema):
    """The day whose obligations are counted."""

    as_of: date | None = Field(None, description="The day whose obligations are counted; today where none is given.")


@router.get("/catalogue/quality", operation_id="get_catalogue_quality")
def get_catalogue_quality(request: HttpRequest, day: Query[QualityDay]) -> dict[str, Any]:
    """Every edition in numbers: rows, how sure, mapped, judged, computable, oldest check, coverage of each role."""
    viewer_of_call(request)
    catalogue = catalogue_in_use()
    counted = qualities(catalogue, day.as_of or clock.today())
    return {"catalogue": catalogue.digest, "programmes": {one.programme: quality_form(one) for one in counted}}
