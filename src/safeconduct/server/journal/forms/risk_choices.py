"""What fields of the security risk assessment may be answered with: places, scenarios, risks, scales and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.records.risk import AssetKind
from safeconduct.core.records.units import UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safeconduct.core.records.threats import Matrix, Scale
    from safeconduct.server.journal.forms.ground import FormGround
    from safeconduct.server.journal.forms.offered import Choice, Choices

_MODES = ("road", "rail", "sea", "air", "inland-waterway")


def risk_places(ground: FormGround) -> Choices:
    """Sites, lanes, legal entities and the organisation; a site manager's own sites only."""
    organisation = ground.snapshot.facts.organisation.key
    groups: dict[str, list[Choice]] = {
        "Sites": [(one.key, one.title or one.key) for one in ground.of_kind(UnitKind.SITE)],
        "Lanes": [] if ground.viewer.limited else [(one.key, one.title) for one in ground.snapshot.facts.lanes],
        "Legal entities": [(one.key, one.title or one.key) for one in ground.of_kind(UnitKind.ENTITY)],
        "Organisation": [] if ground.viewer.limited else [(organisation, ground.unit_title(organisation))],
    }
    return [(heading, _sorted(found)) for heading, found in groups.items() if found]


def scenarios(ground: FormGround) -> Choices:
    """Threat scenarios: the organisation's own, and those of the catalogue."""
    own = [] if ground.viewer.limited else [(one.key, one.title) for one in ground.snapshot.facts.scenarios]
    shipped = [(one.key, one.title) for one in ground.catalogue.threats.scenarios.values()]
    groups = {"Our own": own, "Of the catalogue": shipped}
    return [(heading, _sorted(found)) for heading, found in groups.items() if found]


def risk_assessments(ground: FormGround) -> Choices:
    """Rounds of the risk assessment, the latest first."""
    found = sorted(ground.snapshot.facts.risk_assessments, key=lambda one: one.on, reverse=True)
    return [(one.key, one.title or one.key) for one in found]


def risks(ground: FormGround) -> Choices:
    """Risks by assessment: the scenario and its place."""
    titles = {key: one.title for key, one in ground.catalogue.threats.scenarios.items()}
    titles |= {one.key: one.title for one in ground.snapshot.facts.scenarios}
    places = {one.key: ground.unit_title(one.key) for one in ground.snapshot.facts.units}
    places |= {one.key: one.title for one in ground.snapshot.facts.lanes}
    found: dict[str, list[Choice]] = {}
    for one in ground.snapshot.facts.risks:
        words = f"{titles.get(one.scenario, one.scenario)}, {places.get(one.at, one.at)}"
        found.setdefault(one.assessment, []).append((one.key, words))
    rounds = risk_assessments(ground)
    return [(str(title), _sorted(found[str(key)])) for key, title in rounds if key in found]


def assets(ground: FormGround) -> Choices:
    """Critical assets."""
    return [*_sorted((one.key, one.title) for one in ground.snapshot.facts.assets)]


def matrices(ground: FormGround) -> Choices:
    """Matrices of the catalogue."""
    return _titled(ground.catalogue.threats.matrices.values())


def scales(ground: FormGround) -> Choices:
    """Scales of the catalogue."""
    return _titled(ground.catalogue.threats.scales.values())


def asset_kinds(_ground: FormGround) -> Choices:
    """Kinds of asset."""
    return [(one.value, one.value) for one in AssetKind]


def modes(_ground: FormGround) -> Choices:
    """Modes of a lane."""
    return [(one, one.replace("-", " ")) for one in _MODES]


def _titled(found: Iterable[Matrix | Scale]) -> Choices:
    return [(one.key, one.title) for one in found]


def _sorted(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: choice[1].casefold())
