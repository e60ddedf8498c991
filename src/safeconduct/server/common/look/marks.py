"""The small marks as HTML: standing, how sure, obligation, days, numbers, links. A table prints thousands of them."""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from safeconduct.core.judgement import Standing
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation
from safeconduct.server.common.look.pictures import bar_of
from safeconduct.server.common.look.values import (
    Due,
    Ident,
    Link,
    Mark,
    Moved,
    Number,
    OwnMark,
    Posture,
    Quiet,
    Several,
)
from safeconduct.server.common.look.words import STANDINGS, TONES, day_text, grouped, relative

if TYPE_CHECKING:
    from safeconduct.server.common.look.values import Shown

NOTHING = SafeString("")
_NOT_APPLICABLE = mark_safe('<abbr title="Not applicable">N/A</abbr>')


@singledispatch
def show(value: Shown) -> SafeString:
    """Any value a page hands over, as HTML; nothing for None. Text is escaped unless it is safe already."""
    return NOTHING if value is None else conditional_escape(str(value) if not isinstance(value, str) else value)


def icon(name: str) -> SafeString:
    """One picture of the sprite; always beside its word, so it is hidden from readers aloud."""
    return format_html('<svg aria-hidden="true"><use href="#{}"/></svg>', name)


def standing_icon(standing: Standing) -> SafeString:
    """The silhouette of a standing."""
    return _ICONS[standing]


_ICONS = {standing: icon(f"s-{tone}") for standing, tone in TONES.items()}


@show.register
def standing_mark(standing: Standing) -> SafeString:
    """Icon and word of a standing that leads nowhere (inside a tree, in a sentence)."""
    return _MARKS[standing]


@show.register
def mark(value: Mark) -> SafeString:
    """Icon, count and word of a standing; a link where it has a because."""
    if not value.url and value.count is None:
        return _MARKS[value.standing]
    words = _words(value.standing, value.count)
    tone = TONES[value.standing]
    if not value.url:
        return format_html('<span class="st" data-s="{}">{}{}</span>', tone, _ICONS[value.standing], words)
    return format_html('<a class="st" data-s="{}" href="{}">{}{}</a>', tone, value.url, _ICONS[value.standing], words)


@show.register
def own_mark(value: OwnMark) -> SafeString:
    """A word of its own; a link where it has a because."""
    if not value.url:
        return format_html('<span class="st" data-s="own">{}</span>', value.word)
    return format_html('<a class="st" data-s="own" href="{}">{}</a>', value.url, value.word)


def _words(standing: Standing, count: int | None) -> SafeString:
    word = _NOT_APPLICABLE if standing is Standing.NOT_APPLICABLE else mark_safe(STANDINGS[standing])  # noqa: S308 ours
    return word if count is None else format_html("{} {}", grouped(count), word)


_MARKS = {
    standing: format_html('<span class="st" data-s="{}">{}{}</span>', tone, _ICONS[standing], _words(standing, None))
    for standing, tone in TONES.items()
}


@show.register
def sure_mark(sure: Sure) -> SafeString:
    """How sure a row is: a line style, not a colour."""
    return format_html('<span class="sure" data-k="{0}">{0}</span>', sure.value)


@show.register
def obligation_mark(obligation: Obligation) -> SafeString:
    """How strongly a row binds; only *must* is in bold ink."""
    return format_html('<span class="ob" data-k="{0}">{0}</span>', obligation.value)


@show.register
def day_mark(day: date) -> SafeString:
    """A day: 24 Nov 2026."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_text(day))


@show.register
def due_mark(due: Due) -> SafeString:
    """A day by which something is due: how far, and the day beside it; what is late stands in reversed ink."""
    far, name = relative(due.day, due.as_of), "late" if due.day < due.as_of else "due"
    return format_html('<span class="{}">{}</span> <small>{}</small>', name, far, day_mark(due.day))


@show.register
def number_mark(number: Number) -> SafeString:
    """A number that leads to its list: 74, or 74 of 87."""
    text = grouped(number.count) if number.of is None else f"{grouped(number.count)} of {grouped(number.of)}"
    return format_html('<a href="{}">{}</a>', number.url, text) if number.url else SafeString(text)


@show.register
def plain_number(number: int) -> SafeString:
    """A whole number with its thousands set apart."""
    return SafeString(grouped(number))


@show.register
def link_mark(link: Link) -> SafeString:
    """A link with its ref before it and its note on a second line."""
    ident = format_html('<span class="id">{}</span>{}', link.ident, "\u2002" if link.text else "")
    text = format_html("{}{}", ident if link.ident else NOTHING, link.text)
    head = format_html('<a href="{}">{}</a>', link.url, text) if link.url else text
    return format_html("{}<small>{}</small>", head, show(link.note)) if link.note else head


@show.register
def ident_mark(ident: Ident) -> SafeString:
    """A key, number or hash in the type of identifiers."""
    return format_html('<span class="id">{}</span>', ident.text)


@show.register
def quiet_mark(quiet: Quiet) -> SafeString:
    """Words of the second ink."""
    return format_html('<span class="quiet">{}</span>', quiet.text)


@show.register
def several_marks(several: Several) -> SafeString:
    """Values one after the other; what is empty leaves no gap."""
    shown = [text for value in several.values if (text := show(value))]
    return format_html_join(several.between, "{}", ((text,) for text in shown))


@show.register
def moved_mark(moved: Moved) -> SafeString:
    """What something was and what it became, said aloud too."""
    arrow = mark_safe('<span aria-hidden="true">→</span><span class="sr">became</span>')
    return format_html("{} {} {} {}", show(moved.what), show(moved.was), arrow, show(moved.now))


@show.register
def posture_mark(posture: Posture) -> SafeString:
    """A posture bar with its counts, so that a cell of a table can hold one."""
    return render_to_string("look/posture.html", {"bar": bar_of(posture)})
