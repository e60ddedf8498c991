"""What a leaf asks of its control, in one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.spoken import bound_words
from safeconduct.server.common.look.values import Quiet

if TYPE_CHECKING:
    from safeconduct.catalogue.titles import Titles
    from safeconduct.core.records.catalogue import Control
    from safeconduct.core.records.needs import ControlNeed
    from safeconduct.server.common.look.values import Shown


def reach(titles: Titles, control: Control, need: ControlNeed | None) -> Shown:
    """The elements and bounds of a leaf, in words; in the second ink where it only has to stand or is drawn on."""
    if need is None:
        return Quiet("only drawn on, or asked whether it is there")
    kept = [f"for {titles.elements_of(control, need.for_)}"] if need.for_ else []
    said = [bound_words(titles, control.parameters[name], bound) for name, bound in need.bounds]
    return "; ".join([*kept, *said]) or Quiet("that it stands")
