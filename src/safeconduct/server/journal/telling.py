"""What an entry of the journal tells, in words: who did what, what the fact says, and what it said before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from safeconduct.core.errors import SafeconductError
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import shape_of
from safeconduct.server.accounts.rights import ORGANISATION_SECTION
from safeconduct.server.accounts.viewer import COMMAND_LINE
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.cells import shown
from safeconduct.server.journal.forms import label_of
from safeconduct.server.journal.queries import told_in
from safeconduct.server.journal.replay import WITHDRAW, record_of
from safeconduct.server.journal.verification import ERASE

if TYPE_CHECKING:
    from datetime import datetime

    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.journal.forms import FormGround
    from safeconduct.server.journal.queries import Entry

_DONE = {
    "begin-draft": "began a programme of the own",
    "change-draft": "changed the draft of a programme",
    "discard-draft": "discarded the draft of a programme",
    "publish-edition": "published an edition of a programme",
    "accept-alternative": "accepted an alternative measure",
    "ask-somebody": "asked somebody to put something right",
    "attach-evidence": "attached evidence",
    "check-certificate": "looked a certificate up",
    "close-action": "closed a corrective action",
    "confirm-answer": "confirmed an answer",
    "confirm-register": "confirmed a register",
    "confirm-row": "confirmed the source of a requirement",
    "decide-not-applicable": "decided that a requirement does not apply",
    "end-control": "ended a control in place",
    "enrol": "enrolled in a programme",
    "erase-person": "erased a person from a fact",
    "found-organisation": "founded the organisation",
    "give-answer": "gave an answer",
    "give-attestation": "gave an attestation",
    "give-reason": "gave a reason",
    "judge": "judged an outcome",
    "open-action": "opened a corrective action",
    "raise-finding": "raised a finding",
    "reach-stage": "moved an enrolment on",
    "give-role": "gave a person a role",
    "import": "brought a fact in from a file",
    "issue-token": "issued a token",
    "rename": "renamed the organisation",
    "revoke-token": "took a token back",
    "set-password": "set a person's password",
    "switch-edition": "switched to another edition",
    "take-role": "took a person's role away",
    "set-plan": "set a plan",
    "set-target": "set an own target",
    "undo-switch": "took a switch of edition back",
    ERASE: "erased personal data",
    WITHDRAW: "withdrew a fact",
}
OTHER_KINDS = {
    ORGANISATION_SECTION: "organisation",
    "members": "person's role",
    "tokens": "token",
    "own_programmes": "own programme",
}
"""What entries tell of besides facts, by section."""

_LABELS = {"why": "Why", "entries": "Entries", "key": "Key", "title": "Title", "digest": "Digest", "seen_by": "Seen by"}

type Told = list[tuple[str, Shown]]


def deed_done(deed: str, section: str) -> str:
    """What was done, after the name of whoever did it.

    >>> deed_done("attach-evidence", "evidence"), deed_done("record", "certificates"), deed_done("bring-in", "")
    ('attached evidence', 'recorded: certificate', 'did this: bring in')
    """
    if deed in _DONE:
        return _DONE[deed]
    kind = kind_of(section)
    if deed.partition("-")[0] == "record" and kind:
        return f"recorded: {kind}"
    return f"did this: {deed.replace('-', ' ')}" + (f", {kind}" if kind else "")


def actor_words(actor: str, names: Mapping[str, str]) -> str:
    """Who did something, at the head of a sentence; an erased person is the opaque key.

    >>> actor_words("k1", {"k1": "Sven"}), actor_words("command-line", {"command-line": "command line"})
    ('Sven', 'The command line')
    """
    name = names.get(actor, actor)
    return f"The {name}" if actor == COMMAND_LINE else name


def deed_name(deed: str) -> str:
    """A deed as a choice names it.

    >>> deed_name("attach-evidence")
    'attach evidence'
    """
    return deed.replace("-", " ")


def kind_of(section: str) -> str:
    """What sort of fact it is, inside a sentence; empty for the chain itself."""
    if section in FACT_KINDS:
        title = FACT_KINDS[section].title
        return title[:1].lower() + title[1:]
    return OTHER_KINDS.get(section, "")


def moment_words(moment: datetime) -> str:
    """A moment in the server's time zone: 24 Nov 2026, 09:05."""
    local = timezone.localtime(moment)
    return f"{day_text(local.date())}, {local:%H:%M}"


def told_by(ground: FormGround, entry: Entry) -> tuple[Told, Told]:
    """What an entry says, label by label: of things, and of persons. The key stands elsewhere."""
    record = _record(entry)
    if record is None:
        return _plain(told_in(entry.factual)), _plain(told_in(entry.personal or "{}"))
    things: Told = []
    persons: Told = []
    for member in shape_of(type(record)).members:
        if member.written == "key":
            continue
        value = shown(ground, member, getattr(record, member.name))
        if value is not None:
            about = persons if member.field.metadata.get("personal") else things
            about.append((label_of(section_of(record), member.written), value))
    return things, [] if entry.personal is None else persons


def changed_by(ground: FormGround, entry: Entry, before: Entry) -> list[tuple[str, Shown, Shown]]:
    """Which fields an entry changed, each with what it was and what it became."""
    was, now = _both(ground, before), _both(ground, entry)
    labels = dict.fromkeys([*was, *now])
    return [(label, was.get(label), now.get(label)) for label in labels if was.get(label) != now.get(label)]


def _both(ground: FormGround, entry: Entry) -> dict[str, Shown]:
    things, persons = told_by(ground, entry)
    return dict([*things, *persons])


def _record(entry: Entry) -> Any | None:
    """The record an entry stored; None where it stored none, or where it can no longer be read."""
    if entry.link.section not in FACT_KINDS or entry.link.deed == WITHDRAW:
        return None
    try:
        return record_of(entry)
    except SafeconductError:
        return None


def _plain(said: Mapping[str, Any]) -> Told:
    return [(_LABELS.get(name, name.replace("_", " ").capitalize()), _words(value)) for name, value in said.items()]


def _words(value: Any) -> Shown:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)
