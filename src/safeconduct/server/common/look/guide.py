"""The style guide at /look/: every part once, with invented facts. It is served where DEBUG or the demo is on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from safeconduct.server.common.look import samples
from safeconduct.server.common.look.frame import frame_of
from safeconduct.server.common.look.values import Button, Link

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SampleForm(forms.Form):
    """A form with every sort of field, one of them filled in wrongly."""

    site = forms.ChoiceField(
        label="Site", choices=[(str(number), f"Site {number}") for number in range(1, 9)], help_text="Eight: a list."
    )
    seal_class = forms.ChoiceField(
        label="Class of the seal",
        choices=[("indicative", "indicative"), ("security", "security"), ("high-security", "high-security")],
        initial="high-security",
        help_text="Up to five choices lie open.",
    )
    since = forms.DateField(label="In place since", help_text="The day printed on the record.")
    sampled = forms.IntegerField(label="Containers sampled", min_value=1, max_value=104)
    audience = forms.MultipleChoiceField(
        label="Who was trained",
        choices=[("guards", "guards"), ("drivers", "drivers"), ("clerks", "clerks")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    proof = forms.FileField(label="Photo or file", required=False, help_text="Up to 20 MB.")
    note = forms.CharField(label="What you saw", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    own = forms.BooleanField(label="This number is our own", required=False)


def _common(request: HttpRequest, title: str) -> dict[str, Any]:
    home = reverse("look:guide")
    frame = replace(
        frame_of(request),
        organisation="Norholt Group",
        person="Ines Adler",
        role="Security manager",
        home_url=home,
        find_url=home,
        sign_out_url=home,
        choose_url=home,
    )
    trail = (Link("Look", home), Link(title))
    return {"title": title, "trail": trail, "seal": samples.seal(), "frame": frame, "rail": samples.rail(home)}


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Every part on one page."""
    wrong = SampleForm({"site": "3", "seal_class": "security", "since": "31/02/2027", "sampled": "300"})
    context = _common(request, "Parts") | {
        "verdict": samples.verdict(),
        "stamps": samples.stamps(),
        "boxes": samples.boxes(),
        "finding": samples.finding(),
        "population": samples.population(),
        "reading": samples.reading(),
        "postures": samples.postures(),
        "chapters": samples.chapters(),
        "duties": samples.duties(),
        "worst": samples.worst(),
        "asked": samples.asked(),
        "log": samples.log(),
        "steps": samples.steps(),
        "facts": samples.answer_facts(),
        "matrix": samples.matrix(),
        "filters": samples.filters(),
        "crosswalk": samples.crosswalk(),
        "ticks": samples.ticks(),
        "pager": samples.pager(),
        "no_rows": samples.no_rows(),
        "fan": samples.fan(),
        "form": wrong,
        "nothing": samples.nothing(),
        "refusals": samples.refusals(),
        "buttons": (Button("Record the sample", "#forms"), Button("Ask Chen Wei to do it", "#forms")),
    }
    return render(request, "look/guide.html", context)


@login_not_required
@require_safe
def requirement(request: HttpRequest) -> HttpResponse:
    """One page as the product composes it: a requirement at a place."""
    context = _common(request, "6 Seals") | {
        "verdict": samples.verdict(),
        "boxes": samples.boxes(),
        "finding": samples.finding(),
        "reading": samples.reading(),
        "facts": samples.answer_facts(),
        "steps": samples.steps(),
    }
    return render(request, "look/guide_requirement.html", context)


@login_not_required
@require_safe
def refused(request: HttpRequest) -> HttpResponse:
    """A whole file refused."""
    context = _common(request, "Import") | {"file": "facts.yml", "refusals": samples.refusals(), "again_url": "#"}
    return render(request, "refused.html", context, status=422)
