"""Our own style, script and pictures, named by their content once they are collected."""

from __future__ import annotations

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class NamedByContent(ManifestStaticFilesStorage):
    """Names with a digest after `collectstatic`; plain names before it (tests, a first look at the source)."""

    def stored_name(self, name: str) -> str:
        """The collected name of a file, or its own where nothing was collected yet."""
        return super().stored_name(name) if self.hashed_files else name
