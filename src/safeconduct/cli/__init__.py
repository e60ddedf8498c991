"""The command line: the same words and the same answers as the pages and the API."""

from safeconduct.cli import catalogue, criteria, editions, exporting, facts, judging, risk, risk_year, server
from safeconduct.cli.root import app, main

editions.add_to(catalogue.app)
exporting.add_to(catalogue.app)
app.add_typer(catalogue.app)
app.add_typer(facts.app)
judging.add_to(app)
criteria.add_to(app)
risk_year.add_to(risk.app)
app.add_typer(risk.app)
server.add_to(app)

__all__ = ["app", "main"]
