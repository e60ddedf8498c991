"""The command line: the same words and the same answers as the pages and the API."""

from safeconduct.cli import catalogue
from safeconduct.cli.root import app, main

app.add_typer(catalogue.app)

__all__ = ["app", "main"]
