"""Whether the journal holds together, and what was known up to one of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeconduct.core.errors import Refusal
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Moved, Number, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.queries import Head, entry_asked
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.journal.telling import moment_words
from safeconduct.server.journal.verification import Verification, read_witness, verify

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.facts import Facts

_MOST = 50


class WitnessForm(forms.Form):
    """A head of the journal as it was printed somewhere else."""

    witness = forms.CharField(
        label="Witness",
        required=False,
        max_length=100,
        help_text="The head as an export or a report printed it: the number of the entry, a colon, 64 digits.",
    )

    def clean_witness(self) -> Head | None:
        """The head; none where none is given."""
        given: str = self.cleaned_data["witness"]
        try:
            return read_witness(given) if given else None
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None


@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Check the whole journal now, against a witness where one is given."""
    viewer = viewer_on(request)
    viewer.need(Right.READ_ALL)
    form = WitnessForm(request.GET or None)
    witness = form.cleaned_data["witness"] if form.is_valid() else None
    found = verify(viewer, witnesses=[witness] if witness else [])
    context = {
        "title": "Check of the journal",
        "trail": (Link("Journal", address("journal:list")), Link("Check")),
        "verdict": _verdict(found, witnessed=witness is not None),
        "boxes": _boxes(found),
        "problems": found.problems[:_MOST],
        "more": max(len(found.problems) - _MOST, 0),
        "form": form,
    }
    return render(request, "journal/verification.html", context, status=422 if form.errors else 200)


def _verdict(found: Verification, *, witnessed: bool) -> Verdict:
    entries = counted(found.head.seq, "entry fits", "entries fit")
    if not found.holds:
        problems = counted(len(found.problems), "thing does", "things do")
        return Verdict(("The journal does not hold.", f"{problems} not fit."), title="Check of the journal")
    against = "and it is the journal the witness knows" if witnessed else "and the registers say what it says"
    return Verdict(
        ("The journal holds.", f"{entries} the one before, {against}."),
        title="Check of the journal",
        lead="A chain alone cannot show that its tail was cut off or that all of it was written anew. A head printed "
        "earlier, in an export or a report, can: give it below.",
    )


def _boxes(found: Verification) -> tuple[Box, ...]:
    return (
        Box("Entries", Number(found.head.seq, address("journal:list"))),
        Box("Head", Ident(str(found.head)), "keep it outside as a witness"),
        Box("Checked", moment_words(timezone.now())),
        Box("Problems", len(found.problems)),
    )


@require_safe
def then(request: HttpRequest, seq: int) -> HttpResponse:
    """What was known up to and with an entry, beside what is known now."""
    viewer = viewer_on(request)
    viewer.need(Right.READ_ALL)
    found = entry_asked(viewer, seq)
    known, now = facts_as_known(viewer, seq=seq), snapshot_of(viewer).facts
    day = timezone.localtime(found.link.at).date()
    home = address("home")
    context = {
        "title": f"Known at entry {seq}",
        "trail": (
            Link("Journal", address("journal:list")),
            Link(f"Entry {seq:,}", address("journal:entry", str(seq))),
            Link("Known then"),
        ),
        "verdict": Verdict(
            _sentences(known, now),
            title=f"Known with entry {seq:,}, {moment_words(found.link.at)}",
            lead="The journal played forward to this entry. Facts withdrawn since then are still counted here.",
            buttons=(Button("Open the pages of that day", f"{home}?on={day.isoformat()}"),) if home else (),
        ),
        "table": _counts(known, now),
    }
    return render(request, "journal/then.html", context)


def _sentences(known: Facts, now: Facts) -> tuple[str, ...]:
    then_count, now_count = _size(known), _size(now)
    said = f"{counted(then_count, 'fact was', 'facts were')} known."
    if now_count == then_count:
        return (said, "Today as many are known.")
    change = now_count - then_count
    return (said, f"Today it is {abs(change)} {'more' if change > 0 else 'fewer'}.")


def _size(facts: Facts) -> int:
    return sum(len(facts.section(section)) for section in FACT_KINDS)


def _counts(known: Facts, now: Facts) -> Table:
    columns = (Column("Kind of fact"), Column("Then", numeric=True), Column("Now", numeric=True), Column("Change"))
    rows = []
    for section, kind in FACT_KINDS.items():
        before, after = known.section(section), now.section(section)
        if not before and not after:
            continue
        url = address("registers:section", section)
        rows.append(
            Row((Link(kind.title, url), len(before), Number(len(after), url), _change(len(before), len(after))))
        )
    return Table(columns, rows)


def _change(before: int, after: int) -> Moved | str:
    return "" if before == after else Moved("", before, after)
