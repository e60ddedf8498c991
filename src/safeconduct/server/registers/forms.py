"""The form that takes a fact away."""

from __future__ import annotations

from django import forms


class WithdrawForm(forms.Form):
    """Why a fact goes."""

    has_lines = False
    why = forms.CharField(
        label="Why it goes",
        help_text="For what should never have been recorded. What has ended gets a last day instead. "
        "The journal keeps the fact and this reason.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it goes; the journal keeps the reason."},
    )
