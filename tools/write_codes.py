"""Write docs/subjects/codes.md from the table of codes in the core."""

from pathlib import Path

from safeconduct.core.codes import CODES

PAGE = Path(__file__).parent.parent / "docs" / "subjects" / "codes.md"
HEAD = """\
# The codes of findings

Every finding says with one code why it stands as it does. The code is a stable word: pages, API, command line and
reports use the same. Words in braces are filled in from the finding. *Nature* says what stops a MET: *work* (something
is missing or fell short), *paper* (nobody has shown or said it yet), *time* (something ran out and is to be renewed),
*catalogue* (our rows are not sure or complete); a code without a nature stops nothing.

This page is written by `python tools/write_codes.py` from `core/codes.py`. Change the table there.

| code | nature | sentence | what mends it |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, one line for each code, in the order of the table."""
    rows = (f"| `{key}` | {code.nature} | {code.sentence} | {code.deed} |\n" for key, code in CODES.items())
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
