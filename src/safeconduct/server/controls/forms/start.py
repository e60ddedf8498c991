"""The first step of recording a control: which one, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.catalogue.titles import FAMILY_TITLES
from safeconduct.server.journal.forms import ground_of
from safeconduct.server.journal.forms.choices import places
from safeconduct.server.journal.forms.fields import CHOOSE, EMPTY, NOT_OFFERED
from safeconduct.server.journal.forms.offered import Choices

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.server.accounts.viewer import Viewer

_OPEN = "Asked by your programmes, not recorded yet"


class StartForm(forms.Form):
    """The control and the place. It only reads: it is sent in the address."""

    def __init__(self, viewer: Viewer, asked: Collection[str], data: Any) -> None:
        given = {name: data[name] for name in ("control", "at") if data.get(name)}
        sent = "control" in data or "at" in data
        super().__init__(given if sent and len(given) == 2 else None, initial=given)
        ground = ground_of(viewer, "in_place")
        recorded = {record.control for record in ground.snapshot.facts.in_place}
        self.lead = "Choose the control and the place. The next step asks what the catalogue knows of it."
        self.fields["control"] = _choice(
            "Control", _controls(ground.catalogue, [key for key in asked if key not in recorded])
        )
        self.fields["at"] = _choice("Where it stands", places(ground))

    @property
    def is_complete(self) -> bool:
        """Whether both are known."""
        return self.is_bound and self.is_valid()


def _choice(label: str, choices: Choices) -> forms.ChoiceField:
    errors = {"required": EMPTY, "invalid_choice": NOT_OFFERED}
    return forms.ChoiceField(choices=[CHOOSE, *choices], label=label, error_messages=errors)


def _controls(catalogue: Catalogue, open_ones: Collection[str]) -> Choices:
    """All controls by family; those that are asked and nowhere recorded first."""
    families: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for control in catalogue.controls.values():
        if control.replaced_by:
            continue
        families[_OPEN if control.key in open_ones else control.family].append((control.key, control.title))
    order = [family for family in (_OPEN, *FAMILY_TITLES) if family in families]
    return [
        (FAMILY_TITLES.get(family, family), sorted(families[family], key=lambda pair: pair[1].casefold()))
        for family in order
    ]
