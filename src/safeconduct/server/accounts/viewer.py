"""Whoever acts or looks: a person in one organisation, a program with its token, or the command line."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.errors import NotAllowed
from safeconduct.server.accounts.rights import RECORDS, RIGHTS, Right, Role

COMMAND_LINE = "command-line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """One actor in one organisation.

    `actor` is the opaque key the journal keeps; `units` are the sites a site manager is limited to (empty and without
    meaning for the other roles); `name` is for the screen only.
    """

    actor: str
    organisation_id: int
    organisation_key: str
    organisation_title: str
    role: Role
    units: frozenset[str] = frozenset()
    name: str = ""

    @property
    def limited(self) -> bool:
        """Whether only the own sites are open."""
        return Right.READ_ALL not in RIGHTS[self.role]

    def may(self, right: Right) -> bool:
        """Whether the role has a right."""
        return right in RIGHTS[self.role]

    def may_record(self, section: str) -> bool:
        """Whether the role records facts of this section anywhere."""
        return self.may(Right.RECORD) and section in RECORDS[self.role]

    def may_record_at(self, section: str, unit: str) -> bool:
        """Whether a fact of this section may be recorded at this unit."""
        return self.may_record(section) and (not self.limited or unit in self.units)

    def need(self, right: Right) -> None:
        """Raise NotAllowed unless the role has the right."""
        if not self.may(right):
            raise NotAllowed(f"As {self.role.words.lower()} you may not {_DEEDS[right]}. Ask an administrator.")


_DEEDS = {
    Right.RECORD: "record facts",
    Right.IMPORT: "bring in a facts file",
    Right.EXPORT: "take all facts away",
    Right.ERASE: "erase a person's data",
    Right.PEOPLE: "change people, roles and tokens",
    Right.PROGRAMMES: "write programmes",
    Right.READ_ALL: "see everything",
}
