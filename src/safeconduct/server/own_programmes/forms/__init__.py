"""What is asked of somebody who writes a programme."""

from __future__ import annotations

from safeconduct.server.own_programmes.forms.bounds import BoundsForm
from safeconduct.server.own_programmes.forms.heads import BeginForm, EditionForm, HeadForm, PublishForm, TextsForm
from safeconduct.server.own_programmes.forms.rows import RowForm

__all__ = ["BeginForm", "BoundsForm", "EditionForm", "HeadForm", "PublishForm", "RowForm", "TextsForm"]
