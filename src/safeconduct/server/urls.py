"""Every address of the server."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, reverse
from ninja import NinjaAPI

import safeconduct
from safeconduct.server.accounts import urls as account_pages
from safeconduct.server.accounts.bearer import TokenBearer
from safeconduct.server.accounts.middleware import without_viewer
from safeconduct.server.catalogue.urls import router as catalogue
from safeconduct.server.common.api_docs import docs_page
from safeconduct.server.common.problems import API, answer_problems
from safeconduct.server.controls import urls as control_pages
from safeconduct.server.controls.urls import router as controls
from safeconduct.server.journal import urls as journal_pages
from safeconduct.server.journal.urls import router as journal
from safeconduct.server.operations import urls as operation_pages
from safeconduct.server.operations.urls import router as operations
from safeconduct.server.organisation import urls as organisation_pages
from safeconduct.server.organisation.people import urls as people
from safeconduct.server.organisation.urls import router as organisation
from safeconduct.server.own_programmes import urls as own_programme_pages
from safeconduct.server.own_programmes.urls import router as own_programmes
from safeconduct.server.partners import urls as partner_pages
from safeconduct.server.partners.urls import router as partners
from safeconduct.server.posture import urls as posture
from safeconduct.server.posture.urls import criteria_router
from safeconduct.server.posture.urls import router as judgements
from safeconduct.server.programmes import urls as programme_pages
from safeconduct.server.programmes.urls import router as programmes
from safeconduct.server.risk.urls import router as risk
from safeconduct.server.sra.urls import router as judged_risks

api = NinjaAPI(
    title="Safeconduct",
    version=safeconduct.__version__,
    description="Record once, prove it to every programme: the same words and answers as the pages.",
    auth=TokenBearer(),
    urls_namespace="api",
    docs_url=None,
)
answer_problems(api)
for router in (
    organisation,
    programmes,
    own_programmes,
    controls,
    partners,
    risk,
    operations,
    journal,
    judgements,
    criteria_router,
    judged_risks,
    catalogue,
):
    api.add_router("", router)


def opened(patterns: list[URLResolver | URLPattern]) -> list[URLResolver | URLPattern]:
    """The API's addresses, which ask for a token and not for a signed-in person."""
    for pattern in patterns:
        assert isinstance(pattern, URLPattern), "the API has no addresses below others"
        pattern.callback = without_viewer(login_not_required(pattern.callback))
    return patterns


def room(name: str, *apps: list[URLPattern]) -> URLResolver:
    """The pages of one room; several apps may hold some of them. What comes first is looked for first."""
    return path("", include(([pattern for patterns in apps for pattern in patterns], name)))


urlpatterns = [
    room("accounts", account_pages.urlpatterns, people.urlpatterns),
    path("", include("safeconduct.server.catalogue.urls")),
    path("", include(posture.urlpatterns)),
    room("journal", journal_pages.urlpatterns),
    room("programmes", programme_pages.urlpatterns, posture.programme_pages),
    room("own_programmes", own_programme_pages.urlpatterns),
    room("controls", control_pages.urlpatterns, posture.control_pages),
    room("organisation", organisation_pages.urlpatterns, posture.site_pages),
    room("partners", partner_pages.urlpatterns),
    room("operations", operation_pages.urlpatterns),
    path("", include("safeconduct.server.sra.urls")),
    path("", include("safeconduct.server.registers.urls")),
    path(API.removeprefix("/"), (opened(api.urls[0]), "api", "api")),
    path("api/", docs_page(api.get_openapi_schema, lambda: reverse("api:openapi-json")), name="api-docs"),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("look/", include("safeconduct.server.common.look.urls")))
