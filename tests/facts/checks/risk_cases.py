"""Every refusal of the risk assessment: a record brought to the world of the risk tests, and what is said of it.

A case has a name, the code, the section, the record as plain data, the field that is told, and words of what to do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORLD = Path(__file__).parents[2] / "core" / "risk" / "world.yml"
_KEYS: dict[str, dict[str, Any]] = {
    "risk_assessments": {
        "method": "iso-31000", "matrix": "plain-five-by-five", "entity": "made-bv", "places": ["yard"],
        "on": "2026-03-01", "bearable": "medium",
    },
    "risks": {
        "assessment": "sra", "scenario": "theft-from-facility", "at": "shed",
        "likelihood": {"low": "0.1", "high": "1"}, "loss": {"low": "1000", "high": "90000"},
    },
    "lanes": {"title": "South", "unit": "made-bv", "from": "NL", "to": "ES"},
    "assets": {"title": "Trailers", "kind": "conveyances", "at": "yard"},
    "scenarios": {"title": "A drone looks in"},
    "common_causes": {
        "title": "A gang", "assessment": "sra", "likelihood": {"low": "0.1", "high": "1"},
        "hits": [{"risk": "r-vehicle-yard", "chance": "0.5"}, {"risk": "r-vehicle-shed", "chance": "0.5"}],
    },
    "overrides": {
        "risk": "r-vehicle-yard", "what": "likelihood", "value": "1", "why": "We saw it", "by": "A person",
        "since": "2026-03-01", "until": "2026-12-31",
    },
    "incidents": {"scenario": "theft-of-vehicle", "at": "yard", "on": "2026-03-01"},
    "watched": {"places": ["yard"], "from": "2026-01-01", "to": "2026-03-01"},
    "threat_levels": {"country": "NL", "level": "high", "source": "An office", "on": "2026-03-01"},
    "scale_bounds": {
        "scale": "likelihood-five", "measure": "frequency", "why": "We are small", "since": "2026-01-01",
        "starts": {"rare": "0", "unlikely": "0.1", "possible": "0.2", "likely": "1", "frequent": "5"},
    },
    "matrix_cells": {
        "matrix": "plain-five-by-five", "cells": {"possible-major": "medium"}, "why": "We bear it",
        "since": "2026-01-01",
    },
    "treatments": {"risk": "r-vehicle-yard", "way": "reduce", "decided": "2026-03-01", "due": "2026-12-31"},
    "objectives": {
        "title": "Gates", "risks": ["r-vehicle-yard"], "since": "2026-03-01", "due": "2026-12-31",
        "targets": [{"measure": "control", "needs": {"gate-control": {}}, "of": ["yard"], "aim": "100 %"}],
    },
}  # fmt: skip
"""By section, a record that is fine but for its key."""


@dataclass(frozen=True)
class Case:
    """One record that is refused, or one that is not where it has no code."""

    name: str
    code: str
    section: str
    record: dict[str, Any]
    field: str
    do: str

    def text(self) -> tuple[str, int]:
        """The world with the record, and the line on which it stands."""
        lines = WORLD.read_text("utf-8").splitlines()
        head = f"{self.section}:"
        if head not in lines:
            lines.append(head)
        at = lines.index(head) + 1
        lines.insert(at, f"  - {json.dumps(self.record)}")
        return "\n".join(lines) + "\n", at + 1


def fine(section: str, **other: Any) -> dict[str, Any]:
    """A record that is fine, with other values; None leaves a field out."""
    record = {"key": "new", **_KEYS[section], **other}
    return {name: value for name, value in record.items() if value is not None}


def _case(name: str, code: str, section: str, field: str, do: str, **other: Any) -> Case:
    return Case(name, code, section, fine(section, **other), field, do)


def _target(**of: Any) -> dict[str, Any]:
    return {"targets": [of]}


def _gate(**other: Any) -> dict[str, Any]:
    return _target(**{"measure": "control", "needs": {"gate-control": {}}, "of": ["yard"], "aim": "100 %", **other})


def _read(**other: Any) -> dict[str, Any]:
    return _target(**{"measure": "reading", "says": "Seals", "start": "0", "aim": "10", **other})


def _span(low: str, high: str) -> dict[str, str]:
    return {"low": low, "high": high}


def _answer(**other: Any) -> dict[str, Any]:
    answer = {"needs": {"cctv": {}}, "way": "prevent", "likelihood": _span("0.1", "0.4"), **other}
    return {"answers": [{name: value for name, value in answer.items() if value is not None}]}


FINE = [_case(section, "", section, "", "") for section in _KEYS]
_TWO: dict[str, Any] = {"all": [{"cctv": {}}, {"gate-control": {}}]}
_BOUNDS: dict[str, str] = _KEYS["scale_bounds"]["starts"]
REFUSED = [
    _case("a class no matrix has", "unknown-word", "risk_assessments", "bearable", "medium", bearable="fine"),
    _case("no currency", "wrong-kind", "risk_assessments", "currency", "EUR", currency="euro"),
    _case("follows itself", "circle", "risk_assessments", "follows", "the one before", follows="new"),
    _case("worth without currency", "wrong-kind", "assets", "worth", "60000 EUR", worth="60000"),
    _case("worth below nothing", "number-cannot-be", "assets", "worth", "minus", worth="-5 EUR"),
    _case("a lane from nowhere", "bad-country", "lanes", "from", "two letters", **{"from": "Holland"}),
    _case("a lane to nowhere", "bad-country", "lanes", "to", "two letters", to="Spain"),
    _case("a threat nowhere", "bad-country", "threat_levels", "country", "two letters", country="Holland"),
    _case("a shipped scenario", "key-taken", "scenarios", "key", "another key", key="theft-of-vehicle"),
    _case("two controls in a line", "not-one-control", "scenarios", "needs", "own line", **_answer(needs=_TWO)),
    _case("lowers nothing", "lowers-nothing", "scenarios", "answers", "a share", **_answer(likelihood=None)),
    _case("mitigates likelihood", "wrong-side", "scenarios", "way", "other side", **_answer(way="mitigate")),
    _case(
        "prevents consequence", "wrong-side", "scenarios", "way", "other side",
        **_answer(consequence=_span("0", "0.2")),
    ),
    _case(
        "a share above 1", "range-cannot-be", "scenarios", "likelihood", "between 0 and 1",
        **_answer(likelihood=_span("0.1", "1.4")),
    ),
    _case("a negative rate", "range-cannot-be", "risks", "likelihood", "above 0", likelihood=_span("-1", "2")),
    _case("a rate of nothing", "range-cannot-be", "risks", "likelihood", "above 0", likelihood=_span("0", "2")),
    _case("more than sand", "range-cannot-be", "risks", "likelihood", "1,000,000", likelihood=_span("1", "1e300")),
    _case("no number", "range-cannot-be", "risks", "loss", "Give two numbers", loss=_span("much", "more")),
    _case("endless", "range-cannot-be", "risks", "loss", "Give two numbers", loss=_span("1", "inf")),
    _case("upside down", "range-upside-down", "risks", "loss", "Swap its ends", loss=_span("9", "1")),
    _case("too wide", "range-too-wide", "risks", "loss", "Narrow it", loss=_span("1", "1e9")),
    _case("half a harm", "range-upside-down", "risks", "harm", "Swap its ends", harm=_span("2", "1")),
    _case("neither often nor grave", "half-a-risk", "risks", "likelihood", "excluded", likelihood=None),
    _case("out of scope", "out-of-scope", "risks", "at", "the assessment's places", at="made-bv"),
    _case("no such measure", "unknown-word", "risks", "grave", "people", grave={"mood": "low"}),
    _case("no such level", "unknown-word", "risks", "grave", "lasting-harm-or-death", grave={"people": "sad"}),
    _case(
        "strikes one", "not-common", "common_causes", "hits", "two different risks",
        hits=[{"risk": "r-vehicle-yard", "chance": "1"}],
    ),
    _case(
        "strikes one twice", "not-common", "common_causes", "hits", "two different risks",
        hits=[{"risk": "r-vehicle-yard", "chance": "1"}, {"risk": "r-vehicle-yard", "chance": "0.5"}],
    ),
    _case(
        "no chance", "number-cannot-be", "common_causes", "chance", "up to 1",
        hits=[{"risk": "r-vehicle-yard", "chance": "2"}, {"risk": "r-vehicle-shed", "chance": "1"}],
    ),
    _case("named as a risk", "key-taken", "common_causes", "key", "Rename one", key="r-vehicle-yard"),
    _case("a cause reversed", "range-upside-down", "common_causes", "likelihood", "Swap", likelihood=_span("2", "1")),
    _case("a rate below 0 by hand", "number-cannot-be", "overrides", "value", "from 0", value="-1"),
    _case("a rate beyond all by hand", "number-cannot-be", "overrides", "value", "1,000,000", value="1e9"),
    _case("a share above 1 by hand", "number-cannot-be", "overrides", "value", "to 1", what="vulnerability", value="2"),
    _case("words by hand", "number-cannot-be", "overrides", "value", "a number", what="loss", value="much"),
    _case("a class by hand", "unknown-word", "overrides", "value", "medium", what="priority", value="awful"),
    _case("no loss to set", "half-a-risk", "overrides", "what", "a range of loss", what="loss", risk="r-piracy"),
    _case("by hand for ever", "refused", "overrides", "until", "", until=None),
    _case("by hand without a reason", "empty", "overrides", "why", "", why=" "),
    _case("a loss in words", "wrong-kind", "incidents", "loss", "60000 EUR", loss="some"),
    _case("found before it happened", "end-before-start", "incidents", "found", "", found="2026-02-01"),
    _case("watched backwards", "end-before-start", "watched", "to", "", to="2025-01-01"),
    _case("a measure no scale reads", "unknown-word", "scale_bounds", "measure", "frequency", measure="mood"),
    _case(
        "a bound of no class", "unknown-word", "scale_bounds", "starts", "rare",
        starts={**_BOUNDS, "now-and-then": "7"},
    ),
    _case(
        "a bound that is no level", "unknown-word", "scale_bounds", "starts", "a number",
        starts={**_BOUNDS, "rare": "seldom"},
    ),
    _case(
        "a bound is missing", "bounds-missing", "scale_bounds", "starts", "every class",
        starts={name: one for name, one in _BOUNDS.items() if name != "likely"},
    ),
    _case(
        "bounds that fall", "bounds-disorder", "scale_bounds", "starts", "higher one",
        starts={**_BOUNDS, "likely": "9"},
    ),
    _case(
        "bounds that are the issuer's", "issuers-own", "scale_bounds", "scale", "ours to change",
        scale="iso-28001-consequence",
    ),
    _case("cells that are the issuer's", "issuers-own", "matrix_cells", "matrix", "ours", matrix="iso-28001-scoring"),
    _case("no cell", "empty", "matrix_cells", "cells", "at least one", cells={}),
    _case(
        "a cell the matrix has not", "unknown-word", "matrix_cells", "cells", "possible-major",
        cells={"possible-mayor": "medium"},
    ),
    _case(
        "a class the result has not", "unknown-word", "matrix_cells", "cells", "medium",
        cells={"possible-major": "middling"},
    ),
    _case(
        "accepted for ever", "accepted-without-end", "treatments", "until", "Fill in `until`", way="accept", due=None,
        owner="A person",
    ),
    _case(
        "accepted by nobody", "accepted-without-end", "treatments", "owner", "Fill in `owner`", way="accept", due=None,
        until="2026-12-31",
    ),
    _case("shared, nobody knows how much", "share-cannot-be", "treatments", "share", "for example 0.8", way="share"),
    _case("shared twice over", "share-cannot-be", "treatments", "share", "0.8", way="share", share="2"),
    _case("a share where nothing is shared", "share-cannot-be", "treatments", "share", "the way", share="0.5"),
    _case("a cost in words", "wrong-kind", "treatments", "cost", "60000 EUR", cost="little"),
    _case(
        "two controls planned in a line", "not-one-control", "treatments", "needs", "own line",
        controls=[{"needs": _TWO, "at": "yard"}],
    ),
    _case(
        "an unknown control", "refused", "treatments", "needs", "gate-control",
        controls=[{"needs": {"gate-controls": {}}, "at": "yard"}],
    ),
    _case("a target of no control", "not-one-control", "objectives", "needs", "one control", **_gate(needs=_TWO)),
    _case("a target nowhere", "empty", "objectives", "of", "at least one", **_gate(of=[])),
    _case("a target at no unit", "unknown-key", "objectives", "of", "yard", **_gate(of=["yardd"])),
    _case("an aim that is no share", "wrong-kind", "objectives", "aim", "percent", **_gate(aim="all")),
    _case("a start that is no share", "wrong-kind", "objectives", "start", "percent", **_gate(start="half")),
    _case(
        "a target of no enrolment", "unknown-key", "objectives", "of", "Record it",
        **_target(measure="programme", of=["never"], aim="90 %"),
    ),
    _case(
        "a risk aimed at no class", "unknown-word", "objectives", "aim", "medium",
        **_target(measure="risk", of=["r-vehicle-yard"], aim="small"),
    ),
    _case("nobody says what is read", "empty", "objectives", "says", "Fill in", **_read(says="")),
    _case("an aim that is no number", "wrong-kind", "objectives", "aim", "a number", **_read(aim="90 %")),
    _case(
        "a reading that is no number", "wrong-kind", "objectives", "readings", "a number",
        **_read(readings=[{"on": "2026-04-01", "value": "few"}]),
    ),
    _case("due before it is set", "end-before-start", "objectives", "due", "", due="2026-01-01"),
]  # fmt: skip
