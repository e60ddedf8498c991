"""What is refused of the risk assessment is refused by the API alike, with what to do, and nothing of it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.queries import facts_of, head_of
from tests.facts.checks.risk_cases import FINE, REFUSED
from tests.server.api.test_facts import caller

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_nothing_that_is_refused_is_stored(staged: Viewer) -> None:
    program = caller(staged, Role.SECURITY_MANAGER)
    before, head = facts_of(staged), head_of(staged)
    for case in REFUSED:
        record = {name: value for name, value in case.record.items() if name != "key"}
        answer = program.call("PUT", f"/facts/{case.section}/{case.record['key']}", record)
        told = answer.json()
        assert answer.status_code == 422, (case.name, told)
        assert case.code in [one["code"] for one in told["errors"]] or case.code == "refused", (case.name, told)
        assert all(one["what"] and one["field"] for one in told["errors"]), (case.name, told)
        assert any(case.do in one.get("do", "") for one in told["errors"]), (case.name, told)
    assert (facts_of(staged), head_of(staged)) == (before, head)


def test_without_the_mistakes_everything_is_stored(staged: Viewer) -> None:
    program = caller(staged, Role.SECURITY_MANAGER)
    for case in FINE:
        record = {name: value for name, value in case.record.items() if name != "key"}
        answer = program.call("PUT", f"/facts/{case.section}/new-{case.section.replace('_', '-')}", record)
        assert answer.status_code == 200, (case.name, answer.json())
