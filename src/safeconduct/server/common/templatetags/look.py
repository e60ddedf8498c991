"""The look's tags and filters. docs/subjects/look.md lists them with an example each; /look/ shows them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.server.common.look import marks
from safeconduct.server.common.look.because import PLAIN, tree
from safeconduct.server.common.look.curve import tall_curve, wide_curve
from safeconduct.server.common.look.fields import field_of, mistakes
from safeconduct.server.common.look.heat import tall_heat, wide_heat
from safeconduct.server.common.look.pictures import bar_of, tall_fan, wide_fan
from safeconduct.server.common.look.values import Due, Link, Mark, Number
from safeconduct.server.common.look.words import STANDINGS, TONES, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BaseForm, BoundField
    from django.template import Context

    from safeconduct.core.judgement import Finding, Standing
    from safeconduct.server.common.look.because import Reading
    from safeconduct.server.common.look.crosswalk import Crosswalk
    from safeconduct.server.common.look.curve import Curve
    from safeconduct.server.common.look.heat import Heat
    from safeconduct.server.common.look.lists import Filters, Matrix, Pager, Table
    from safeconduct.server.common.look.pictures import Fan
    from safeconduct.server.common.look.values import (
        Asking,
        Box,
        Button,
        Entry,
        Nothing,
        Posture,
        Shown,
        Stamp,
        Verdict,
        Worst,
    )

register = template.Library()


# Marks


@register.simple_tag
def show(value: Shown) -> SafeString:
    """Any value of the look, as it is printed in a cell, a box or a sentence."""
    return marks.show(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite; always beside its word."""
    return marks.icon(name)


@register.simple_tag
def standing(value: Standing, url: str = "", count: int | None = None) -> SafeString:
    """Icon and word of a standing; a link to its because where there is one."""
    return marks.mark(Mark(value, url, count))


@register.filter
def tone(value: Standing) -> str:
    """The value of `data-s` for a standing."""
    return TONES[value]


@register.filter
def sprite(value: Standing) -> str:
    """The name of a standing's icon in the sprite."""
    return f"s-{TONES[value]}"


@register.filter
def word(value: Standing) -> str:
    """The word of a standing, written out."""
    return STANDINGS[value]


@register.simple_tag
def sure(value: Shown) -> SafeString:
    """How sure a row is: a solid, dashed or dotted underline."""
    return marks.show(value)


@register.simple_tag
def obligation(value: Shown) -> SafeString:
    """How strongly a row binds."""
    return marks.show(value)


@register.filter
def day(value: date | None) -> SafeString:
    """A day as the product writes it; nothing where there is none."""
    return marks.show(value)


@register.simple_tag
def due(value: date, as_of: date) -> SafeString:
    """How far a due day is, with the day beside it; late in reversed ink."""
    return marks.show(Due(value, as_of))


@register.simple_tag
def number(count: int, url: str = "", of: int | None = None) -> SafeString:
    """A number that leads to its list."""
    return marks.show(Number(count, url, of))


@register.filter
def grouped_number(value: int) -> str:
    """A whole number with its thousands set apart."""
    return grouped(value)


# Parts of a page, in their order


@register.inclusion_tag("look/crumbs.html")
def crumbs(links: Iterable[Link]) -> dict[str, Any]:
    """Where the reader is; the last one is the page itself and leads nowhere."""
    return {"links": links}


@register.inclusion_tag("look/verdict.html", takes_context=True)
def verdict(context: Context, value: Verdict) -> dict[str, Any]:
    """The head of the page: stamp, small title, the sentences, their consequences, at most two buttons."""
    return {"verdict": value, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/stamp.html")
def stamp(value: Stamp) -> dict[str, Any]:
    """The standing of a whole page, framed like a seal on a form."""
    return {"stamp": value}


@register.inclusion_tag("look/boxes.html")
def boxes(values: Sequence[Box]) -> dict[str, Any]:
    """Four or six numbered boxes: the identity of the thing."""
    return {"boxes": values}


@register.simple_block_tag
def section(
    content: str, title: str, *, n: int | str = "", more: str = "", more_text: str = "", anchor: str = ""
) -> SafeString:
    """A numbered section: its heading at the left, one quiet link at the right."""
    return format_html(
        '<section{}><div class="sec-head"><h2>{}{}</h2>{}</div>{}</section>',
        format_html(' id="{}"', anchor) if anchor else "",
        format_html('<span class="n">{}</span>', n) if n else "",
        title,
        format_html('<a class="small" href="{}">{}</a>', more, more_text) if more else "",
        content,
    )


@register.inclusion_tag("look/buttons.html", takes_context=True)
def buttons(context: Context, values: Sequence[Button], *, quiet: bool = False) -> dict[str, Any]:
    """A row of deeds; the first is filled, unless the row is quiet because the page has a filled one already."""
    return {"buttons": values, "quiet": quiet, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/because.html", takes_context=True)
def because(context: Context, finding: Finding, reading: Reading = PLAIN) -> dict[str, Any]:
    """The because-tree of a finding; on another day than today it holds no button."""
    frame = context.get("frame")
    node = tree(finding, reading, mending=not (frame and frame.other_day))
    return {"node": node, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/asked.html", takes_context=True)
def asked(context: Context, values: Sequence[Asking]) -> dict[str, Any]:
    """What somebody was asked to do: what, who until when, and the button for when it is done."""
    return {"asked": values, "csrf_token": context.get("csrf_token")}


# Lists


@register.inclusion_tag("look/table.html")
def table(value: Table) -> dict[str, Any]:
    """A list; on a narrow sheet each row is a labelled block."""
    return {"table": value}


@register.inclusion_tag("look/matrix.html")
def matrix(value: Matrix) -> dict[str, Any]:
    """Requirements by place."""
    return {"matrix": value}


@register.inclusion_tag("look/crosswalk.html")
def crosswalk(value: Crosswalk) -> dict[str, Any]:
    """Strictest statements by programme, each part with who binds it."""
    return {"crosswalk": value}


@register.inclusion_tag("look/filters.html")
def filters(value: Filters) -> dict[str, Any]:
    """A filter strip."""
    return {"filters": value}


@register.inclusion_tag("look/pager.html")
def pager(value: Pager) -> dict[str, Any]:
    """What stands under a list."""
    return {"pager": value}


@register.inclusion_tag("look/worst.html", takes_context=True)
def worst(context: Context, values: Sequence[Worst]) -> dict[str, Any]:
    """Open findings, worst first, each with its button; only the first button is filled."""
    return {"findings": values, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/log.html")
def log(values: Sequence[Entry], *, steps: bool = False) -> dict[str, Any]:
    """What changed, the latest first; or with `steps`, what to do in order."""
    return {"entries": values, "steps": steps}


@register.inclusion_tag("look/facts.html")
def facts(values: Sequence[tuple[str, Shown]]) -> dict[str, Any]:
    """Labels and values in two columns."""
    return {"facts": values}


@register.inclusion_tag("look/legend.html")
def legend() -> dict[str, Any]:
    """The five standings, for the foot of a matrix."""
    return {"standings": list(TONES)}


# Pictures


@register.inclusion_tag("look/posture.html")
def posture(value: Posture) -> dict[str, Any]:
    """A posture bar with its counts."""
    return {"bar": bar_of(value)}


@register.inclusion_tag("look/fan.html")
def fan(value: Fan) -> dict[str, Any]:
    """One control and the programmes it feeds, in a broad and a narrow cut."""
    return {"fan": value, "wide": wide_fan(value), "tall": tall_fan(value)}


@register.inclusion_tag("look/heat.html")
def heat(value: Heat) -> dict[str, Any]:
    """Risks in the cells of a matrix, in a broad and a narrow cut."""
    return {"heat": value, "wide": wide_heat(value), "tall": tall_heat(value)}


@register.inclusion_tag("look/curve.html")
def curve(value: Curve) -> dict[str, Any]:
    """How likely a year costs more than an amount, in a broad and a narrow cut, with its points as a table."""
    return {"curve": value, "wide": wide_curve(value), "tall": tall_curve(value)}


# Forms, refusals, waiting


@register.inclusion_tag("look/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field: label, hint, input, errors."""
    return {"field": field_of(bound)}


@register.inclusion_tag("look/mistakes.html", name="mistakes")
def mistakes_of(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, for a page that prints its fields in groups."""
    return {"form": form, "mistakes": mistakes(form)}


@register.inclusion_tag("look/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, what is wrong with it first."""
    return {"form": form, "mistakes": mistakes(form), "fields": [field_of(bound) for bound in form.visible_fields()]}


@register.inclusion_tag("look/refusals.html")
def refusals(values: Refusals | Sequence[Refusal]) -> dict[str, Any]:
    """What was refused: where, what, why and what to do, line by line."""
    return {"refusals": values.refusals if isinstance(values, Refusals) else values}


@register.inclusion_tag("look/nothing.html", takes_context=True)
def nothing_yet(context: Context, value: Nothing) -> dict[str, Any]:
    """An empty register: the ways to begin."""
    return {"nothing": value, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/progress.html")
def progress(done: int, of: int, label: str, name: str = "progress") -> dict[str, Any]:
    """How much of something counted is done; `name` is the id, where a page shows several."""
    return {"done": done, "of": of, "label": label, "name": name}
