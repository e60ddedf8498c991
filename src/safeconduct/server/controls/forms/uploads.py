"""The file of an evidence on a form: taken with the camera or chosen, and kept while other fields are mended."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from safeconduct.core.errors import Place, Refusal
from safeconduct.core.records.in_place import Attachment
from safeconduct.server.controls.actions import upload_file
from safeconduct.server.controls.files import Uploaded
from safeconduct.server.journal.forms import PlainField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import Form

    from safeconduct.server.accounts.viewer import Viewer

PHOTO, UPLOAD, KEPT = "photo", "upload", "kept_file"
_SALT = "safeconduct.controls.kept-file"
_OF_THE_FILE = frozenset({"file-too-large", "file-kind", "file-not-uploaded"})
TAKEN = ".pdf,.jpg,.jpeg,.png,.gif,.tif,.tiff,.webp,.heic,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv"


class UploadField(PlainField, forms.FileField):
    """A file; it is no part of what the form says of the fact, but goes with it."""

    def __init__(self, **more: Any) -> None:
        errors = {"empty": "The file is empty. Choose another.", "max_length": "The file's name is too long."}
        super().__init__(required=False, error_messages=errors, **more)

    def plain(self, value: Any) -> Any:
        """Nothing: the action keeps the file and names it."""
        return None


def upload_fields() -> dict[str, PlainField]:
    """Two ways to give one file: a phone's camera, or a file that is there already."""
    camera = forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    chosen = forms.FileInput(attrs={"accept": TAKEN})
    return {
        PHOTO: UploadField(label="Photo", widget=camera, help_text="On a phone this opens the camera."),
        UPLOAD: UploadField(label="Or a file", widget=chosen, help_text="PDF, picture, office document or plain text."),
    }


class GivenFile:
    """The one file that a form was given: sent now, or sent before and kept while something else was mended."""

    def __init__(self, form: Form, viewer: Viewer) -> None:
        self.form, self.viewer = form, viewer
        form.fields[KEPT] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.kept = self._read(str(form.data.get(KEPT, ""))) if form.is_bound else None

    @property
    def sent(self) -> Uploaded | None:
        """The file sent with this request."""
        cleaned: dict[str, Any] = self.form.cleaned_data
        upload: Uploaded | None = cleaned.get(PHOTO) or cleaned.get(UPLOAD)
        return upload

    @property
    def given(self) -> bool:
        """Whether there is one."""
        return self.sent is not None or self.kept is not None

    def refuse_two(self) -> None:
        """One piece of evidence has one file."""
        if self.form.cleaned_data.get(PHOTO) and self.form.cleaned_data.get(UPLOAD):
            text = "A photo and a file were both given. One piece of evidence has one file: attach the other one next."
            self.form.add_error(UPLOAD, ValidationError(text))

    def keep(self) -> None:
        """Keep a sent file while something else is mended, and have the form carry it along: browsers forget it."""
        upload = self.sent
        if upload is not None and not self.form.errors.get(self._field()):
            try:
                self.kept = upload_file(self.viewer, upload)
            except Refusal as refusal:
                self.form.add_error(self._field(), " ".join((refusal.what, refusal.why, refusal.do)).strip())
        if self.kept is not None:
            again: Any = copy(self.form.data)
            again[KEPT] = self._written(self.kept)
            self.form.data = again
            self.form[UPLOAD].help_text = f"{self.kept.name} is kept. Choose another one only to replace it."

    def placed(self, refusals: Iterable[Refusal]) -> list[Refusal]:
        """Refusals of the file at its field."""
        return [self._placed(one) if one.code in _OF_THE_FILE else one for one in refusals]

    def _placed(self, refusal: Refusal) -> Refusal:
        place = Place(field=self._field())
        return Refusal(refusal.what, why=refusal.why, do=refusal.do, place=place, code=refusal.code)

    def _field(self) -> str:
        return PHOTO if self.form.cleaned_data.get(PHOTO) else UPLOAD

    def _written(self, kept: Attachment) -> str:
        said = [self.viewer.organisation_key, kept.name, kept.sha256, kept.size, kept.media]
        return signing.dumps(said, salt=_SALT)

    def _read(self, text: str) -> Attachment | None:
        """A kept file as this server wrote it for this organisation; anything else is nothing."""
        try:
            organisation, name, sha256, size, media = signing.loads(text, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        mine = organisation == self.viewer.organisation_key
        return Attachment(name=name, sha256=sha256, size=size, media=media) if mine else None
