"""The root of the command line, on which every subject hangs its commands."""

import typer

import safeconduct

app = typer.Typer(
    name="safeconduct",
    help="One security management system for the supply chain: record once, prove it to every programme.",
    no_args_is_help=True,
)


@app.callback()
def root() -> None:
    """Show what Safeconduct can be asked."""


@app.command()
def version() -> None:
    """Print which Safeconduct this is."""
    typer.echo(f"safeconduct {safeconduct.__version__}")


def main() -> None:
    """Run the command line; a refusal ends with a non-zero exit code."""
    app()
