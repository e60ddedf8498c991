"""The scenarios an organisation may meet: those of the catalogue, and its own beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from safeconduct.core.errors import UnknownKey
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Answering, OwnScenario, Range
from safeconduct.core.records.threats import Countermeasure, Lowering, Scenario, Way


def scenario_of(catalogue: Catalogue, facts: Facts, key: str) -> Scenario:
    """A scenario by its key, the organisation's own before one of the catalogue; UnknownKey for neither."""
    for own in facts.scenarios:
        if own.key == key:
            return as_scenario(own)
    if key not in catalogue.threats.scenarios:
        raise UnknownKey("scenario", key, [*catalogue.threats.scenarios, *(one.key for one in facts.scenarios)])
    return catalogue.threats.scenarios[key]


def as_scenario(own: OwnScenario) -> Scenario:
    """A scenario of one's own in the form of the catalogue's; what it rests on is the organisation itself."""
    return Scenario(
        key=own.key,
        number="own",
        title=own.title,
        tells=own.tells,
        actors=(),
        modes=own.modes,
        places=(),
        assets=own.assets,
        vulnerability=own.vulnerability,
        consequences={},
        countermeasures=tuple(_measure(one) for one in own.answers if isinstance(one.needs, ControlNeed)),
        likelihood=(),
        severity=(),
        source=Source("The organisation's own assessment", own.key, checked=date.min, sure=Sure.UNCONFIRMED),
    )


def _measure(answer: Answering) -> Countermeasure:
    assert isinstance(answer.needs, ControlNeed)
    return Countermeasure(Way(answer.way), answer.needs, _lowering(answer.likelihood), _lowering(answer.consequence))


def _lowering(shares: Range | None) -> Lowering | None:
    return None if shares is None else Lowering(Decimal(shares.low), Decimal(shares.high))
