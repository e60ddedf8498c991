"""Rows that belong to one organisation, and the rule that nobody reads them without saying which.

`Row.objects.all()` and `.filter()` raise; `Row.objects.of(viewer)` is the only way in. What belongs to another
organisation is thereby never found, rather than found and refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from django.db import models


class TenancyError(RuntimeError):
    """Code tried to read an organisation's rows without naming the organisation: a fault of the program."""


@runtime_checkable
class OfOrganisation(Protocol):
    """Whoever knows its organisation: a viewer, an organisation, or a row of one."""

    @property
    def organisation_id(self) -> int:
        """Number of the organisation's row."""


class OwnedManager[Row: models.Model](models.Manager[Row]):
    """A manager that gives nothing before it knows whose rows are asked for."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Refuse: rows of all organisations together are never asked for."""
        raise TenancyError(f"{self.model.__name__}.objects needs .of(viewer) first")

    def of(self, whose: OfOrganisation) -> models.QuerySet[Row]:
        """The rows of one organisation."""
        return models.QuerySet(self.model, using=self._db).filter(organisation_id=whose.organisation_id)

    def insert(self, rows: list[Row], *, batch_size: int | None = None) -> None:
        """Store new rows that already name their organisation."""
        if any(getattr(row, "organisation_id", None) is None for row in rows):
            raise TenancyError(f"a new {self.model.__name__} does not say whose it is")
        all_rows: models.QuerySet[Any] = models.QuerySet(self.model, using=self._db)
        all_rows.bulk_create(rows, batch_size=batch_size)


class Owned(models.Model):
    """A row that belongs to one organisation. Every index of such a table starts with the organisation."""

    organisation = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="The organisation it belongs to.",
    )
    organisation_id: int

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta:
        abstract = True


def owned_models(models_of_all_apps: Iterable[type[models.Model]]) -> list[type[Owned]]:
    """Those models whose rows belong to one organisation."""
    return [model for model in models_of_all_apps if issubclass(model, Owned)]
