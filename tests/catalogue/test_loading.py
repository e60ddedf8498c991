from __future__ import annotations

import os
import shutil
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from safeconduct.catalogue.loading import digest_of, examine, load
from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.errors import Refusals, UnknownKey
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.quantities import ParameterKind, Percent
from safeconduct.core.records.about import Link, Statement
from safeconduct.core.records.catalogue import (
    Applies,
    Control,
    Coverage,
    Inherits,
    Mode,
    Obligation,
    Parameter,
    Requirement,
    RequirementKind,
    Rule,
    Scope,
)
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import AllNeed, AnyOf, Bound, ControlNeed, FlowIs, LookbackNeed, Op, TraitIs

WHOLE = Path(__file__).parent / "fixtures" / "whole"
MUST, SHOULD = Obligation.MUST, Obligation.SHOULD


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(WHOLE, tmp_path / "data")


def test_a_control_is_read_whole() -> None:
    assert load(WHOLE).controls["seal-fitting"] == Control(
        key="seal-fitting",
        title="A seal is fitted to a loaded unit",
        family="G",
        mode=Mode.PER_EVENT,
        inherits=Inherits.PROCEDURE,
        shown=(Shown.DESIGN, Shown.OPERATION),
        parameters={
            "class": Parameter("class", ParameterKind.ORDER, terms="seal-class"),
            "affixer": Parameter("affixer", ParameterKind.CHOICE, words=("responsible-party", "driver")),
            "photo": Parameter("photo", ParameterKind.FLAG, inherits=Inherits.NEVER),
        },
        note="The act and the rule behind it.",
    )


def test_terms_are_read_whole() -> None:
    terms = load(WHOLE).terms
    assert terms.lists["people"].widening("drivers") == ("drivers", "staff", "everyone")
    assert terms.lists["seal-class"].ordered
    assert terms.lists["areas"].profiled
    assert terms.lists["seal-class"].title("none") == "no seal"
    assert terms.titles == {"producer": "It produces goods", "dishonest": "Dishonest in customs credit"}
    assert terms.checks == {"dishonest": ("entity", "partner")}
    assert terms.proofs["contract-clause"].may_be_open
    assert terms.own_targets["mended"] == "corrective-action"
    assert terms.roles["carrier"] == "Carrier"


def test_what_is_told_about_an_edition_is_read_whole() -> None:
    programmes = load(WHOLE).programmes
    about = programmes["us-demo/2020"].about
    assert about is not None
    act = Source("The act", "s. 3", date(2026, 11, 24), Sure.SECONDARY, "https://example.org/act")
    assert about.life_cycle[0].clock == Duration(120, DurationUnit.DAYS)
    assert about.life_cycle[0].by == "authority"
    assert about.life_cycle[1] == Statement(
        "The status is checked again.", act, open=True, note="The act says regularly."
    )
    assert [len(one) for one in (about.legal_basis, about.benefits, about.notifiable, about.duties)] == [1, 1, 1, 1]
    assert about.links == (Link("The programme's page", "https://example.org/"),)
    assert about.licence == "The act is in the public domain."
    assert programmes["us-demo/2015"].about is None


def test_a_row_is_read_whole() -> None:
    assert load(WHOLE).programmes["us-demo/2020"].requirements[0] == Requirement(
        key="us-demo/1.1",
        ref="1.1",
        title="Seals",
        asks="A loaded unit gets a high-security seal.",
        kind=RequirementKind.CONDITION,
        obligation=((date(2020, 3, 1), SHOULD), (date(2023, 1, 1), MUST)),
        roles={"importer": Applies.YES, "carrier": ((date(2021, 1, 1), SHOULD),)},
        scope=Scope.SITE,
        source=Source("The criteria", "1.1", date(2026, 11, 24), Sure.SECONDARY, "https://example.org/1.1"),
        about="consignment",
        safe=("G",),
        chapter="cargo",
        when=AnyOf((TraitIs("stuffs-containers"), FlowIs(to=("US",), mode=("sea",)))),
        needs=ControlNeed(
            "seal-fitting",
            bounds=(
                ("class", Bound(Op.AT_LEAST, "high-security", partly_at="indicative")),
                ("affixer", Bound(Op.ONE_OF, frozenset({"responsible-party"}))),
                ("photo", Bound(Op.YES, value=True)),
            ),
            shown=(Shown.OPERATION,),
            assurance="verified",
            by=("self", "contract"),
            share=Bound(Op.AT_LEAST, Percent(Decimal(100))),
        ),
        note="As the issuer says.",
    )


def test_a_programme_is_read_whole() -> None:
    programme = load(WHOLE).programmes["us-demo/2020"]
    assert (programme.id, programme.supersedes, programme.transition_until) == (
        "us-demo/2020",
        "2015",
        date(2020, 12, 31),
    )
    assert programme.schemes == {"full": "us-demo"}
    assert load(WHOLE).programmes["us-demo/2015"].schemes == {"": "us-demo"}
    assert (programme.rule, programme.not_applicable, programme.waivers) == (Rule.PLAIN, False, True)
    assert programme.alternatives_by == ("authority",)
    assert [row.key for row in programme.requirements][-1] == "us-demo/a-1"


def test_rows_that_are_auto_count_the_binding_rows_of_the_role() -> None:
    coverage = load(WHOLE).programmes["us-demo/2020"].coverage
    assert coverage["importer"] == Coverage("importer", 3, 40, complete=False, gaps=("1.1", "1.2"))
    assert coverage["carrier"] == Coverage("carrier", 0, None, complete=False)


def test_parts_keep_their_own_obligation_roles_and_condition() -> None:
    cameras, people = load(WHOLE).requirement("us-demo/1.2").parts
    assert (cameras.key, cameras.title, cameras.obligation[0][1], cameras.roles) == ("cameras", "Cameras", SHOULD, {})
    assert (people.obligation[0][1], people.roles) == (MUST, {"importer": Applies.YES})
    assert people.when is not None


def test_a_look_back_is_typed() -> None:
    needs = load(WHOLE).requirement("us-demo/2.1").needs
    assert isinstance(needs, AllNeed)
    [lookback] = [member for member in needs.members if isinstance(member, LookbackNeed)]
    assert lookback.none_of == {"infringement": frozenset({"serious"}), "fine": frozenset()}
    assert lookback.window == Duration(3, DurationUnit.YEARS)


def test_a_limit_may_bound_the_better_side() -> None:
    needs = load(WHOLE).requirement("privacy-demo/1").needs
    assert needs == ControlNeed("cctv", bounds=(("keep", Bound(Op.AT_MOST, Duration(30, DurationUnit.DAYS))),))


def test_the_newest_edition_answers_for_a_key() -> None:
    assert load(WHOLE).row("us-demo/1.1")[0].edition == "2020"
    with pytest.raises(UnknownKey, match=r'Did you mean "us-demo/1\.1"'):
        load(WHOLE).row("us-demo/1.11")


def test_what_nothing_uses_is_told_and_not_refused() -> None:
    examined = examine(WHOLE)
    assert examined.refusals == ()
    assert [warning.what for warning in examined.warnings] == [
        "No row asks for the control 'guard-post'.",
        "Nothing uses the figure 'documents'.",
        "Nothing uses the figure 'margin'.",
        "Nothing uses the proof kind 'questionnaire'.",
        "No row names these elements of 'areas': storage, parking.",
        "No row names these elements of 'people': visitors.",
        "No row names these elements of 'record-types': declarations.",
        "No row names these elements of 'topics': reporting.",
    ]


def test_the_digest_follows_content_and_name(copy: Path) -> None:
    before = digest_of(copy)
    assert before == digest_of(WHOLE) == load(WHOLE).digest
    (copy / "retired.yml").write_text("a-b: {on: 2024-01-01, why: Gone.}\n")
    changed = digest_of(copy)
    (copy / "recognition" / "demo.yml").rename(copy / "recognition" / "other.yml")
    assert len({before, changed, digest_of(copy)}) == 3


def test_a_catalogue_is_read_again_only_when_a_file_changed(copy: Path) -> None:
    first = load(copy)
    assert load(copy) is first
    file = copy / "controls" / "cargo.yml"
    file.write_text(file.read_text().replace("A guard stands at the gate", "A guard sits at the gate"))
    os.utime(file, ns=(time.time_ns(), time.time_ns() + 10**9))
    assert load(copy).controls["guard-post"].title == "A guard sits at the gate"


def test_loading_raises_every_refusal_at_once(copy: Path) -> None:
    (copy / "controls" / "broken.yml").write_text("a-b: {}\n")
    (copy / "recognition" / "broken.yml").write_text("- x\n")
    with pytest.raises(Refusals) as caught:
        load(copy)
    assert len(caught.value.refusals) == 6


def test_a_folder_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusals, match=r"holds no controls/terms\.yml"):
        load(tmp_path)


def test_the_shipped_catalogue_has_nothing_to_refuse_and_names_its_sources() -> None:
    examined = examine()
    assert [str(refusal) for refusal in examined.refusals] == []
    rows = [row for programme in examined.catalogue.programmes.values() for row in programme.requirements]
    assert len(rows) > 400
    assert all(row.source.document and row.source.locator for row in rows)
