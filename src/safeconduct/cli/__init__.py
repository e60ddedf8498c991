"""The command line: the same words and the same answers as the pages and the API."""

from safeconduct.cli.root import app, main

__all__ = ["app", "main"]
