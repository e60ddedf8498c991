"""Critical assets of a place, several at once: a question for each kind, and a line for what it is and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.risk import Asset, AssetKind
from safeconduct.server.journal.forms import TextField
from safeconduct.server.risk import actions
from safeconduct.server.sra.guide_rounds import unique
from safeconduct.server.sra.guide_words import PROMPTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer

_ASKED = (
    ("title", "What", ""),
    ("why", "Why it is critical", ""),
    ("worth", "Worth", ""),
)


class AssetsForm(forms.Form):
    """What is critical at a place: one line for each kind, all of them optional."""

    def __init__(self, place: str, data: Any = None) -> None:
        super().__init__(data)
        self.place = place
        for kind in AssetKind:
            for name, label, hint in _ASKED:
                self.fields[f"{kind.value}.{name}"] = TextField(label=label, help_text=hint, required=False)

    def groups(self) -> Iterator[tuple[str, str, list[forms.BoundField]]]:
        """By kind: its name, the question that helps, and its fields."""
        for kind, (title, prompt) in PROMPTS.items():
            yield title, prompt, [self[f"{kind.value}.{name}"] for name, *_ in _ASKED]

    def clean(self) -> dict[str, Any]:
        """What says why or what it is worth also says what it is; something is said at all."""
        found = self.cleaned_data
        for kind in AssetKind:
            said = [found.get(f"{kind.value}.{name}") for name, *_ in _ASKED]
            if any(said) and not said[0]:
                self.add_error(f"{kind.value}.title", "Say what it is.")
        if not any(found.values()):
            raise forms.ValidationError("Nothing is written yet. Name at least one asset.")
        return found

    def stored(self, viewer: Viewer, facts: Facts, place_title: str) -> tuple[Asset, ...] | None:
        """What was stored; None while something is to be mended, and then it stands at its field."""
        if not self.is_valid():
            return None
        found = list(self._assets(facts, place_title))
        kinds = {one.key: one.kind for one in found}
        try:
            return actions.record_assets(viewer, found)
        except Refusals as error:
            for refusal in error.refusals:
                self._refuse(refusal, kinds)
        return None

    def _assets(self, facts: Facts, place_title: str) -> Iterator[Asset]:
        taken = {one.key for one in facts.assets}
        for kind in AssetKind:
            said = {name: self.cleaned_data[f"{kind.value}.{name}"] for name, *_ in _ASKED}
            if said["title"]:
                key = unique(f"{said['title']} {place_title}", taken)
                taken.add(key)
                yield Asset(key=key, kind=kind, at=self.place, **said)

    def _refuse(self, refusal: Refusal, kinds: dict[str, AssetKind]) -> None:
        """At the field of the asset it is about: of one alone the place names only the field."""
        head, _, name = refusal.place.field.rpartition(".")
        key = head.removeprefix("assets[").removesuffix("]")
        kind = kinds.get(key) or next(iter(kinds.values()))
        told = " ".join(part for part in (refusal.what, refusal.why, refusal.do) if part)
        field = f"{kind.value}.{name}"
        self.add_error(field if field in self.fields else None, told)
