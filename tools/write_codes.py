"""Write docs/subjects/codes.md from the table of codes in the core."""

from collections.abc import Mapping
from pathlib import Path

from safeconduct.core.codes import CODES, COUNTED, FLAGS, Code

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


FLAGS_HEAD = """
Where the bound asks for a yes, the same codes are said so:

| code | nature | sentence | what mends it |
|---|---|---|---|
"""

COUNTED_HEAD = """
Where the bound counts the elements of a set, the sentence is:

| code | sentence |
|---|---|
"""


def page() -> str:
    """The whole page, one line for each code, in the order of the tables."""
    counted = "".join(f"| `{key}` | {sentence} |\n" for key, sentence in COUNTED.items())
    return HEAD + _lines(CODES) + FLAGS_HEAD + _lines(FLAGS) + COUNTED_HEAD + counted


def _lines(codes: Mapping[str, Code]) -> str:
    rows = (f"| `{key}` | {code.nature} | {code.sentence} | {code.deed} |\n" for key, code in codes.items())
    return "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
