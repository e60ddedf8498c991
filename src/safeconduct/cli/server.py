"""`safeconduct serve`, `demo`, `import`, `export`, `journal` and the commands for people: work at the server."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import django
import typer
from django.core.management import execute_from_command_line

from safeconduct.cli.refusing import refusals_told
from safeconduct.server.environment import prepare_data_folder, read_environment

SETTINGS = "safeconduct.server.settings"

Organisation = Annotated[
    str, typer.Option("--organisation", help="Key of the organisation; not needed where there is only one.")
]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]
AsJSON = Annotated[bool, typer.Option("--json", help="Print for programs.")]
Sites = Annotated[list[str] | None, typer.Option("--site", help="A site of a site manager; may be repeated.")]
RoleWord = Annotated[str, typer.Option("--role", help="administrator, security-manager, site-manager or auditor.")]

journal = typer.Typer(name="journal", help="The journal: check its chain, erase a person.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the server's commands on the root."""
    app.command()(serve)
    app.command()(demo)
    app.command(name="import")(import_file)
    app.command(name="export")(export_file)
    app.command(name="create-user")(create_user)
    app.command(name="set-password")(set_password)
    app.command(name="issue-token")(issue_token)
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False)(
        manage
    )
    app.add_typer(journal)


def make_ready(*, tables: bool = True) -> None:
    """Make the data folder and Django ready; only then what is in `at_server` can be imported.

    That is why the commands below import it inside: Django's models need its settings, and a command that asks nothing
    of the server must not wait for it.
    """
    prepare_data_folder(read_environment().data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    if tables:
        from safeconduct.cli.at_server.serving import prepare

        prepare()


def serve(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Bring the database up to date and serve pages and API until interrupted."""
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server import serving

        serving.collect_static()
        serving.forget_old_sessions()
        typer.echo(f"Safeconduct is at http://{host}:{port}/")
        serving.serve(host, port)


def demo(
    *,
    reset: Annotated[bool, typer.Option("--reset", help="Put the demo organisation back to its first day.")] = False,
    example: Annotated[Path | None, typer.Option(help="Facts file to show instead of the shipped one.")] = None,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve afterwards, or only load.")] = True,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Load the demo organisation where it is missing, print who may sign in, and serve."""
    os.environ["SAFECONDUCT_DEMO"] = "1"
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server.demo import make_demo, shipped_example

        made = make_demo(example or shipped_example(), reset=reset)
    said = "loaded, with today where its example has its today" if made.loaded else "here already (--reset starts anew)"
    typer.echo(f"{made.title}: {said}.\n\nSign in as")
    for one in made.sign_ins:
        where = f" (site {', '.join(one.sites)})" if one.sites else ""
        typer.echo(f"  {one.email:<40} {one.password}   {one.role.words}{where}")
    typer.echo("")
    if serving:
        serve(host=host, port=port)


def import_file(
    file: Annotated[Path, typer.Argument(help="Facts file, or archive with its files.", exists=True, dir_okay=False)],
    *,
    organisation: Organisation = "",
    new: Annotated[bool, typer.Option("--new", help="Found the organisation where it is missing.")] = False,
    replacing: Annotated[bool, typer.Option("--replace", help="Withdraw every fact the file leaves out.")] = False,
    as_json: AsJSON = False,
) -> None:
    """Bring facts into the database: new ones, and in place of those with the same key; everything or nothing."""
    with refusals_told(as_json=as_json):
        make_ready()
        from safeconduct.cli.at_server.organisations import bring_in

        done = bring_in(file, organisation, new=new, replacing=replacing)
    counts = {"new": done.new, "changed": done.changed, "withdrawn": done.withdrawn, "unchanged": done.unchanged}
    if as_json:
        typer.echo(json.dumps(counts | {"journal": str(done.head)}))
        return
    typer.echo(f"{file}: " + ", ".join(f"{count} {word}" for word, count in counts.items()) + ".")
    typer.echo(f"Journal: {done.head}")


def export_file(
    target: Annotated[Path, typer.Argument(help="File to write: .yml, or .zip with the files kept with evidence.")],
    *,
    organisation: Organisation = "",
    known_on: Annotated[
        datetime | None, typer.Option("--known-on", formats=["%Y-%m-%d"], help="As known at the end of this day.")
    ] = None,
) -> None:
    """Write the facts of an organisation into a file, and print the head of its journal to keep as a witness."""
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server.organisations import take_out

        head = take_out(target, organisation, known_on=_day(known_on))
    typer.echo(f"{target}: written, as of entry {head.seq} of the journal.")
    if head.hash:
        typer.echo(f"Journal: {head}")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


@journal.command(name="verify")
def verify_journal(
    *,
    organisation: Organisation = "",
    witness: Annotated[
        list[str] | None, typer.Option("--witness", help="A head printed earlier (12:9f3a…); may be repeated.")
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """Check that nothing was changed, cut off or written anew, and that the facts are what the journal says."""
    with refusals_told(as_json=as_json):
        make_ready()
        from safeconduct.cli.at_server.organisations import check_journal

        found = check_journal(organisation, witness or [])
    if as_json:
        typer.echo(json.dumps({"holds": found.holds, "journal": str(found.head), "problems": found.problems}))
    else:
        for problem in found.problems:
            typer.echo(problem, err=True)
        said = "holds" if found.holds else "does not hold"
        typer.echo(f"The journal {said}. Its head is {found.head}")
    raise typer.Exit(0 if found.holds else 1)


@journal.command(name="erase-person")
def erase_person(
    person: Annotated[str, typer.Argument(help="The person as the facts name them.")],
    *,
    organisation: Organisation = "",
) -> None:
    """Erase a person from facts and journal for good; the chain still verifies."""
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server.organisations import erase

        entries, head = erase(organisation, person)
    typer.echo(f"Erased. {entries} entries of the journal lost their personal part.\nJournal: {head}")


def create_user(
    email: Annotated[str, typer.Argument(help="E-mail address to sign in with.")],
    *,
    role: RoleWord,
    organisation: Organisation = "",
    site: Sites = None,
    name: Annotated[str, typer.Option(help="Name as colleagues use it.")] = "",
) -> None:
    """Give a person a role in an organisation; a new account gets a password, which is printed once."""
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server.organisations import new_user

        password = new_user(email, organisation, role=role, sites=site or [], name=name)
    typer.echo(f"{email}: {role}." + (f" Password: {password}" if password else " The account was there already."))


def set_password(email: Annotated[str, typer.Argument(help="E-mail address of the account.")]) -> None:
    """Give a person a new password, which is printed once."""
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server.organisations import new_password_for

        password = new_password_for(email)
    typer.echo(f"{email}. Password: {password}")


def issue_token(
    title: Annotated[str, typer.Argument(help="What it is used for.")],
    *,
    role: RoleWord,
    until: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day it opens anything.")],
    organisation: Organisation = "",
    site: Sites = None,
) -> None:
    """Issue a token for the API, which is printed once."""
    with refusals_told():
        make_ready()
        from safeconduct.cli.at_server.organisations import new_token

        token = new_token(organisation, title=title, role=role, sites=site or [], until=until.date())
    typer.echo(token)


def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, for example migrate or shell."""
    make_ready(tables=False)
    execute_from_command_line([f"{Path(sys.argv[0]).name} manage", *context.args])
