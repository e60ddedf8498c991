"""People, roles and tokens: who may change them, what stays in the journal, what a token opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from safeconduct.core.errors import NotAllowed, Refusal, Refusals, UnknownKey
from safeconduct.server.accounts.actions import (
    blank_user,
    create_organisation,
    create_user,
    note_failure,
    set_membership,
)
from safeconduct.server.accounts.models import ApiToken, SignInFailure, User
from safeconduct.server.accounts.queries import (
    choices_of,
    members_of,
    names_of,
    tokens_of,
    user_of,
    viewer_of,
    viewer_of_token,
)
from safeconduct.server.accounts.rights import RECORDS, RIGHTS, Right, Role
from safeconduct.server.journal.queries import Sought, head_of, journal_lines
from safeconduct.server.journal.verification import verify
from safeconduct.server.organisation.actions import (
    add_member,
    erase_member,
    issue_token,
    remove_member,
    revoke_token,
    set_member_password,
)
from tests.server.cast import PASSWORD, TODAY, Cast


def test_every_role_has_its_rights_and_its_sections() -> None:
    assert set(RIGHTS) == set(RECORDS) == set(Role)
    assert RIGHTS[Role.ADMINISTRATOR] == set(Right)
    assert Right.RECORD not in RIGHTS[Role.AUDITOR]
    assert RECORDS[Role.AUDITOR] == set()


def test_a_viewer_knows_role_organisation_and_sites_in_two_statements(
    cast: Cast, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        viewer = viewer_of(cast.people["mara"])
    assert viewer is not None
    assert (viewer.role, viewer.organisation_key, viewer.units) == (Role.SITE_MANAGER, "norholt", frozenset({"rtm"}))


def test_a_new_member_gets_an_account_a_role_and_an_entry(cast: Cast) -> None:
    anna = cast.viewer("anna")
    key = add_member(anna, "Kim@Norholt.example", role=Role.SITE_MANAGER, units=["ein"], password=PASSWORD)
    line = journal_lines(anna, Sought(section="members"))[0]
    assert (line.key, line.factual) == (key, {"role": "site-manager", "units": ["ein"]})
    assert line.personal == {"email": "kim@norholt.example"}
    assert "kim@norholt.example" in [member.email for member in members_of(anna)]


@pytest.mark.parametrize("name", ["sven", "mara", "otto"])
def test_only_administrators_change_people_and_tokens(name: str, cast: Cast) -> None:
    viewer, before = cast.viewer(name), head_of(cast.exporter_line)
    with pytest.raises(NotAllowed):
        add_member(viewer, "kim@norholt.example", role=Role.ADMINISTRATOR, password=PASSWORD)
    with pytest.raises(NotAllowed):
        remove_member(viewer, "otto@norholt.example")
    with pytest.raises(NotAllowed):
        issue_token(viewer, title="x", role=Role.ADMINISTRATOR, expires=TODAY)
    with pytest.raises(NotAllowed):
        revoke_token(viewer, "x")
    assert head_of(cast.exporter_line) == before


def test_sites_of_a_role_exist_and_belong_to_site_managers_only(cast: Cast) -> None:
    anna = cast.viewer("anna")
    with pytest.raises(UnknownKey):
        add_member(anna, "otto@norholt.example", role=Role.SITE_MANAGER, units=["nowhere"])
    with pytest.raises(Refusal, match="needs at least one site"):
        add_member(anna, "otto@norholt.example", role=Role.SITE_MANAGER)
    with pytest.raises(Refusal, match="not limited to sites"):
        add_member(anna, "otto@norholt.example", role=Role.AUDITOR, units=["rtm"])
    assert cast.viewer("otto").role is Role.AUDITOR


def test_the_last_administrator_stays(cast: Cast) -> None:
    anna = cast.viewer("anna")
    with pytest.raises(Refusal, match="last administrator"):
        remove_member(anna, "anna@norholt.example")
    with pytest.raises(Refusal, match="last administrator"):
        add_member(anna, "anna@norholt.example", role=Role.AUDITOR)
    add_member(anna, "sven@norholt.example", role=Role.ADMINISTRATOR)
    remove_member(anna, "anna@norholt.example")
    assert viewer_of(cast.people["anna"]) is None


def test_two_administrators_cannot_take_the_last_role_from_one_another(cast: Cast) -> None:
    """Both requests began while both were administrators."""
    anna, sven = cast.viewer("anna"), replace(cast.viewer("sven"), role=Role.ADMINISTRATOR)
    add_member(anna, "sven@norholt.example", role=Role.ADMINISTRATOR)
    add_member(anna, "sven@norholt.example", role=Role.SECURITY_MANAGER)
    with pytest.raises(Refusal, match=r"anna@norholt\.example is the last administrator"):
        add_member(sven, "anna@norholt.example", role=Role.AUDITOR)
    with pytest.raises(Refusal, match=r"anna@norholt\.example is the last administrator"):
        remove_member(sven, "anna@norholt.example")


def test_nobody_gets_a_role_through_an_account_that_others_made(cast: Cast) -> None:
    """Whoever makes an account first knows its password, and waits for a role to be given to it elsewhere."""
    add_member(cast.viewer("olga"), "kim@norholt.example", role=Role.AUDITOR, password=PASSWORD)
    before = head_of(cast.exporter_line)
    with pytest.raises(Refusal, match=r"kim@norholt\.example has an account in another organisation"):
        add_member(cast.viewer("anna"), "kim@norholt.example", role=Role.ADMINISTRATOR, password=PASSWORD)
    assert head_of(cast.exporter_line) == before
    add_member(cast.exporter_line, "kim@norholt.example", role=Role.AUDITOR)
    assert len(choices_of(User.objects.get(email="kim@norholt.example"))) == 2


def test_an_account_that_belongs_nowhere_begins_anew(cast: Cast) -> None:
    add_member(cast.viewer("olga"), "kim@norholt.example", role=Role.AUDITOR, password="known to olga")
    remove_member(cast.viewer("olga"), "kim@norholt.example")
    with pytest.raises(Refusals, match="too short"):
        add_member(cast.viewer("anna"), "kim@norholt.example", role=Role.AUDITOR)
    add_member(cast.viewer("anna"), "kim@norholt.example", role=Role.AUDITOR, password=PASSWORD)
    kim = User.objects.get(email="kim@norholt.example")
    assert (kim.check_password("known to olga"), kim.check_password(PASSWORD)) == (False, True)


def test_an_open_screen_is_not_enough_for_the_own_password(cast: Cast) -> None:
    with pytest.raises(Refusal, match="This is your own password"):
        set_member_password(cast.viewer("anna"), "anna@norholt.example", "another seal on it")


def test_a_person_of_another_organisation_is_no_member_to_remove(cast: Cast) -> None:
    for email in ("olga@outsider.example", "nobody@norholt.example"):
        with pytest.raises(UnknownKey):
            remove_member(cast.viewer("anna"), email)
    assert viewer_of(cast.people["olga"]) is not None


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("no address", PASSWORD, "is not an e-mail address"),
        ("kim@norholt.example", "short", "too short"),
        ("kim@norholt.example", "password123", "too common"),
        ("sven@norholt.example", PASSWORD, "already an account"),
    ],
)
def test_an_account_needs_an_address_and_a_good_password(email: str, password: str, says: str, cast: Cast) -> None:
    with pytest.raises(Refusals, match=says):
        create_user(email, password=password)
    assert User.objects.count() == len(cast.people)


def test_passwords_are_kept_as_argon2(db: None, settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # type: ignore[attr-defined]
    user = create_user("kim@norholt.example", password=PASSWORD)
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("key", ["", "Norholt", "a b", "-a", "norholt"])
def test_an_organisation_needs_a_free_and_plain_key(key: str, cast: Cast) -> None:
    with pytest.raises(Refusal):
        create_organisation(key)


def test_a_blanked_person_leaves_the_opaque_key_only(cast: Cast) -> None:
    sven = cast.people["sven"]
    blank_user(sven)
    assert names_of({sven.key}) == {}
    assert user_of("sven@norholt.example") is None
    assert not User.objects.get(key=sven.key).is_active


def test_a_token_speaks_for_its_role_and_sites_until_its_last_day(cast: Cast) -> None:
    anna, last = cast.viewer("anna"), date(2026, 12, 31)
    token = issue_token(anna, title="yard gate", role=Role.SITE_MANAGER, expires=last, units=["rtm"])
    viewer = viewer_of_token(token, on=last)
    assert viewer is not None
    assert (viewer.role, viewer.units, viewer.organisation_key) == (Role.SITE_MANAGER, frozenset({"rtm"}), "norholt")
    assert viewer_of_token(token, on=last + timedelta(days=1)) is None


def test_a_token_is_kept_as_a_digest_only(cast: Cast) -> None:
    token = issue_token(cast.viewer("anna"), title="x", role=Role.AUDITOR, expires=TODAY)
    secret = token.rsplit("_", 1)[1]
    kept = str(ApiToken.objects.values().get())
    entry = journal_lines(cast.viewer("anna"), Sought(section="tokens"))[0]
    assert secret not in kept
    assert secret not in str(entry)
    assert verify(cast.viewer("anna")).holds


@pytest.mark.parametrize("change", [str.upper, lambda token: token + "0", lambda token: "", lambda token: "sct_a_b"])
def test_a_token_that_differs_opens_nothing(change: object, cast: Cast) -> None:
    token = issue_token(cast.viewer("anna"), title="x", role=Role.AUDITOR, expires=TODAY)
    assert viewer_of_token(change(token), on=TODAY) is None  # type: ignore[operator]


def test_a_revoked_token_opens_nothing(cast: Cast) -> None:
    anna = cast.viewer("anna")
    token = issue_token(anna, title="x", role=Role.AUDITOR, expires=TODAY)
    key = tokens_of(anna)[0].key
    with pytest.raises(UnknownKey):
        revoke_token(cast.viewer("olga"), key)
    assert viewer_of_token(token, on=TODAY) is not None
    revoke_token(anna, key)
    assert viewer_of_token(token, on=TODAY) is None
    with pytest.raises(UnknownKey):
        revoke_token(anna, key)


def test_an_erased_member_is_gone_from_account_and_journal(cast: Cast) -> None:
    anna = cast.viewer("anna")
    key = add_member(anna, "kim@norholt.example", role=Role.AUDITOR, name="Kim Bos", password=PASSWORD)
    with pytest.raises(NotAllowed):
        erase_member(cast.viewer("sven"), "kim@norholt.example")
    note_failure("kim@norholt.example", "10.0.0.9")
    erase_member(anna, "kim@norholt.example")
    assert user_of("kim@norholt.example") is None
    assert not SignInFailure.objects.exists()
    assert [line.personal for line in journal_lines(anna, Sought(section="members", deed="give-role"))] == [None]
    assert [line.key for line in journal_lines(anna, Sought(section="members", deed="take-role"))] == [key]
    assert verify(anna).holds


def test_an_erased_member_of_two_organisations_keeps_the_account_for_the_other(cast: Cast) -> None:
    anna = cast.viewer("anna")
    add_member(cast.exporter_line, "olga@outsider.example", role=Role.AUDITOR)
    erase_member(anna, "olga@outsider.example")
    assert cast.viewer("olga").organisation_key == "outsider"


def test_an_administrator_sets_a_members_password_unless_it_opens_other_organisations(cast: Cast) -> None:
    anna, sven, new = cast.viewer("anna"), cast.people["sven"], "another seal on it"
    with pytest.raises(NotAllowed):
        set_member_password(cast.viewer("sven"), "otto@norholt.example", new)
    with pytest.raises(UnknownKey):
        set_member_password(anna, "olga@outsider.example", new)
    with pytest.raises(Refusals, match="too short"):
        set_member_password(anna, "sven@norholt.example", "short")
    set_member_password(anna, "sven@norholt.example", new)
    sven.refresh_from_db()
    assert sven.check_password(new)
    set_membership(sven, cast.outside.pk, role=Role.AUDITOR)
    with pytest.raises(Refusal, match="belongs to other organisations too"):
        set_member_password(anna, "sven@norholt.example", PASSWORD)
    sven.refresh_from_db()
    assert sven.check_password(new)


def test_a_role_may_be_given_anew(cast: Cast) -> None:
    set_membership(cast.people["mara"], cast.exporter.pk, role=Role.AUDITOR)
    assert (cast.viewer("mara").role, cast.viewer("mara").units) == (Role.AUDITOR, frozenset())
