"""The form of one fact: its fields follow from the record, what it says becomes a record, refusals stand at fields.

`fact_form(viewer, section, data)` makes it; `form.stored(action)` gives the stored record, or None while something is
to be mended: then every problem stands at its field, all at once, and nothing that was typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from safeconduct.catalogue.marked import Refusing
from safeconduct.catalogue.plain import as_node
from safeconduct.core.errors import Changed, Refusal, Refusals
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.codec import personal_fields, shape_of, to_plain
from safeconduct.facts.shapes import REFUSED, Reading
from safeconduct.server.common.catalogue_in_use import need_reader_in_use
from safeconduct.server.journal.actions import problems_of
from safeconduct.server.journal.forms.building import fields_of
from safeconduct.server.journal.forms.fields import PlainField
from safeconduct.server.journal.forms.ground import ground_of
from safeconduct.server.journal.forms.lines import LinesForm
from safeconduct.server.journal.forms.naming import free_key
from safeconduct.server.journal.forms.refusing import place_words, refused_words
from safeconduct.server.journal.unchanged import state_of, unchanged

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from safeconduct.server.accounts.viewer import Viewer

AS_READ = "as_read"
"""Hidden: the digest of the record when the form was opened, so that nobody overwrites what another one changed."""

_FIRST_STEP = re.compile(r"[^.\[]+")

_DAYS_OF_TODAY = {
    "attestations": ("given",),
    "checks": ("on",),
    "corrective_actions": ("opened",),
    "enrolments": ("since",),
    "findings": ("on",),
    "judgements": ("on",),
    "not_applicable": ("on",),
    "proofs": ("on",),
    "reasons": ("on",),
    "registers": ("confirmed",),
    "row_confirmations": ("on",),
}
"""Days that are most often the day they are recorded: offered, and open to change."""

_OWN_NAME = "by"
"""The field that names whoever looked, judged or confirmed: most often the one who records it."""


class FactForm(LinesForm):
    """A form for one fact of a section, new or in place of a recorded one.

    `said` prefills fields by their path; `fixed` are plain values the page gives and nobody is asked for; `leave_out`
    are paths that are not asked (a changed record keeps what it says there); `more` are further fields by path.
    """

    def __init__(
        self,
        viewer: Viewer,
        section: str,
        data: Any = None,
        *,
        files: MultiValueDict[str, Any] | None = None,
        record: Any | None = None,
        said: Mapping[str, Any] | None = None,
        fixed: Mapping[str, Any] | None = None,
        leave_out: Collection[str] = (),
        more: Mapping[str, PlainField] | None = None,
    ) -> None:
        self.viewer, self.section, self.before = viewer, section, record
        self.kind = FACT_KINDS[section]
        self.fixed = dict(fixed or {})
        self.recorded: dict[str, Any] = to_plain(record) if record is not None else {}
        self.told = {**_flat(self.recorded), **dict(said or {}), **_flat(self.fixed)}
        super().__init__(data, files)
        self.ground = ground_of(viewer, section, self._says)
        self.fields.update(self._fields(set(leave_out), dict(more or {})))
        if record is not None:
            self.fields[AS_READ] = forms.CharField(widget=forms.HiddenInput, initial=state_of(record), required=False)

    def _fields(self, left_out: Collection[str], more: Mapping[str, PlainField]) -> dict[str, forms.Field]:
        unasked = {*left_out, *_flat(self.fixed)} | ({"key"} if self.before is not None else set())
        derived = fields_of(shape_of(self.kind.record), self.ground)
        found: dict[str, forms.Field] = {path: field for path, field in derived if not _inside(path, unasked)}
        found |= more
        if "key" in found:
            found["key"] = found.pop("key")  # what people rarely choose comes last
        for path, field in found.items():
            if (first := self._initial(path, field)) is not None:
                field.initial = first
        return found

    def _initial(self, path: str, field: forms.Field) -> Any:
        """What the field shows first: what was given or recorded, else the record's default, else a likely one."""
        if path in self.told:
            return _as_list(self.told[path], field)
        if self.before is None:
            if path in _DAYS_OF_TODAY.get(self.section, ()):
                return self.ground.day.isoformat()
            if path == _OWN_NAME and _OWN_NAME in personal_fields(self.kind.record):
                return self.viewer.name
        member = next((one for one in shape_of(self.kind.record).members if one.written == path), None)
        return member.shape.write(member.default) if member and not member.required and member.default else None

    def _says(self, path: str) -> Any:
        """What the form says of a field: typed, else given or recorded."""
        typed = self.data.get(path) if self.is_bound else None
        return typed or self.told.get(path)

    def plain(self) -> dict[str, Any]:
        """What the form says as the plain form of its fact; fields in error say nothing."""
        asked = {name for name in self.fields if name != AS_READ}
        found = {path: value for path, value in _flat(self.recorded).items() if not _covers(asked, path)}
        found |= _flat(self.fixed)
        for path, field in self.fields.items():
            if path not in self.cleaned_data or not isinstance(field, PlainField):
                continue
            value = field.plain(self.cleaned_data[path])
            if value is not None:
                found[path] = value
        return self.adjusted(_nested(found))

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The plain form after what several fields say together; a form of its own kind says more here."""
        return plain

    def record(self) -> Any | None:
        """The record, or None with every problem at its field."""
        self.full_clean()
        plain, refusing = self.plain(), Refusing("")
        plain.setdefault("key", self.before.key if self.before is not None else free_key(self.ground, plain))
        reading = Reading(refusing, need_reader_in_use(), stand_ins=True)
        given = {"key": plain.pop("key")}
        record = shape_of(self.kind.record).read(as_node(plain), "", reading, given=given)
        wrong = set(self.errors)
        self.refuse(one for one in refusing.problems if self._field_of(one.place.field) not in wrong)
        self._refuse_if_changed()
        if not self.errors and record is not REFUSED:
            return record
        if record is not REFUSED:
            self._refuse_by_rules(record)
        return None

    def stored(self, action: Callable[[Viewer, Any], Any]) -> Any:
        """What the action stored, or None with every problem at its field. Raises NotAllowed without the right."""
        record = self.record()
        if record is None:
            return None
        try:
            if self.before is None:
                return action(self.viewer, record)
            with unchanged(self.viewer, self.section, self.before.key, read=state_of(self.before)):
                return action(self.viewer, record)
        except Changed as error:
            self._say_changed(error.now)
        except Refusals as error:
            self.refuse(error.refusals)
        except Refusal as error:
            self.refuse([error])
        return None

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal at its field; one that belongs to no field of the form stands above all."""
        for refusal in refusals:
            name = self._field_of(refusal.place.field)
            text = refused_words(refusal, self.section, self.fields)
            if name is None and refusal.place.field:
                text = f"{place_words(refusal.place.field, self.section, self.fields)}: {text}"
            if text not in self.errors.get(name or NON_FIELD_ERRORS, ()):
                self.add_error(name, text)

    def _field_of(self, place: str) -> str | None:
        """The form's field that a place belongs to: the longest path that leads there, else the first one inside it."""
        found = [path for path in self.fields if _leads_to(path, place)]
        inside = (path for path in self.fields if place and path.startswith(f"{place}."))
        return max(found, key=len, default=None) or next(inside, None)

    def _refuse_by_rules(self, record: Any) -> None:
        """What the rules for facts would refuse besides, for the fields that are not wrong already."""
        wrong = set(self.errors)
        keyed = record if record.key else replace(record, key="new")
        for problem in problems_of(self.ground.viewer, keyed, self.ground.snapshot.facts):
            own = (problem.section, problem.key) == (self.section, keyed.key)
            if own and self._field_of(problem.field) not in wrong:
                self.refuse([_at_field(problem.refusal(), problem.field)])

    def _refuse_if_changed(self) -> None:
        if self.before is None or not (read := self.data.get(AS_READ)):
            return
        if read != (now := state_of(self.before)):
            self._say_changed(now)

    def _say_changed(self, now: str) -> None:
        """Say that somebody else changed the record; sent again, the form puts what it says in place of that."""
        self.add_error(
            None,
            "Somebody changed this record since you opened it, and nothing was stored. What you typed stands below; "
            "compare it with the record as it is now, then send it again to put it in its place.",
        )
        again: Any = copy(self.data)
        again[AS_READ] = now
        self.data = again


def fact_form(viewer: Viewer, section: str, data: Any = None, **more: Any) -> FactForm:
    """The form for a fact of a section; see `FactForm` for what may be given."""
    return FactForm(viewer, section, data, **more)


def _at_field(refusal: Refusal, field: str) -> Refusal:
    place = replace(refusal.place, field=field)
    return Refusal(refusal.what, why=refusal.why, do=refusal.do, place=place, code=refusal.code)


def _flat(plain: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Every entry by its path, mappings both whole and by their members."""
    found: dict[str, Any] = {}
    for name, value in plain.items():
        path = f"{prefix}{name}"
        found[path] = value
        if isinstance(value, Mapping):
            found |= _flat(value, f"{path}.")
    return found


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Entries by path as nested mappings. A shorter path comes first, so that its members join it."""
    plain: dict[str, Any] = {}
    for path in sorted(flat, key=lambda one: one.count(".")):
        *outer, name = path.split(".")
        holder = plain
        for step in outer:
            inner = holder.get(step)
            holder[step] = dict(inner) if isinstance(inner, Mapping) else {}
            holder = holder[step]
        holder[name] = flat[path]
    return plain


def _inside(path: str, others: Collection[str]) -> bool:
    return any(path == one or path.startswith(f"{one}.") for one in others)


def _covers(asked: Collection[str], path: str) -> bool:
    """Whether a field of the form speaks for a recorded entry: the entry itself, one inside it, or what holds it."""
    return _inside(path, asked) or any(one.startswith(f"{path}.") for one in asked)


def _leads_to(path: str, place: str) -> bool:
    return place == path or place.startswith((f"{path}.", f"{path}["))


def _as_list(value: Any, field: forms.Field) -> Any:
    """A single word in a request's address, for a field that takes several."""
    several = isinstance(field, forms.MultipleChoiceField) or hasattr(field, "lines_of")
    return [value] if several and isinstance(value, str) else value
