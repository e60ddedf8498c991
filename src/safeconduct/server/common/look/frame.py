"""What stands around every page: organisation, person, day, the rail of rooms, the seal at the foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from safeconduct.core.errors import Damaged
from safeconduct.server.common import clock
from safeconduct.server.common.look.day import ASKED, without_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.http import HttpRequest

    from safeconduct.server.common.look.values import Seal

# Parameters that belong to one showing of a list and not to the same page on another day.
_NOT_KEPT = frozenset({ASKED, "page"})


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the menu; it is shown once its address exists. `gap` leaves a little space before it.

    With a `right` it is shown only to those who have it.
    """

    label: str
    url_name: str
    gap: bool = False
    right: str = ""


ROOMS = (
    Room("Home", "home"),
    Room("Programmes", "programmes:list"),
    Room("Controls", "controls:list"),
    Room("Evidence", "controls:evidence"),
    Room("Sites", "organisation:sites"),
    Room("Risk", "risk:list", right="read-all"),
    Room("Partners", "partners:list", right="read-all"),
    Room("Registers", "registers:list", gap=True),
    Room("Catalogue", "catalogue:list"),
    Room("Own programmes", "own_programmes:list", right="read-all"),
    Room("Journal", "journal:list", right="read-all"),
    Room("People", "accounts:people", right="people"),
)
"""The menu, unless the setting RAIL_ROOMS names another one."""


@dataclass(frozen=True, slots=True)
class RailLink:
    """A room as the rail prints it."""

    label: str
    url: str
    count: int | None
    here: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The facts of the frame. Addresses are empty where the product has no such page."""

    organisation: str
    person: str
    role: str
    as_of: date
    today: date
    plain_path: str
    kept: Sequence[tuple[str, str]]
    home_url: str
    find_url: str
    sign_out_url: str
    choose_url: str
    password_url: str = ""

    @property
    def other_day(self) -> bool:
        """Whether the page speaks of another day than today; nothing can be changed then."""
        return self.as_of != self.today

    @property
    def to_come(self) -> bool:
        """Whether that day is still to come."""
        return self.as_of > self.today


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`; `rail` and `seal` are calls, so that a fragment of a page does not pay for them."""
    return {
        "frame": frame_of(request),
        "rail": lambda: rail_of(request),
        "seal": lambda: seal_of(request),
    }


def frame_of(request: HttpRequest) -> Frame:
    """The frame of this request; names are empty where nobody has signed in."""
    viewer = getattr(request, "viewer", None)
    today = clock.today()
    return Frame(
        organisation=getattr(viewer, "organisation_title", ""),
        person=getattr(viewer, "name", ""),
        role=viewer.role.words if viewer else "",
        as_of=getattr(request, "as_of", today),
        today=today,
        plain_path=getattr(request, "plain_path", request.path),
        kept=[
            (name, str(value)) for name in request.GET for value in request.GET.getlist(name) if name not in _NOT_KEPT
        ],
        home_url=address("home") or "/",
        find_url=address("find"),
        sign_out_url=without_day(address("accounts:sign-out")) if viewer else "",
        choose_url=without_day(address("accounts:choose-organisation")) if viewer else "",
        password_url=without_day(address("accounts:password")) if viewer else "",
    )


def rail_of(request: HttpRequest) -> list[RailLink]:
    """The rooms that exist, in order; counts come from the function that the setting RAIL_COUNTS names."""
    viewer = getattr(request, "viewer", None)
    open_to = [room for room in getattr(settings, "RAIL_ROOMS", ROOMS) if not room.right or _may(viewer, room.right)]
    rooms = [(room, url) for room in open_to if (url := address(room.url_name))]
    counts = _call("RAIL_COUNTS", request) or {}
    inside = [url for _room, url in rooms if request.path.startswith(url) and url != rooms[0][1]]
    here = max(inside, key=len, default=request.path)
    return [RailLink(room.label, url, counts.get(room.url_name), url == here, room.gap) for room, url in rooms]


def _may(viewer: Any, right: str) -> bool:
    return viewer is not None and bool(viewer.may(right))


def seal_of(request: HttpRequest) -> Seal | None:
    """The seal of the page, from the function that the setting PAGE_SEAL names; None before anything is judged."""
    seal: Seal | None = _call("PAGE_SEAL", request)
    return seal


def address(name: str) -> str:
    """The address of a page, or nothing where the product has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _call(setting: str, request: HttpRequest) -> Any:
    """What the function named by a setting says of this request; None where there is none, or nobody has signed in.

    Nor where what is stored is damaged: the page that tells of it still has its frame.
    """
    path = getattr(settings, setting, "")
    if not path or getattr(request, "viewer", None) is None:
        return None
    try:
        return _function(path)(request)
    except Damaged:
        return None


@cache
def _function(path: str) -> Callable[[HttpRequest], Mapping[str, int] | Seal | None]:
    function: Callable[[HttpRequest], Mapping[str, int] | Seal | None] = import_string(path)
    return function
