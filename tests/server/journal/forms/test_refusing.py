"""Refusals of the rules for facts, as a form says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from safeconduct.core.errors import Place, Refusal
from safeconduct.server.journal.forms import fact_form
from safeconduct.server.journal.forms.refusing import place_words, refused_words

if TYPE_CHECKING:
    from tests.server.cast import Cast

EVENT = Refusal(
    "The event has `weight` but no `weighed_by`.",
    why="Both count.",
    do="Add `weighed_by`.",
    place=Place(field="weight"),
)
STATE = Refusal("A day needs a state.", do="Write `state: suspended`, or remove `state_since`.")
OPENED = Refusal("Corrective action 'new': `due` on 2026-11-01 is before `opened` on 2026-11-24.")
FOUND = Refusal("Corrective action 'new': `closed` on 2026-11-01 is before `opened` on 2026-11-24.")
PLAIN = Refusal("`95 %` is no number, `2026-07-01` neither.", do="Write it as `12 months`.")


@pytest.mark.parametrize(
    ("section", "refusal", "told"),
    [
        ("events", EVENT, "The event has Weight but no Who weighed it. Both count. Add Who weighed it."),
        (
            "certificates",
            STATE,
            "A day needs a state. Write What the issuer says of it: suspended, or remove Suspended or withdrawn since.",
        ),
        ("corrective_actions", OPENED, "Due on 1 Nov 2026 is before Opened on 24 Nov 2026."),
        ("corrective_actions", FOUND, "Done on 1 Nov 2026 is before Opened on 24 Nov 2026."),
        ("certificates", PLAIN, "95 % is no number, 2026-07-01 neither. Write it as 12 months."),
    ],
)
def test_fields_are_called_by_their_labels_and_days_are_written_out(
    cast: Cast, section: str, refusal: Refusal, told: str
) -> None:
    fields: Any = fact_form(cast.viewer("sven"), section).fields
    if "weighed_by" in fields:
        fields["weighed_by"].label = "Who weighed it"
    assert refused_words(refusal, section, fields) == told


def test_a_key_is_called_by_the_words_of_its_choice(cast: Cast) -> None:
    fields: Any = fact_form(cast.viewer("sven"), "checks").fields
    refusal = Refusal("'h1' is no partner of it.", do="Write `unit: nl`.", place=Place(field="partner"))
    assert refused_words(refusal, "checks", fields).endswith("Write Legal entity: Norholt NL.")


def test_a_place_without_a_field_is_called_by_its_label_where_it_is_of_the_fact(cast: Cast) -> None:
    fields: Any = fact_form(cast.viewer("sven"), "certificates", leave_out=("to",)).fields
    assert place_words("to", "certificates", fields) == "Last day"
    assert place_words("in_place[c-1].values.coverage", "certificates", fields) == "in_place[c-1].values.coverage"
