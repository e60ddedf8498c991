"""What a control proves, where it stands, and what is found by words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.core.quantities import SetValue
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store
from tests.server.cast import Cast, control
from tests.server.posture.pages import main_of, text_of, verdict_of
from tests.server.posture.stage import CTPAT_ROWS, EU, EU_ROWS, STAGE, STAGED_CTPAT

if TYPE_CHECKING:
    from django.test import Client


def asking(*bounds: tuple[str, Bound]) -> ControlNeed:
    return ControlNeed("seal-fitting", bounds=bounds)


SECURITY, HIGH = Bound(Op.AT_LEAST, "security"), Bound(Op.AT_LEAST, "high-security")


def use_bounds() -> None:
    """CTPAT asks the higher class of seal, the European programme the lower and a photo."""
    ctpat = replace(STAGED_CTPAT, requirements=(replace(CTPAT_ROWS[1], needs=asking(("class", HIGH))),))
    eu = replace(EU, requirements=(replace(EU_ROWS[1], needs=asking(("class", SECURITY), ("photo", Bound(Op.YES)))),))
    use(replace(STAGE, programmes={ctpat.id: ctpat, eu.id: eu}, digest="bounds"))


def test_a_control_says_what_it_serves(sven: Client) -> None:
    assert verdict_of(sven, "/controls/cctv/") == "Recorded once, it serves 3 requirements in 2 programmes."
    assert verdict_of(sven, "/controls/guarding/") == (
        "1 requirement in 1 programme wait for it. Nobody has recorded it yet."
    )
    assert verdict_of(sven, "/controls/bond/") == "No programme followed here asks for it."


def test_bounds_stand_side_by_side_and_the_strictest_is_bold(staged: Cast, sven: Client) -> None:
    use_bounds()
    table = main_of(sven, "/controls/seal-fitting/").partition("<caption>")[2].partition("</table>")[0]
    assert "<b>high security</b>" in table
    assert "<b>at least security</b>" not in table
    assert '<span class="quiet">silent</span>' in table


def test_where_it_stands_tells_values_and_assurance(staged: Cast, sven: Client) -> None:
    areas = SetValue(frozenset({"gates"}), frozenset({"docks"}))
    store(staged.exporter_line, control(values={"coverage": areas}), deed="record")
    text = text_of(sven, "/controls/cctv/").partition("Where it stands")[2]
    assert "Rotterdam coverage: gates, not docks documented MET" in text
    assert "Eindhoven in place claimed UNKNOWN" in text
    assert "Norholt NL nothing recorded here itself none UNKNOWN" in text


def test_find_looks_in_requirements_controls_places_partners_and_programmes(sven: Client) -> None:
    assert "us-ctpat/9.2 Cameras watch the place Eindhoven UNKNOWN" in text_of(sven, "/find/?q=9.2")
    assert "Controls Control Family cctv cctv G" in text_of(sven, "/find/?q=cctv")
    assert "Rotterdam" in text_of(sven, "/find/?q=rotter")
    assert "Haulier 1" in text_of(sven, "/find/?q=haulier")
    assert "Authorised Economic Operator" in text_of(sven, "/find/?q=economic")
    assert verdict_of(sven, "/find/?q=submarine") == "Nothing fits “submarine”."


def test_what_is_typed_is_never_run(sven: Client) -> None:
    assert "<script>" not in main_of(sven, "/find/?q=%3Cscript%3E")


def test_a_site_lists_its_duties_and_leads_to_the_forms(sven: Client) -> None:
    assert verdict_of(sven, "/sites/ein/") == "1 thing to do."
    html = main_of(sven, "/sites/ein/")
    assert "/controls/in-place/c-cctv-ein/evidence/?shows=design&amp;back=%2Fsites%2Fein%2F" in html


def test_sites_are_worst_first_and_can_be_narrowed(sven: Client) -> None:
    text = text_of(sven, "/sites/").partition("Programmes")[2]
    assert text.index("Norholt NL legal entity") < text.index("Eindhoven") < text.index("Rotterdam")
    narrowed = text_of(sven, "/sites/?standing=met")
    assert "Rotterdam" in narrowed
    assert "Eindhoven Norholt" not in narrowed
    assert text_of(sven, "/sites/?q=nowhere").count("No place fits.") == 1
