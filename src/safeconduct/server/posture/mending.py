"""From what would mend a finding to the page where a person does it.

One table says for each deed whose facts it records and which form it opens, filled in as far as the finding knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.judgement import Kind, Mend
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button
from safeconduct.server.common.look.words import deed_words
from safeconduct.server.posture.links import row_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safeconduct.core.judgement import Finding
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Asked:
    """What one button needs to know: the mend, the row it is for, the facts, and the page to come back to."""

    mend: Mend
    row: RowJudgement | None
    snapshot: Snapshot
    back: str

    @property
    def partner(self) -> str:
        """The partner it is about, or nothing."""
        return self.mend.at if self.mend.at in self.snapshot.partners else ""

    @property
    def entity(self) -> str:
        """The legal entity it is about; a partner's own."""
        partner = self.snapshot.partners.get(self.mend.at)
        return partner.of if partner else self.snapshot.entity_of(self.mend.at)

    def form(self, name: str, *args: str, **fields: str) -> str:
        """A form with some fields filled in, that comes back here; empty where there is no such page."""
        return address(name, *args, query={**fields, "back": self.back})

    def register(self, section: str, **fields: str) -> str:
        """The form of a new fact in a register."""
        return self.form("registers:new", section, **fields)

    def change(self, section: str, key: str, **fields: str) -> str:
        """The form of a fact that is there; of a new one where no key is known."""
        return self.form("registers:change", section, key, **fields) if key else self.register(section, **fields)


@dataclass(frozen=True, slots=True)
class Deed:
    """Whose facts a deed records, and the address of its form."""

    section: str
    url: Callable[[Asked], str]


def _record_control(asked: Asked) -> str:
    mend = asked.mend
    return asked.form("controls:record", control=mend.control, element=mend.element, at=mend.at)


def _record_value(asked: Asked) -> str:
    return asked.form("controls:change", asked.mend.record, field=asked.mend.detail)


def _set_target(asked: Asked) -> str:
    mend = asked.mend
    if not mend.record:
        return asked.form("controls:record", control=mend.control, element=mend.element, at=mend.at, target=mend.detail)
    if mend.detail == "plan":
        return asked.form("controls:plan", mend.record)
    return asked.form("controls:target", mend.record, parameter=mend.detail)


def _attach_evidence(asked: Asked) -> str:
    return asked.form("controls:attach", asked.mend.record, shows=asked.mend.detail)


def _record_occurrence(asked: Asked) -> str:
    return asked.form("controls:occurrence", asked.mend.record)


def _record_sample(asked: Asked) -> str:
    return asked.form("controls:sample", asked.mend.record)


def _open_action(asked: Asked) -> str:
    return asked.register("corrective_actions", mends=_to_mend(asked))


def _to_mend(asked: Asked) -> str:
    """The sample, finding or partner an action is opened for."""
    if asked.mend.control:
        return asked.mend.detail
    return asked.partner or asked.mend.record


def _close_action(asked: Asked) -> str:
    actions = asked.snapshot.actions.get(asked.mend.record, ())
    running = next((one.key for one in actions if one.closed is None), "")
    return asked.change("corrective_actions", running, **({} if running else {"mends": asked.mend.record}))


def _record_certificate(asked: Asked) -> str:
    return asked.register("certificates", holder=asked.mend.at, scheme=asked.mend.detail)


def _record_proof(asked: Asked) -> str:
    return asked.register("proofs", partner=asked.mend.at, kind=asked.mend.detail)


def _confirm_register(asked: Asked) -> str:
    return asked.register("registers", of=asked.mend.detail, unit=asked.mend.at)


def _attest(asked: Asked) -> str:
    kind, _, about = asked.mend.detail.partition("/")
    return asked.register("attestations", unit=asked.entity, kinds=kind, about=about)


def _complete_event(asked: Asked) -> str:
    """The event of a kind whose amount nobody recorded; a new one where each has its amount."""
    kind, unit = asked.mend.detail, asked.mend.at
    events = asked.snapshot.events.get((kind, unit), ())
    lacking = next((event.key for event in events if not event.amount), "")
    return asked.change("events", lacking, **({} if lacking else {"kind": kind, "unit": unit}))


def _record_check(asked: Asked) -> str:
    name, _, about = asked.mend.detail.partition("/")
    return asked.register("checks", list=name, unit=asked.entity, about=about, partner=asked.partner)


def _of_row(deed: str) -> Callable[[Asked], str]:
    """A form reached from the page of the requirement itself."""

    def url(asked: Asked) -> str:
        row = asked.row
        if row is None:
            return ""
        return asked.form(f"programmes:{deed}", row.enrolment, row.requirement.key, row.unit)

    return url


DEEDS = {
    "record-control": Deed("in_place", _record_control),
    "record-value": Deed("in_place", _record_value),
    "set-target": Deed("in_place", _set_target),
    "attach-evidence": Deed("evidence", _attach_evidence),
    "record-occurrence": Deed("done", _record_occurrence),
    "record-sample": Deed("samples", _record_sample),
    "open-action": Deed("corrective_actions", _open_action),
    "close-action": Deed("corrective_actions", _close_action),
    "record-certificate": Deed("certificates", _record_certificate),
    "record-proof": Deed("proofs", _record_proof),
    "confirm-register": Deed("registers", _confirm_register),
    "attest": Deed("attestations", _attest),
    "record-event": Deed("events", _complete_event),
    "weigh-event": Deed("events", lambda asked: asked.change("events", asked.mend.record)),
    "record-figure": Deed(
        "figures", lambda asked: asked.register("figures", unit=asked.mend.at, figure=asked.mend.detail)
    ),
    "record-check": Deed("checks", _record_check),
    "record-judgement": Deed("judgements", _of_row("judge")),
    "confirm-answer": Deed("answers", _of_row("answer")),
    "complete-partner": Deed("partners", lambda asked: asked.change("partners", asked.mend.record)),
    "record-trait": Deed(
        "units", lambda asked: asked.form("organisation:change-unit", asked.mend.at, trait=asked.mend.detail)
    ),
    "record-flows": Deed("enrolments", lambda asked: asked.change("enrolments", asked.mend.record)),
    "confirm-row": Deed("row_confirmations", _of_row("confirm-row")),
    "accept-alternative": Deed(
        "alternatives", lambda asked: asked.change("alternatives", asked.mend.record or asked.mend.detail)
    ),
    "alternative": Deed("alternatives", _of_row("alternative")),
    "waive": Deed("waivers", _of_row("waive")),
    "not-applicable": Deed("not_applicable", _of_row("not-applicable")),
    "reason": Deed("reasons", _of_row("reason")),
    "answer": Deed("answers", _of_row("answer")),
}
"""Every deed that mends something or decides about a row."""


def button_for(
    mend: Mend, row: RowJudgement | None, viewer: Viewer, snapshot: Snapshot, *, back: str = ""
) -> Button | None:
    """The button that mends: None where the viewer may not, or where nobody but time or the catalogue can.

    `back` is the page to come back to: the row's own unless another is named.
    """
    if not may_mend(mend, viewer):
        return None
    url = DEEDS[mend.deed].url(Asked(mend, row, snapshot, back or (row_url(row) if row else "")))
    return Button(_text(mend), url) if url else None


def may_mend(mend: Mend, viewer: Viewer) -> bool:
    """Whether the viewer may record what mends, at its place."""
    deed = DEEDS.get(mend.deed)
    return deed is not None and viewer.may_record_at(deed.section, mend.at)


def _text(mend: Mend) -> str:
    return "Set the sampling plan" if mend.deed == "set-target" and mend.detail == "plan" else deed_words(mend.deed)


_RENEWALS = {Kind.EVIDENCE: "attach-evidence", Kind.OCCURRENCE: "record-occurrence", Kind.SAMPLE: "record-sample"}


def renewal_of(finding: Finding, shown: Mapping[str, str]) -> Mend | None:
    """What renews a finding that still stands, before it runs out; `shown` tells which record each fact shows."""
    record = next((shown[fact] for fact in finding.facts if fact in shown), "")
    deed = _RENEWALS.get(finding.kind)
    if deed is None or not record:
        return None
    control, _, detail = finding.subject.partition("/")
    return Mend(f"renewal:{record}", deed, finding.at, control=control, record=record, detail=detail)
