"""Forms with lines of which a button brings more: it sends the form without anything being judged or kept."""

from __future__ import annotations

from django import forms
from django.forms.utils import ErrorDict

from safeconduct.server.journal.forms.widgets import MORE


class LinesForm(forms.Form):
    """A form of which some field may have several lines."""

    @property
    def has_lines(self) -> bool:
        """Whether a button for more lines stands on the form."""
        return any(bound.field.widget.template_name == "forms/lines.html" for bound in self)

    @property
    def asks_more_lines(self) -> bool:
        """Whether the form was sent only to get more lines: nothing is stored then."""
        return self.is_bound and MORE in self.data

    def full_clean(self) -> None:
        """Look at what was typed, except where only more lines are asked for: then nothing is wrong yet."""
        if self.asks_more_lines:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        """Whether it was sent to be kept, and nothing is wrong in it."""
        return not self.asks_more_lines and super().is_valid()
