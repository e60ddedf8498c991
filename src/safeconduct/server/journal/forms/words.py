"""What a form calls the fields of a fact; the hint under a field is the record's own help text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from safeconduct.core.records.facts import FACT_KINDS

LABELS: Mapping[str, str] = {
    "about": "Whom it concerns",
    "accepted_by": "Accepted by",
    "applied": "Day of application",
    "at": "Where",
    "by": "By whom",
    "checked": "Looked up on",
    "closed": "Done on",
    "confirm_by": "First confirmation due",
    "confirmed": "Confirmed on",
    "confirmed_on": "Confirmed on",
    "decided": "Final decision on",
    "domestic": "In the entity's own country",
    "due": "Due",
    "endorsed_by": "Given by",
    "entity": "Legal entity",
    "financial_year_end": "Financial year ends",
    "flows": "Trade flows",
    "for": "Element",
    "found": "Found on",
    "founded": "Founded on",
    "from": "First day",
    "given": "Given on",
    "identifiers": "Registration numbers",
    "in": "Belongs to",
    "key": "Short key",
    "mends": "What it puts right",
    "on": "Day",
    "opened": "Opened on",
    "outsourced": "Does part of the entity's own chain",
    "profile.no": "Does not exist here",
    "redo": "Control to be done again",
    "rests_on": "Controls it rests on",
    "since": "Since",
    "state_since": "Suspended or withdrawn since",
    "text": "In words",
    "title": "Name",
    "to": "Last day",
    "unit": "Legal entity",
    "until": "Last day",
    "variant": "Kind of status sought",
    "why": "Why",
    "year_end": "Last day of the year",
}
"""Labels of fields whose name alone would not do; others read as they are written."""

LABELS_OF: Mapping[tuple[str, str], str] = {
    ("answers", "due"): "Next confirmation due",
    ("answers", "text"): "How we meet it",
    ("certificates", "state"): "What the issuer says of it",
    ("checks", "on"): "Looked up on",
    ("corrective_actions", "text"): "What is to be done",
    ("enrolments", "key"): "Short key",
    ("enrolments", "sites"): "Sites in scope",
    ("enrolments", "flows.from"): "From countries",
    ("enrolments", "flows.to"): "To countries",
    ("enrolments", "stages.on"): "Began on",
    ("evidence", "title"): "What it is",
    ("events", "found"): "Found on",
    ("events", "on"): "Day of the act",
    ("events", "kind"): "What happened",
    ("findings", "about"): "Partner, sample or record concerned",
    ("findings", "of"): "Control in whose running it was found",
    ("findings", "text"): "What was found",
    ("incidents", "attempted"): "Tried and failed",
    ("incidents", "harmed"): "Persons killed or badly hurt",
    ("incidents", "loss"): "Cost",
    ("incidents", "on"): "Happened on",
    ("lanes", "from"): "From country",
    ("lanes", "to"): "To country",
    ("lanes", "trips"): "Trips a year",
    ("lanes", "unit"): "Guarded by",
    ("objectives", "closed"): "Given up or closed on",
    ("objectives", "since"): "Set on",
    ("overrides", "by"): "Set by",
    ("partners", "of"): "Partner of",
    ("registers", "of"): "Which list",
    ("registers", "unit"): "Whose list",
    ("risk_assessments", "bearable"): "Bearable up to",
    ("risk_assessments", "entity"): "Made for",
    ("risks", "excluded"): "Left out, because",
    ("risks", "harm.high"): "Persons killed or badly hurt, at most",
    ("risks", "harm.low"): "Persons killed or badly hurt, at least",
    ("risks", "likelihood.high"): "Times a year without controls, at most",
    ("risks", "likelihood.low"): "Times a year without controls, at least",
    ("risks", "loss.high"): "One event costs at most",
    ("risks", "loss.low"): "One event costs at least",
    ("samples", "checked"): "Events checked",
    ("samples", "conforming"): "Events that conform",
    ("samples", "population"): "Events in the period",
    ("treatments", "decided"): "Decided on",
    ("treatments", "until"): "Holds until",
    ("units", "until"): "Last day",
}
"""Labels that one kind of fact gives a field."""

# "self, auditor or authority." stands open as choices already.
_ONLY_WORDS = re.compile(r"[a-z]+(?:, [a-z]+)* or [a-z]+\.|design, operation, effect\.")
_WITHOUT_ARTICLE = frozenset({"evidence"})
_IN_SENTENCES = {
    "findings": "finding",
    "not_applicable": "decision that a row does not apply",
    "reasons": "reason",
    "checks": "list look-up",
}

HINTS: Mapping[tuple[str, str], str] = {
    ("partners", "key"): "Permanent; left empty, it is made from the name.",
    ("units", "key"): "Permanent; left empty, it is made from the name.",
    ("enrolments", "key"): "Permanent; left empty, it is made from entity and programme.",
}


def label_of(section: str, name: str) -> str:
    """What a form calls a field, by its name in files.

    >>> label_of("proofs", "on"), label_of("checks", "on"), label_of("partners", "country")
    ('Day', 'Looked up on', 'Country')
    """
    last = name.rpartition(".")[2]
    return LABELS_OF.get((section, name)) or LABELS.get(name) or LABELS.get(last) or last.replace("_", " ").capitalize()


def hint_of(section: str, name: str, help_text: str) -> str:
    """What stands under a field: its own hint, else the record's help text where that says more than the label.

    >>> hint_of("judgements", "why", "Reasons."), hint_of("waivers", "until", "Last day.")
    ('Reasons.', '')
    """
    own = HINTS.get((section, name))
    if own is not None:
        return own
    text = help_text.replace("; refused when empty", "")
    said_already = text.rstrip(".").casefold() == label_of(section, name).casefold()
    return "" if said_already or _ONLY_WORDS.fullmatch(text) else text


def one_of(section: str) -> str:
    """One fact of a section with its article.

    >>> one_of("registers"), one_of("evidence"), one_of("enrolments")
    ('a register confirmation', 'evidence', 'an enrolment')
    """
    words = kind_words(section)
    if section in _WITHOUT_ARTICLE:
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def kind_words(section: str) -> str:
    """One fact of a section, inside a sentence.

    >>> kind_words("registers")
    'register confirmation'
    """
    if section in _IN_SENTENCES:
        return _IN_SENTENCES[section]
    title = FACT_KINDS[section].title
    return title[:1].lower() + title[1:]
