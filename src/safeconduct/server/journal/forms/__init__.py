"""Forms of facts, derived from the frozen records: what pages use.

`fact_form(viewer, section, request.POST or None, record=…, said=…, fixed=…, leave_out=…, more=…)` makes the form,
`form.stored(action)` stores what it says. `fields` has a field for every sort of value, `ThreeStates` and `Lines` the
widgets of several parts; a field's name is its path in the fact ("profile.no", "values.coverage").
"""

from __future__ import annotations

from safeconduct.server.journal.forms.choices import in_words
from safeconduct.server.journal.forms.fact_form import FactForm, fact_form
from safeconduct.server.journal.forms.fields import (
    ChoiceField,
    DayField,
    FlagField,
    LinesField,
    ListField,
    MapField,
    NumberField,
    PlainField,
    SetField,
    SeveralField,
    StatesField,
    TextField,
    WordsField,
)
from safeconduct.server.journal.forms.ground import FormGround, ground_of
from safeconduct.server.journal.forms.words import kind_words, label_of, one_of

__all__ = [
    "ChoiceField",
    "DayField",
    "FactForm",
    "FlagField",
    "FormGround",
    "LinesField",
    "ListField",
    "MapField",
    "NumberField",
    "PlainField",
    "SetField",
    "SeveralField",
    "StatesField",
    "TextField",
    "WordsField",
    "fact_form",
    "ground_of",
    "in_words",
    "kind_words",
    "label_of",
    "one_of",
]
