"""Who may do what: the one table of rights.

Reading needs no right of its own: every member reads, a site manager only what bears on the own sites.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from safeconduct.core.records.facts import FACT_KINDS


class Role(StrEnum):
    """What a person is in an organisation."""

    ADMINISTRATOR = "administrator"  # everything, people and tokens included
    SECURITY_MANAGER = "security-manager"  # all facts of the organisation
    SITE_MANAGER = "site-manager"  # what is recorded at the own sites
    AUDITOR = "auditor"  # reads everything, changes nothing

    @property
    def words(self) -> str:
        """The role as people say it."""
        return self.value.replace("-", " ").capitalize()


class Right(StrEnum):
    """Something that not everybody may do."""

    RECORD = "record"  # store and withdraw facts of the sections named in RECORDS
    IMPORT = "import"  # bring in a whole facts file
    EXPORT = "export"  # take all facts away in one file
    ERASE = "erase"  # erase the data of a person
    PEOPLE = "people"  # members, roles and tokens
    PROGRAMMES = "programmes"  # write programmes of one's own and publish them
    READ_ALL = "read-all"  # every fact, not only those that bear on the own sites


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.SECURITY_MANAGER: frozenset({Right.RECORD, Right.IMPORT, Right.EXPORT, Right.PROGRAMMES, Right.READ_ALL}),
    Role.SITE_MANAGER: frozenset({Right.RECORD}),
    Role.AUDITOR: frozenset({Right.EXPORT, Right.READ_ALL}),
}

ORGANISATION_SECTION = "organisation"
_ALL_SECTIONS = frozenset(FACT_KINDS) | {ORGANISATION_SECTION}
RECORDS: Mapping[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: _ALL_SECTIONS,
    Role.SECURITY_MANAGER: _ALL_SECTIONS,
    Role.SITE_MANAGER: frozenset(
        {"in_place", "evidence", "samples", "done", "findings", "corrective_actions", "incidents"}
    ),
    Role.AUDITOR: frozenset(),
}

# What a site manager sees, and only where it stands at an own site or at what the site belongs to.
SITE_SECTIONS = frozenset(
    {
        "units",
        "enrolments",
        "in_place",
        "evidence",
        "samples",
        "done",
        "triggers",
        "findings",
        "corrective_actions",
        "incidents",
        "judgements",
        "answers",
        "alternatives",
        "waivers",
        "not_applicable",
        "reasons",
        "row_confirmations",
    }
)
