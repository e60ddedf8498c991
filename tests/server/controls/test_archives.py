"""Facts go out and come in elsewhere as they were, with the files kept with evidence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from safeconduct.core.errors import NotAllowed, Refusals
from safeconduct.facts.writing import write
from safeconduct.server.accounts.queries import command_line_viewer, organisation_of
from safeconduct.server.controls.actions import attach_evidence
from safeconduct.server.controls.archives import export_archive, export_text, import_file, organisation_in
from safeconduct.server.controls.files import folder_of, path_of
from safeconduct.server.journal.actions import dissolve_organisation, found_organisation
from safeconduct.server.journal.importing import import_facts
from safeconduct.server.journal.queries import facts_of, head_of
from safeconduct.server.journal.verification import verify
from tests.server.cast import Cast, evidence
from tests.server.controls.test_files import DIGEST, PDF, upload


@pytest.fixture
def archive(cast: Cast, tmp_path: Path) -> Path:
    """An archive of the exporter, with one file."""
    attach_evidence(cast.viewer("sven"), evidence("e-2"), upload=upload())
    target = tmp_path / "norholt.zip"
    with target.open("wb") as file:
        export_archive(cast.viewer("otto"), facts_of(cast.exporter_line), file)
    return target


def test_an_archive_brought_in_elsewhere_gives_the_same_bytes_again(cast: Cast, archive: Path) -> None:
    before = write(facts_of(cast.exporter_line))
    dissolve_organisation(cast.exporter)
    path_of("norholt", DIGEST).unlink()
    viewer = command_line_viewer(found_organisation(organisation_in(archive)))
    import_file(viewer, archive, import_facts)
    again = io.BytesIO()
    export_archive(viewer, facts_of(viewer), again)
    assert write(facts_of(viewer)) == before
    assert again.getvalue() == archive.read_bytes()
    assert path_of("norholt", DIGEST).read_bytes() == PDF
    assert verify(viewer).holds


def test_a_facts_file_brought_in_elsewhere_gives_the_same_text_again(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "facts.yml"
    file.write_text(export_text(cast.viewer("sven"), facts_of(cast.exporter_line)))
    dissolve_organisation(cast.exporter)
    viewer = command_line_viewer(found_organisation("norholt"))
    done = import_file(viewer, file, import_facts)
    assert (done.new, done.changed) == (8, 0)
    assert export_text(viewer, facts_of(viewer)) == file.read_text()


def test_a_facts_file_without_the_contents_it_names_is_refused(cast: Cast, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts.yml"
    file.write_text(write(facts_of(cast.exporter_line)))
    path_of("norholt", DIGEST).unlink()
    with pytest.raises(Refusals, match=r"'seal log.pdf' is not here"):
        import_file(cast.viewer("sven"), file, import_facts)


def test_a_broken_file_stores_nothing_and_tells_every_line(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "broken.yml"
    file.write_text(
        "safeconduct: 1\norganisation: {key: norholt}\nunits:\n  x: {in: nowhere, kind: site}\n  y: {kind: hall}\n"
    )
    before = head_of(cast.exporter_line)
    with pytest.raises(Refusals) as refused:
        import_file(cast.viewer("sven"), file, import_facts)
    assert sorted({problem.place.line for problem in refused.value.refusals}) == [4, 5]
    assert head_of(cast.exporter_line) == before


def test_who_may_not_takes_nothing_in_or_out(cast: Cast, archive: Path) -> None:
    with pytest.raises(NotAllowed):
        import_file(cast.viewer("otto"), archive, import_facts)
    with pytest.raises(NotAllowed):
        export_text(cast.viewer("mara"), facts_of(cast.exporter_line))


def test_a_dissolved_organisation_leaves_the_others_alone(cast: Cast) -> None:
    before = facts_of(cast.outside_line)
    dissolve_organisation(cast.exporter)
    assert organisation_of("norholt") is None
    assert facts_of(cast.outside_line) == before
    assert folder_of("outsider") != folder_of("norholt")
