"""Renders a few lines of template with the look's tags, and reads what they say."""

from __future__ import annotations

import re

from django.template import Context, Template


def told(template: str, **context: object) -> str:
    """The HTML of a template that has the look's tags loaded."""
    return Template("{% load look %}" + template).render(Context(context)).strip()


def text_of(html: str) -> str:
    """The words of some HTML, each run of space one space."""
    spaced = re.sub(r"<(?:small|/?p|/?li|/?d[td]|/?t[rdh]|/?div|br|span class=\"sr\")[^>]*>", " ", html)
    return " ".join(re.sub(r"<[^>]+>", "", spaced).replace("\u2002", "\0").split()).replace("\0", "\u2002")


def order(html: str, *words: str) -> bool:
    """Whether the words stand in the HTML in this order."""
    places = [html.find(word) for word in words]
    return -1 not in places and places == sorted(places)
