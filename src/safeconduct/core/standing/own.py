"""The organisation's own intervals for things that are no control: look-ups, visits, attestations, cures.

They are targets of controls the catalogue names in `own_targets`, so they are recorded, inherited and argued for like
every other own number.

Source: catalogue language, sections 5.1 (own re-check times) and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import Duration
from safeconduct.core.judgement import Mend
from safeconduct.core.records.needs import Renewal
from safeconduct.core.standing.ground import Ground, own_duration
from safeconduct.core.standing.layers import layers
from safeconduct.core.standing.shown import action_key

_WITHIN = "within"
_INTERVAL = "interval"


@dataclass(frozen=True)
class Allowed:
    """How old something may be on the day (None: the organisation set no time), and what would set it."""

    duration: Duration | None
    own: bool
    mend: Mend
    changes: tuple[date, ...]


def allowed(ground: Ground, need: str, element: str, unit: str, asked: Renewal | None) -> Allowed:
    """The issuer's time where it gives one, else the organisation's own target for that sort of need.

    `need` is a key of the catalogue's `own_targets` (proof, certificate, lookback, check, mended); `element` tells
    which kind, where the control is kept by kind.
    """
    control = ground.catalogue.controls[ground.catalogue.terms.own_targets[need]]
    found = layers(ground, control, element if control.by else "", unit)
    parameter = _WITHIN if _WITHIN in control.parameters else _INTERVAL
    record = found.nearest if found.records else None
    at = record.at if record else unit
    mend = Mend(
        key=f"{action_key(found, at)}/{parameter}",
        deed="set-target",
        at=at,
        control=control.key,
        element=found.element,
        record=record.key if record else "",
        detail=parameter,
    )
    if asked is not None and asked.at_most is not None:
        return Allowed(asked.at_most, own=False, mend=mend, changes=())
    target = found.target(parameter)
    return Allowed(own_duration(target.is_) if target else None, own=True, mend=mend, changes=found.changes)
