"""Forms of what shows a control in place: evidence, samples, occurrences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from safeconduct.core.dates import day_after
from safeconduct.core.records.in_place import By, ControlInPlace, Shown
from safeconduct.server.common.look.day import day_of
from safeconduct.server.controls.actions import attach_evidence
from safeconduct.server.controls.forms.uploads import GivenFile, upload_fields
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.forms import FactForm

if TYPE_CHECKING:
    from django.forms import ChoiceField, Field
    from django.http import HttpRequest

    from safeconduct.core.errors import Refusal
    from safeconduct.core.records.in_place import Evidence
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer

SHOWS_HINT = (
    "Design: a text, drawing or setting says so. Operation: it can be seen to work here. "
    "Effect: it can be seen to achieve its aim."
)
BY_HINT = "What somebody other than the owner looked at is verified."
_HINTS = {
    "title": "For example: guard instructions, signed by all guards.",
    "shows": SHOWS_HINT,
    "from": "The time it speaks for, not the day it was recorded.",
    "to": "On the day after, it no longer counts.",
}


class EvidenceForm(FactForm):
    """Evidence of one control in place, with a photo or a file."""

    def __init__(self, request: HttpRequest, viewer: Viewer, record: ControlInPlace, shows: Iterable[str]) -> None:
        day = day_of(request)
        super().__init__(
            viewer,
            "evidence",
            request.POST or None,
            files=request.FILES or None,
            said={"shows": list(shows), "from": day.isoformat(), "by": "self"},
            fixed={"of": record.key, "recorded": day.isoformat()},
            leave_out=("file",),
            more=upload_fields(),
        )
        self.file = GivenFile(self, viewer)
        say_what_evidence_is(self)
        self.order_fields(["photo", "upload", "title", "shows", "from", "to", "by", "document"])

    def record(self) -> Evidence | None:
        """The evidence, with a file kept from before."""
        found: Evidence | None = super().record()
        self.file.refuse_two()
        if self.errors or found is None:
            return None
        return found if self.file.sent else replace(found, file=self.file.kept)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Refusals of the file stand at the file."""
        super().refuse(self.file.placed(refusals))

    def stored(self, _action: Callable[[Any, Any], Any]) -> Evidence | None:
        """The evidence as stored, with the file sent."""
        found: Evidence | None = super().stored(
            lambda viewer, record: attach_evidence(viewer, record, upload=self.file.sent)
        )
        if found is None:
            self.file.keep()
        return found


def say_what_evidence_is(form: FactForm, prefix: str = "") -> None:
    """Hints that help two people to file the same paper the same way."""
    for name, hint in _HINTS.items():
        form.fields[f"{prefix}{name}"].help_text = hint
    say_who_looked(form.fields[f"{prefix}by"])


def say_who_looked(field: Field) -> None:
    """Who looked, in words: one's own look shows, somebody else's verifies."""
    cast("ChoiceField", field).choices = [(By.SELF.value, "the owner"), (By.OTHER.value, "somebody else")]
    field.help_text = BY_HINT


def kinds_asked(record: ControlInPlace, snapshot: Snapshot, shown: Iterable[Shown], day: date) -> list[str]:
    """The kinds that the control is to show and nothing shows on the day; all of them where everything is shown."""
    held = [one for one in snapshot.evidence.get(record.key, ()) if one.from_ <= day <= one.to]
    kinds = list(shown)
    missing = [kind for kind in kinds if not any(kind in one.shows for one in held)]
    return [kind.value for kind in missing or kinds]


def sample_form(viewer: Viewer, record: ControlInPlace, data: Any, day: date) -> FactForm:
    """The form of a sample; it begins where the last one ended."""
    said = {"from": _next_sample_begins(viewer, record, day), "to": day.isoformat(), "by": "self"}
    form = FactForm(viewer, "samples", data, said=said, fixed={"of": record.key})
    plan = record.plan
    if plan is not None:
        form.fields[
            "checked"
        ].help_text = f"Number of events checked. Our plan: every {plan.every}, at least {plan.at_least}."
    say_who_looked(form.fields["by"])
    return form


def _next_sample_begins(viewer: Viewer, record: ControlInPlace, day: date) -> str:
    ended = [one.to for one in snapshot_of(viewer).samples.get(record.key, ()) if one.to < day]
    begins = max([record.since, *(day_after(last) for last in ended)])
    return min(begins, day).isoformat()


def occurrence_form(viewer: Viewer, record: ControlInPlace, data: Any, day: date) -> FactForm:
    """The form of an occurrence: most often it was finished today."""
    said: Mapping[str, Any] = {"on": day.isoformat(), "by": "self"}
    form = FactForm(viewer, "done", data, said=said, fixed={"of": record.key})
    say_who_looked(form.fields["by"])
    return form
