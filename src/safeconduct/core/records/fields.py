"""How a field of a frozen record says what it is: help text, what its key names, whether it is about a person.

The facts form, the JSON Schema, the journal, the server's forms and the API are all derived from these declarations;
no field is declared twice. A trailing underscore is dropped in files (`from_` is written `from`).
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field, fields
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence


def fact(
    help_text: str,
    *,
    default: Any = MISSING,
    ref: str = "",
    personal: bool = False,
    words: Sequence[str] = (),
    long: bool = False,
) -> Any:
    """Declare a field of a fact.

    `ref` names what the key (or each key) must exist as: `unit`, `partner`, `control`, `requirement`, `edition`,
    `scheme`, `in_place`, …; `personal` puts it into the erasable part of the journal; `words` are the allowed words;
    `long` asks for a box of several lines on a form.
    """
    metadata = {"help": help_text, "ref": ref, "personal": personal, "words": tuple(words), "long": long}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def file_name(name: str) -> str:
    """The field's name in files and in the API.

    >>> file_name("from_")
    'from'
    """
    return name.removesuffix("_")


def record_fields(record: type) -> tuple[Field[Any], ...]:
    """The declared fields of a record class, in the order they are written."""
    return fields(cast("Any", record))
