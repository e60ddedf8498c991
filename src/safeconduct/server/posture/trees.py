"""How a page reads a because-tree: what the keys are called, where they lead, and the box that mends the leaf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE, Finding, Kind, deciding_path
from safeconduct.server.common.links import address
from safeconduct.server.common.look.because import MendBox, Reading, mend_box
from safeconduct.server.common.look.values import Button
from safeconduct.server.journal.asking import ask_button
from safeconduct.server.posture.links import control_url, place_url, record_url, register_url, row_url
from safeconduct.server.posture.mending import button_for, may_mend

if TYPE_CHECKING:
    from safeconduct.core.judgement import Mend
    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.posture.names import Names
    from safeconduct.server.posture.overview import Overview

_REGISTERS = {
    Kind.CERTIFICATE: "certificates",
    Kind.PROOF: "proofs",
    Kind.REGISTER: "registers",
    Kind.CHECK: "checks",
    Kind.JUDGEMENT: "judgements",
    Kind.ANSWER: "answers",
    Kind.ALTERNATIVE: "alternatives",
    Kind.ACTION: "findings",
}


@dataclass(frozen=True)
class Tree:
    """Reads a tree for one viewer: that of a row, or of a risk, which is told by the address of its page."""

    overview: Overview
    names: Names
    row: RowJudgement | None
    viewer: Viewer
    page: str = ""

    @property
    def back(self) -> str:
        """The page to come back to."""
        return row_url(self.row) if self.row else self.page

    def reading(self) -> Reading:
        """The functions the look asks."""
        return Reading(title=self.title, url=self.url, kind=self.names.kind, mend=self.box)

    def title(self, finding: Finding) -> str:
        """What the node is about; a control inherited from above says from where."""
        title = self.names.finding(finding)
        recorded_at = finding.param("recorded_at")
        if finding.kind is Kind.CONTROL and recorded_at and recorded_at != finding.at:
            return f"{title} (recorded at {self.names.place(recorded_at)})"
        return title

    def url(self, finding: Finding) -> str:
        """Where the node leads: a control to what it proves, a record to itself."""
        match finding.kind:
            case Kind.CONTROL:
                return control_url(finding.subject.partition("[")[0])
            case Kind.MEMBER:
                return place_url(self.overview.snapshot, finding.at)
            case Kind.BOUND if finding.facts:
                return record_url(finding.facts[0])
            case Kind.EVIDENCE | Kind.OCCURRENCE | Kind.SAMPLE if finding.facts:
                return self._shown_url(finding.facts[0])
            case Kind.RECORD if finding.facts:
                section = "events" if finding.mend and finding.mend.deed == "weigh-event" else "attestations"
                return register_url(section, finding.facts[0])
            case Kind.EQUIVALENCE:
                return address("catalogue:equivalence", finding.subject)
            case kind if kind in _REGISTERS and finding.facts:
                return register_url(_REGISTERS[kind], finding.facts[0])
            case _:
                return ""

    def _shown_url(self, fact: str) -> str:
        """The control in place that a piece of evidence, a sample or an occurrence shows."""
        record = self.overview.shown.get(fact)
        return record_url(record) if record else ""

    def box(self, finding: Finding) -> MendBox | None:
        """The box at the leaf that decides: the deed, what else it moves, and its buttons."""
        mend = finding.mend
        if mend is None:
            return None
        button = button_for(mend, self.row, self.viewer, self.overview.snapshot, back=self.back)
        others = [
            one
            for one in self.overview.mended_by(mend.key)
            if one.row is not self.row and one.row.standing not in (MET, NOT_APPLICABLE)
        ]
        what = self.names.control(_subject(mend)) if mend.control else ""
        box = mend_box(finding, button.url if button else "", what=what, closes=len(others))
        if box is None:
            return None
        if button is None:
            ask = "" if may_mend(mend, self.viewer) else "Ask a security manager: your role does not record this."
            return MendBox(box.title, f"{box.detail} {ask}".strip())
        return MendBox(
            f"{button.text}: {what}" if what else button.text, box.detail, (button, *self._ask(finding, mend))
        )

    def _ask(self, finding: Finding, mend: Mend) -> tuple[Button, ...]:
        """A second way: somebody is asked to do or get it by a day, which a corrective action says."""
        asked = ask_button(self.viewer, mend, self.names.request(finding), back=self.back)
        if asked is not None:
            return (asked,)
        partner = mend.at in self.overview.snapshot.partners
        if not partner or mend.deed == "open-action" or not self.viewer.may_record_at("corrective_actions", mend.at):
            return ()
        url = address("registers:new", "corrective_actions", query={"mends": mend.at, "back": self.back})
        return (Button("Ask somebody to get it", url),) if url else ()


def _subject(mend: Mend) -> str:
    return f"{mend.control}[{mend.element}]" if mend.element else mend.control


def deciding_mend(finding: Finding) -> Mend | None:
    """What would mend the deepest finding on the deciding path that a record mends; None where all is well."""
    return next((one.mend for one in reversed(list(deciding_path(finding))) if one.mend), None)
