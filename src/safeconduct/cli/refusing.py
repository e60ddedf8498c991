"""How the command line says what is refused: one line each, or JSON; the exit code is 1."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from safeconduct.core.errors import Refusal, Refusals, SafeconductError


def say_refusals(
    refusals: Sequence[Refusal], *, as_json: bool = False, consequence: str = "nothing was changed"
) -> NoReturn:
    """Print every refusal, with the lines to mend, and end with exit code 1."""
    if as_json:
        told = {"fine": False, "refused": [refusal_form(refusal) for refusal in refusals]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        raise typer.Exit(1)
    for refusal in refusals:
        typer.echo(str(refusal), err=True)
    count = len(refusals)
    typer.echo(f"{count} {'thing is' if count == 1 else 'things are'} refused; {consequence}.", err=True)
    raise typer.Exit(1)


def refusal_form(refusal: Refusal) -> dict[str, Any]:
    """A refusal as plain data."""
    place = refusal.place
    told = {"code": refusal.code, "what": refusal.what, "why": refusal.why, "do": refusal.do}
    return {"file": place.file, "line": place.line, "field": place.field, **told}


@contextmanager
def refusals_told(*, as_json: bool = False, consequence: str = "nothing was changed") -> Iterator[None]:
    """Print whatever is refused inside, and end with exit code 1."""
    try:
        yield
    except Refusals as refusals:
        say_refusals(refusals.refusals, as_json=as_json, consequence=consequence)
    except Refusal as refusal:
        say_refusals([refusal], as_json=as_json, consequence=consequence)
    except SafeconductError as error:
        say_refusals([Refusal(str(error))], as_json=as_json, consequence=consequence)
