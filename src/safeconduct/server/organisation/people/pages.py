"""The people of the organisation: who they are, what they may do, and whether they may still come in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.errors import UnknownKey
from safeconduct.server.accounts.passwords import made_password
from safeconduct.server.accounts.queries import Member, belongs_somewhere, members_of
from safeconduct.server.accounts.rights import Right, Role
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.organisation.actions import add_member, erase_member, remove_member, set_member_password
from safeconduct.server.organisation.people.forms import PasswordForm, PersonForm, RoleForm
from safeconduct.server.organisation.people.shared import administrator_on, context, done

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.common.look.values import Shown

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role here."""
    viewer = administrator_on(request)
    members = members_of(viewer)
    found = listed(request, members, _columns(viewer), choices=_choices(), text=lambda one: f"{one.name} {one.email}")
    if wants_csv(request):
        return found.answer("people")
    page = {"verdict": _verdict(members), "list": found, "head": "Everybody"}
    return render(request, "people/people.html", {"title": "People", "trail": (), **page})


def _verdict(members: Sequence[Member]) -> Verdict:
    administrators = sum(one.role is Role.ADMINISTRATOR and one.active for one in members)
    return Verdict(
        (
            f"{counted(len(members), 'person has', 'people have')} a role here.",
            f"{counted(administrators, 'administers', 'administer')} it.",
        ),
        title="People",
        lead="Roles are read anew with every page: who loses one is out at once.",
        buttons=(
            Button("Add a person", address("accounts:add-person")),
            Button("Tokens for programs", address("accounts:tokens")),
        ),
    )


def _columns(viewer: Viewer) -> list[ListColumn[Member]]:
    units = snapshot_of(viewer).units
    return [
        ListColumn("name", "Person", _named, lambda one: one.name or one.email, subject=True),
        ListColumn("role", "Role", lambda one: one.role.words, lambda one: one.role.value),
        ListColumn(
            "sites",
            "Sites",
            lambda one: (
                ", ".join(units[key].title or key if key in units else key for key in one.units) or Quiet("all")
            ),
        ),
        ListColumn("active", "May sign in", lambda one: "yes" if one.active else Quiet("no"), lambda one: one.active),
    ]


def _named(member: Member) -> Shown:
    return Link(member.name or member.email, address("accounts:person", member.key), note=member.email)


def _choices() -> list[Choice[Member]]:
    roles = [(role.value, role.words) for role in Role]
    return [Choice("role", "Role", roles, lambda one, role: one.role == role)]


@FORM
def add_person(request: HttpRequest) -> HttpResponse:
    """Give somebody a role here, with a new account where there is none."""
    viewer = administrator_on(request)
    form = PersonForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _added(request, viewer, form)) is not None:
        return answer
    verdict = Verdict(
        ("Who is to come in?",),
        title="Add a person",
        lead="Who has a role here keeps the password. Accounts of other organisations get a role here on the server.",
    )
    page = context("Add a person", verdict=verdict, form=form, deed="Give the role", back=address("accounts:people"))
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


def _added(request: HttpRequest, viewer: Viewer, form: PersonForm) -> HttpResponse | None:
    """Where to go after somebody was added; None where that was refused. A password that was made is shown."""
    said = form.cleaned_data
    known = belongs_somewhere(said["email"])
    password = said["password"] or made_password()
    role, units = form.chosen_role, form.chosen_units
    adding = partial(add_member, viewer, said["email"], role=role, units=units, name=said["name"], password=password)
    if done(form, adding) is None:
        return None
    if not known and not said["password"]:
        return _shown_once(request, said["email"], password)
    messages.success(request, f"{said['email']} is {role.words.lower()} here.")
    return redirect("accounts:people")


def _shown_once(request: HttpRequest, email: str, password: str) -> HttpResponse:
    """A password that was made, on a page that is not kept."""
    verdict = Verdict(
        ("Hand over this password now.", "It is not shown again."),
        title=email,
        lead="The person signs in with it and changes it under the own name at the top.",
        buttons=(Button("Back to the people", address("accounts:people")),),
    )
    return render(request, "people/once.html", context("Password", verdict=verdict, label="Password", secret=password))


def _member(viewer: Viewer, key: str) -> Member:
    """The member of this key. Raises UnknownKey for anybody without a role here."""
    found = next((one for one in members_of(viewer) if one.key == key), None)
    if found is None:
        raise UnknownKey("member", key, ())
    return found


@FORM
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person: change the role here, or take it away."""
    viewer = administrator_on(request)
    member = _member(viewer, key)
    form = RoleForm(viewer, request.POST or None, initial={"role": member.role.value, "units": list(member.units)})
    if request.method == "POST" and form.is_valid():
        giving = partial(add_member, viewer, member.email, role=form.chosen_role, units=form.chosen_units)
        if done(form, giving) is not None:
            messages.success(request, f"{member.email} is {form.chosen_role.words.lower()} here.")
            return redirect("accounts:people")
    return _person_page(request, viewer, member, form)


def _person_page(request: HttpRequest, viewer: Viewer, member: Member, form: RoleForm) -> HttpResponse:
    name = member.name or member.email
    verdict = Verdict(
        (f"{name} is {member.role.words.lower()}.",),
        title=member.email,
        lead=_lead(member),
    )
    entries = address("journal:list", query={"actor": member.key})
    boxes = (
        Box("Role", member.role.words),
        Box("Sites", Number(len(member.units)) if member.units else Quiet("all")),
        Box("Signs in", "yes" if member.active else "no"),
        Box("In the journal", Link("what this person did", entries) if entries else "", Quiet(member.key)),
    )
    deeds = (
        Button("Set a new password", address("accounts:person-password", member.key)),
        Button("Take the role away", address("accounts:remove-person", member.key), post=True),
        Button("Erase this person", address("accounts:erase-person", member.key)),
    )
    page = context(name, verdict=verdict, boxes=boxes, form=form, deed="Change the role", deeds=deeds)
    return render(request, "people/person.html", page, status=422 if form.errors else 200)


def _lead(member: Member) -> str:
    if not member.active:
        return "The account is closed: nobody signs in with it."
    if member.role is not Role.ADMINISTRATOR:
        return ""
    return "The tokens this person issued are taken back when the person administers no longer."


@FORM
def person_password(request: HttpRequest, key: str) -> HttpResponse:
    """Give a member a new password."""
    viewer = administrator_on(request)
    member = _member(viewer, key)
    form = PasswordForm(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["password"]
        password = given or made_password()
        if done(form, partial(_set_password, viewer, member, password)):
            if not given:
                return _shown_once(request, member.email, password)
            messages.success(request, f"{member.email} has a new password.")
            return redirect("accounts:people")
    verdict = Verdict(
        ("The old password opens nothing any more.",),
        title=f"A new password for {member.email}",
        lead="Whoever is signed in with the old one is signed out.",
    )
    trail = Link(member.name or member.email, address("accounts:person", key))
    page = context("New password", trail, verdict=verdict, form=form, deed="Set the password")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


def _set_password(viewer: Viewer, member: Member, password: str) -> bool:
    set_member_password(viewer, member.email, password)
    return True


@require_POST
def remove_person(request: HttpRequest, key: str) -> HttpResponse:
    """Take a person's role here away; the account stays, other organisations too."""
    viewer = administrator_on(request)
    member = _member(viewer, key)
    remove_member(viewer, member.email)
    messages.success(request, f"{member.email} has no role here any more.")
    return redirect("accounts:people")


@FORM
def erase_person(request: HttpRequest, key: str) -> HttpResponse:
    """Erase who a member is, after asking once."""
    viewer = administrator_on(request, Right.ERASE)
    member = _member(viewer, key)
    if request.method == "POST":
        erase_member(viewer, member.email)
        messages.success(request, "The person is erased. The journal keeps an opaque key and still verifies.")
        return redirect("accounts:people")
    verdict = Verdict(
        ("Nobody can bring this back.",),
        title=f"Erase {member.email}",
        lead="Role, name and address go, from the account and from the journal. What the person did stays, under an "
        "opaque key. A name written into facts is another thing: erase it as well.",
        buttons=(
            Button("Erase this person", address("accounts:erase-person", key), post=True),
            Button("Erase a name from the facts", address("accounts:erase-name")),
        ),
    )
    trail = Link(member.name or member.email, address("accounts:person", key))
    return render(request, "people/plain.html", context("Erase", trail, verdict=verdict))
