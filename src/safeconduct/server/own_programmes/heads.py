"""programme.yml and about.yml as the simple editor says them: its fields are written anew, all others stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from safeconduct.server.own_programmes.texts import Texts, head_text, mapping_of, yaml_of

ALWAYS = ("title", "owner", "since", "unit", "roles", "rule", "chapters", "alternatives", "not_applicable", "note")


def head_plain(said: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What programme.yml says besides its keys, from the fields of the form; what is empty is left out.

    The issuer's own text stands behind it, and every role is told in full: it is theirs to say.
    """
    source = {"document": f"{said['title']}", "sure": "confirmed", "checked": day.isoformat()}
    plain = {
        **{name: said.get(name) for name in ("title", "owner", "since", "unit", "roles", "rule", "chapters")},
        "alternatives": {"accepted_by": said["accepted_by"]} if said.get("accepted_by") else None,
        "not_applicable": said.get("not_applicable"),
        "coverage": {role: {"rows": "auto", "of": "unknown", "complete": "yes"} for role in said["roles"]},
        "sources": [source],
        "note": said.get("note"),
    }
    return {name: value for name, value in plain.items() if value}


def changed_head(head: str, said: Mapping[str, Any], day: date) -> str:
    """programme.yml with the fields of the form; a role that was told before stays as it was told.

    Raises Refusals where the text is no YAML.
    """
    before = mapping_of(head)
    plain = head_plain(said, day)
    told = before.get("coverage", {})
    known = told if isinstance(told, dict) else {}
    plain["coverage"] = {role: known.get(role, one) for role, one in plain["coverage"].items()}
    plain["sources"] = before.get("sources", plain["sources"])
    kept = {name: value for name, value in before.items() if name not in (*ALWAYS, *plain)}
    programme = kept.pop("programme", "")
    return head_text({"programme": programme, **kept, **plain, "edition": said["edition"]})


def said_of(texts: Texts) -> dict[str, Any]:
    """What the form shows of the texts. Raises Refusals where one of them is no YAML."""
    head, about = mapping_of(texts.head), mapping_of(texts.about)
    accepted = head.get("alternatives")
    return {
        **head,
        "accepted_by": accepted.get("accepted_by", ()) if isinstance(accepted, dict) else (),
        "basis": _first(about.get("legal_basis"), "what"),
        "licence": about.get("licence", ""),
        "steps": [_step(one) for one in about.get("life_cycle", ()) if isinstance(one, dict)],
    }


def _first(value: Any, name: str) -> str:
    first = value[0] if isinstance(value, list) and value else {}
    return str(first.get(name, "")) if isinstance(first, dict) else ""


def _step(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.get(name, "") for name in ("step", "by", "clock")}


def changed_about(about: str, said: Mapping[str, Any], day: date) -> str:
    """about.yml with basis, licence and life cycle of the form; empty where nothing of it is said.

    A statement whose words are as they were keeps its source and its note. Raises Refusals where the text is no YAML.
    """
    before = mapping_of(about)
    steps: Sequence[Mapping[str, Any]] = said.get("steps") or ()
    if not before and not steps and not said.get("basis") and not said.get("licence"):
        return ""
    source = {"document": said["title"], "locator": "life cycle", "checked": day.isoformat(), "sure": "confirmed"}
    basis = before.get("legal_basis") or []
    if said.get("basis", "") != _first(basis, "what"):
        basis = [{"what": said["basis"], "source": {**source, "locator": "basis"}}] if said.get("basis") else []
    known = {_first([one], "step"): one for one in before.get("life_cycle", ()) if isinstance(one, dict)}
    written = [_written_step(one, known.get(one["step"], {}), source) for one in steps]
    rest = {name: value for name, value in before.items() if name not in ("legal_basis", "life_cycle", "licence")}
    licence = said.get("licence") or f"The text is {said['owner']}'s own."
    return yaml_of({"legal_basis": basis, "life_cycle": written, **rest, "licence": licence})


def _written_step(one: Mapping[str, Any], before: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: one[name] for name in ("step", "by", "clock") if one.get(name)}
    kept = {name: value for name, value in before.items() if name not in ("step", "by", "clock")}
    return {**told, "source": dict(source), **kept}
