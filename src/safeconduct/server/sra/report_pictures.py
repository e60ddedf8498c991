"""The styles of the product's pictures, flat and in plain colours, for a program that reads no nested rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\(([^,]+),[^)]*\)|([^;]+));")
_USED = re.compile(r"var\(--([\w-]+)\)")


def tokens(styles: str) -> Mapping[str, str]:
    """The value of every token in the light scheme.

    >>> tokens("--ink: light-dark(#131c25, #e8edf1); --gap: 4px;")
    {'ink': '#131c25', 'gap': '4px'}
    """
    return {name: light or plain for name, light, plain in _TOKEN.findall(styles)}


def picture_styles(styles: str) -> str:
    """The rules of the layer of pictures, each selector written out, each token by its value.

    >>> picture_styles("@layer tokens { --ink: black; } @layer pictures { .heat { .pin { fill: var(--ink); } } }")
    '.heat .pin { fill: black; }'
    """
    known = tokens(styles)
    rules = tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True)
    layers = [one for one in rules if one.type == "at-rule" and tinycss2.serialize(one.prelude).strip() == "pictures"]
    flat = " ".join(rule for layer in layers if layer.content for rule in _flat(layer.content, ""))
    return _USED.sub(lambda found: known.get(found[1], ""), flat)


def _flat(content: Any, around: str) -> Iterator[str]:
    """The rules inside a block, with the selector around them; what depends on a state or a width is left out."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    declared = [f"{one.name}: {tinycss2.serialize(one.value).strip()};" for one in found if one.type == "declaration"]
    if around and declared:
        yield f"{around} {{ {' '.join(declared)} }}"
    for one in found:
        if one.type == "qualified-rule" and ":" not in (selector := tinycss2.serialize(one.prelude).strip()):
            yield from _flat(one.content, _inside(around, selector))


def _inside(around: str, selector: str) -> str:
    """A nested selector written out.

    >>> _inside(".bar", "text.on"), _inside(".bar", "&.thin"), _inside(".a, .b", "rect")
    ('.bar text.on', '.bar.thin', '.a rect, .b rect')
    """
    outer = [one.strip() for one in around.split(",")] if around else [""]
    inner = [one.strip() for one in selector.split(",")]
    return ", ".join(two.replace("&", one) if "&" in two else f"{one} {two}".strip() for one in outer for two in inner)
