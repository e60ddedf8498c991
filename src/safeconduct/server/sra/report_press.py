"""A program of its own that makes a printed page into a PDF: HTML comes in, a tagged PDF (PDF/UA) goes out.

    python -m safeconduct.server.sra.report_press < page.html > page.pdf
    python -m safeconduct.server.sra.report_press --ready      (exit code 0 where it could)

It runs apart from the server, knows no database and fetches nothing: styles are the product's own, and every link that
leads to a page of the server is left out. It needs the extra `pdf` and Debian's Pango.
"""

from __future__ import annotations

import logging
import re
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from weasyprint import CSS, HTML, LOGGER
from weasyprint.urls import URLFetcher

from safeconduct.server.sra.report_pictures import picture_styles, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLES = Path(__file__).parents[1] / "common" / "static" / "safeconduct" / "safeconduct.css"
VARIANT = "pdf/ua-1"
READY = "--ready"
_SVG = "{http://www.w3.org/2000/svg}"
# Weights between the hundreds, which only browsers know.
_HALF_WEIGHT = re.compile(r"(?<=font-weight: )([1-9])50\b|(?<=font: )([1-9])50\b")
# What a browser lays out in flexible boxes is set here line by line.
_PAPER = """
.top, .crumbs { display: none; }
.sheet, .verdict, .sec-head, .sec-head h2, .stackv, .legend, .seal { display: block; }
.verdict h1 span, .legend li, .seal span { display: inline; }
.legend li, .seal span { margin-right: 1rem; }
.seal svg { display: none; }
.sec-head .n { margin-right: .5rem; }
.boxes > div, .boxes > div:first-child { padding-left: .5rem; }
"""


def main() -> None:
    """Read the page, write the PDF."""
    if sys.argv[1:] == [READY]:
        return
    LOGGER.setLevel(logging.ERROR)
    sys.stdout.buffer.write(pressed(sys.stdin.buffer.read().decode()))


def pressed(page: str) -> bytes:
    """The page as a tagged PDF."""
    styles = STYLES.read_text("utf-8")
    nothing = URLFetcher(allowed_protocols=())
    document = HTML(string=page, url_fetcher=nothing, media_type="print")
    prepare(document.etree_element, styles)
    whole = _HALF_WEIGHT.sub(lambda found: f"{int(found[1] or found[2]) + 1}00", styles)
    sheets = [CSS(string=one, url_fetcher=nothing, media_type="print") for one in (whole, _PAPER)]
    written: bytes = document.write_pdf(stylesheets=sheets, pdf_variant=VARIANT)
    return written


def prepare(root: ElementTree.Element, styles: str) -> None:
    """Leave out what a paper cannot follow, and make each picture stand by itself."""
    above = {child: parent for parent in root.iter() for child in parent}
    symbols = {one.get("id", ""): one for one in root.iter(f"{_SVG}symbol")}
    inks, drawn = tokens(styles), picture_styles(styles)
    for one in list(root.iter()):
        if one.tag in ("script", "link"):
            above[one].remove(one)
        elif one.tag == "a" and not one.get("href", "").startswith(("#", "https://")):
            one.attrib.pop("href", None)
        elif one.tag == f"{_SVG}svg" and one.get("class") != "sprite":
            use = one.find(f"{_SVG}use")
            if use is None:
                _style(one, drawn)
            else:
                _draw(one, use, symbols[use.get("href", "").removeprefix("#")])
                _ink(one, inks[_standing(one, above)], inks["paper"])
            _name(one)


def _standing(one: ElementTree.Element, above: Mapping[ElementTree.Element, ElementTree.Element]) -> str:
    """The nearest standing around a mark, by whose name its ink goes; plain ink where there is none."""
    while one in above:
        one = above[one]
        if found := one.get("data-s"):
            return "ink" if found == "own" else found
    return "ink"


def _draw(mark: ElementTree.Element, use: ElementTree.Element, symbol: ElementTree.Element) -> None:
    """Put in what a mark uses of the page's sprite."""
    mark.remove(use)
    mark.set("viewBox", symbol.get("viewBox", ""))
    mark.extend(deepcopy(list(symbol)))


def _ink(mark: ElementTree.Element, ink: str, paper: str) -> None:
    """Give a mark the ink of its standing; what shows the paper through it is the colour of paper."""
    for part in mark.iter():
        for name, through in (("fill", "f-paper"), ("stroke", "k-paper")):
            if through in part.get("class", ""):
                part.set(name, paper)
            elif part.get(name) == "currentColor":
                part.set(name, ink)


def _style(picture: ElementTree.Element, styles: str) -> None:
    """Give a picture the styles of pictures; its links lead nowhere on paper."""
    for part in picture.iter():
        part.attrib.pop("href", None)
    style = ElementTree.Element(f"{_SVG}style")
    style.text = styles
    picture.insert(0, style)


def _name(picture: ElementTree.Element) -> None:
    """Tell readers aloud what a picture is: a tagged PDF knows no picture without words."""
    title = ElementTree.Element(f"{_SVG}title")
    title.text = picture.get("aria-label") or "mark"
    picture.insert(0, title)


if __name__ == "__main__":
    main()
