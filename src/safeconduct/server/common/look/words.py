"""The words the look prints by itself: standings, kinds, days, numbers. Nothing here decides anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import Kind, Standing

if TYPE_CHECKING:
    from datetime import date

TONES = {
    Standing.MET: "met",
    Standing.PARTLY: "partly",
    Standing.UNKNOWN: "unknown",
    Standing.UNMET: "unmet",
    Standing.NOT_APPLICABLE: "na",
}
"""The short name by which styles and icons know a standing."""

STANDINGS = {
    Standing.MET: "MET",
    Standing.PARTLY: "PARTLY",
    Standing.UNKNOWN: "UNKNOWN",
    Standing.UNMET: "UNMET",
    Standing.NOT_APPLICABLE: "NOT APPLICABLE",
}

KINDS = {
    Kind.PROGRAMME: "Programme",
    Kind.REQUIREMENT: "Requirement",
    Kind.PART: "Part of the requirement",
    Kind.NEED: "Need",
    Kind.CONTROL: "Control",
    Kind.BOUND: "Bound",
    Kind.EVIDENCE: "Evidence",
    Kind.OCCURRENCE: "Evidence, occurrence",
    Kind.SAMPLE: "Evidence, sample",
    Kind.POPULATION: "Partners in scope",
    Kind.MEMBER: "Partner",
    Kind.CERTIFICATE: "Certificate",
    Kind.PROOF: "Proof",
    Kind.REGISTER: "Register",
    Kind.RECORD: "Look-back",
    Kind.CHECK: "Check",
    Kind.MEASURE: "Measure",
    Kind.JUDGEMENT: "Judgement",
    Kind.ANSWER: "Answer",
    Kind.ACTION: "Corrective action",
    Kind.CONDITION: "Condition",
    Kind.ALTERNATIVE: "Alternative measure",
    Kind.EQUIVALENCE: "Certificate in its place",
    Kind.SITE: "Site",
    Kind.RISK: "Risk",
}

DEEDS = {
    "accept-alternative": "Record its acceptance",
    "answer": "Answer it",
    "attach-evidence": "Attach evidence",
    "attest": "Record an attestation",
    "close-action": "Close the corrective action",
    "complete-partner": "Complete the partner",
    "confirm-answer": "Confirm the answer",
    "confirm-register": "Confirm the register",
    "confirm-row": "Confirm the source",
    "open-action": "Open a corrective action",
    "record-certificate": "Record a certificate",
    "record-check": "Record the check",
    "record-control": "Record the control",
    "record-event": "Record the event",
    "record-figure": "Record the figure",
    "record-flows": "Record the flows of goods",
    "record-judgement": "Record a judgement",
    "record-occurrence": "Record when it was done",
    "record-proof": "Record a proof",
    "record-sample": "Record a sample",
    "record-trait": "Record it in the profile",
    "record-trigger": "Record what happened",
    "record-value": "Record the value",
    "set-target": "Set our own number",
    "weigh-event": "Weigh the event",
}
"""What a button says for each deed that mends a finding: the deed and its object."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def deed_words(deed: str) -> str:
    """What a button says for a deed; a deed without words of its own is read out.

    >>> deed_words("record-sample"), deed_words("mend-fence")
    ('Record a sample', 'Mend fence')
    """
    return DEEDS.get(deed) or deed.replace("-", " ").capitalize()


def day_text(day: date) -> str:
    """A day as the product writes it, the same in every language and on every machine.

    >>> from datetime import date
    >>> day_text(date(2026, 11, 24))
    '24 Nov 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def relative(day: date, as_of: date) -> str:
    """How far a due day is from the day asked about; it stands beside the day and never replaces it.

    >>> from datetime import date
    >>> relative(date(2026, 11, 28), date(2026, 11, 24)), relative(date(2026, 10, 31), date(2026, 11, 24))
    ('in 4 days', '24 days late')
    """
    days = (day - as_of).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return f"in {grouped(days)} days" if days > 0 else f"{counted(-days, 'day', 'days')} late"


def grouped(number: int) -> str:
    """A whole number with its thousands set apart.

    >>> grouped(48213)
    '48,213'
    """
    return f"{number:,}"


def counted(number: int, one: str, many: str) -> str:
    """A number and its noun.

    >>> counted(1, "site", "sites"), counted(12, "site", "sites")
    ('1 site', '12 sites')
    """
    return f"{grouped(number)} {one if number == 1 else many}"


def shortened(text: str, length: int) -> str:
    """The text, cut at a word and ended by an ellipsis where it is longer than a picture has room for.

    >>> shortened("Seal log kept and compared", 15)
    'Seal log kept…'
    """
    if len(text) <= length:
        return text
    cut = text[:length].rsplit(" ", 1)[0] if " " in text[:length] else text[: length - 1]
    return f"{cut.rstrip(' ,;:·')}…"
