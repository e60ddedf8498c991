"""Sign in, sign out, choose the organisation, change the own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.server.accounts.actions import account_digest, forget_failures, note_failure, set_password
from safeconduct.server.accounts.forms import OwnPasswordForm, SignInForm
from safeconduct.server.accounts.middleware import ORGANISATION_CHOSEN, without_viewer
from safeconduct.server.accounts.queries import FAILURE_WINDOW, choices_of, is_throttled, signed_in_user
from safeconduct.server.common.addresses import address_of
from safeconduct.server.common.clock import now
from safeconduct.server.common.look.day import without_day
from safeconduct.server.common.look.values import Link, Verdict

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WRONG = (
    "This e-mail address and password do not belong together. Check both, or ask an administrator for a new password."
)
TOO_MANY = (
    f"Too many sign-ins failed. Wait {int(FAILURE_WINDOW.total_seconds() // 60)} minutes, "
    "then try again, or ask an administrator for a new password."
)


@login_not_required
@without_viewer
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. After too many failures it answers 429 without looking at the password."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status, answer = _try(request, form)
            if answer is not None:
                return answer
    here = without_day(reverse("accounts:sign-in"))  # nobody signs in on another day, and on none may anything be sent
    page = {"form": form, "next": _next(request), "here": here}
    return render(request, "accounts/sign_in.html", page, status=status)


def _try(request: HttpRequest, form: SignInForm) -> tuple[int, HttpResponse | None]:
    """Sign the person in, or say on the form why not: the status, and the answer when it is another page."""
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    address = address_of(request)
    if is_throttled(account_digest(email), address, at=now()):
        form.add_error(None, TOO_MANY)
        return 429, None
    user = authenticate(request, username=email, password=password)
    if user is None:
        note_failure(email, address)
        form.add_error(None, WRONG)
        return 422, None
    forget_failures(email, address)
    target = _next(request)
    login(request, user)
    return 302, redirect(target)


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: the page asked for, when it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours else "/"


@without_viewer
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("accounts:sign-in")


@without_viewer
@require_GET
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """The organisations the person belongs to."""
    choices = choices_of(signed_in_user(request))
    return render(request, "accounts/choose_organisation.html", {"choices": choices, "next": _next(request)})


@without_viewer
@require_POST
def enter_organisation(request: HttpRequest) -> HttpResponse:
    """Work in one of the person's organisations from now on; any other is not found."""
    key = request.POST.get("organisation", "")
    if key not in {choice.key for choice in choices_of(signed_in_user(request))}:
        return choose_organisation_again(request)
    request.session[ORGANISATION_CHOSEN] = key
    return redirect(_next(request))


def choose_organisation_again(request: HttpRequest) -> HttpResponse:
    """The choice once more, as a page that was not found."""
    choices = choices_of(signed_in_user(request))
    context = {"choices": choices, "next": _next(request), "problem": "You do not belong to that organisation."}
    return render(request, "accounts/choose_organisation.html", context, status=404)


@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change the own password; other places where the person is signed in are signed out."""
    user = signed_in_user(request)
    form = OwnPasswordForm(user, request.POST or None)
    status = 200
    if request.method == "POST":
        status = _try_own(request, form) if form.is_valid() else 422
        if status == 302:
            set_password(user, form.cleaned_data["new"])
            update_session_auth_hash(request, user)
            messages.success(request, "The new password holds. Wherever else you were signed in, you are signed out.")
            return redirect("accounts:password")
    verdict = Verdict(("A new password for you.",), title=user.email)
    page = {"title": "Password", "trail": (Link("Password"),), "verdict": verdict, "form": form}
    return render(request, "accounts/password.html", page, status=status)


def _try_own(request: HttpRequest, form: OwnPasswordForm) -> int:
    """302 where the password until now is right; else the form says why not. It is guarded like the door itself."""
    account, network = account_digest(form.user.email), address_of(request)
    if is_throttled(account, network, at=now()):
        form.add_error("current", TOO_MANY)
        return 429
    if not form.user.check_password(form.cleaned_data["current"]):
        note_failure(form.user.email, network)
        form.add_error("current", "This is not your password. Write the one you signed in with.")
        return 422
    forget_failures(form.user.email, network)
    return 302
