"""The short form that asks somebody to put right what a control lacks at a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import Place, Refusal
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.server.common.clock import today
from safeconduct.server.journal.forms import FactForm
from safeconduct.server.operations.actions import ask_somebody

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

USUAL_DAYS = 30
_TO_COME = "to-come"
_PLACED = re.compile(r"^(?P<section>findings|corrective_actions)\[[^\]]*\]\.?(?P<field>.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be put right: of which control, where, in which record where there is one, and in words."""

    control: str
    at: str
    record: str = ""
    text: str = ""


class AskForm(FactForm):
    """What, who and until when; stored as a finding and the corrective action that puts it right."""

    def __init__(self, viewer: Viewer, wanted: Wanted, data: Any = None) -> None:
        self.wanted, self.day = wanted, today()
        super().__init__(
            viewer,
            "corrective_actions",
            data,
            said={"text": wanted.text, "due": (self.day + timedelta(days=USUAL_DAYS)).isoformat()},
            fixed={"mends": _TO_COME, "opened": self.day.isoformat()},
            leave_out=("key", "closed"),
        )
        for name, label in (("text", "What is to be done"), ("owner", "Who does it"), ("due", "By which day")):
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].required = True
        self.order_fields(["text", "owner", "due"])

    def stored(self, _action: Callable[[Any, Any], Any]) -> CorrectiveAction | None:
        """The action as stored with its finding; both or neither."""
        found: CorrectiveAction | None = super().stored(
            lambda viewer, action: ask_somebody(viewer, self._raised(action.text), action)
        )
        return found

    def _raised(self, text: str) -> RaisedFinding:
        wanted = self.wanted
        return RaisedFinding(
            key="",
            of=wanted.control,
            at=wanted.at,
            about=wanted.record,
            on=self.day,
            text=text,
            by=self.viewer.name,
        )

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Refusals of either fact at the field that says it; the finding does not stand before both are stored."""
        placed = (_at_own_field(one) for one in refusals)
        super().refuse(one for one in placed if one.place.field != "mends")


def _at_own_field(refusal: Refusal) -> Refusal:
    found = _PLACED.match(refusal.place.field)
    if found is None:
        return refusal
    place = Place(field=found["field"])
    return Refusal(refusal.what, why=refusal.why, do=refusal.do, place=place, code=refusal.code)
