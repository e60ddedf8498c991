"""Rows of drafts and of published editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from safeconduct.server.common.tenancy import Owned, OwnedManager

if TYPE_CHECKING:
    from safeconduct.server.common.tenancy import OfOrganisation

LONGEST_ID = 90


class Written(Owned):
    """The texts of one edition."""

    programme = models.CharField(max_length=LONGEST_ID, help_text="Key of the programme; begins with own-.")
    edition = models.CharField(max_length=LONGEST_ID, help_text="Year or version.")
    head = models.TextField(help_text="programme.yml: what the edition is and for whom.")
    rows = models.TextField(blank=True, help_text="requirements.yml: its rows.")
    about = models.TextField(blank=True, help_text="about.yml: what surrounds the rows; empty where nothing is told.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.programme}/{self.edition}"


class Draft(Written):
    """An edition that is still being written; seen by its organisation only."""

    changed = models.DateTimeField(help_text="When it was last changed.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "programme"], name="draft_once")]


class PublishedManager(OwnedManager["PublishedEdition"]):
    """Knows the one case in which rows of other organisations are read: what they published for all."""

    def seen_by(self, whose: OfOrganisation) -> models.QuerySet[PublishedEdition]:
        """The editions an organisation may enrol in, the oldest first: its own, and what others published for all."""
        all_rows: models.QuerySet[PublishedEdition] = models.QuerySet(self.model, using=self._db)
        return all_rows.filter(models.Q(organisation_id=whose.organisation_id) | models.Q(shared=True)).order_by("pk")


class PublishedEdition(Written):
    """An edition that holds: it is never changed and never taken back; what changes is a new edition."""

    digest = models.CharField(max_length=64, help_text="SHA-256 over names and content of its files.")
    shared = models.BooleanField(help_text="Whether every organisation of this server sees it, or only its own.")
    published = models.DateTimeField(help_text="When it was published.")
    actor = models.CharField(max_length=40, help_text="Opaque key of the person or program that published it.")

    objects: ClassVar[PublishedManager] = PublishedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "edition"], name="published_edition_once")
        ]
