"""The JSON Schema of needs, bounds and conditions."""

from __future__ import annotations

from safeconduct.catalogue import bounds, conditions, measures, need_reader, record_needs
from safeconduct.catalogue.schema_parts import FLAG, TEXT, Schema, listed, mapping, record, ref, word, words
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import Anchor, DateBasis, Op, Take


def _fields(names: tuple[str, ...], **known: Schema) -> dict[str, Schema]:
    return {name: known.get(name, TEXT) for name in names}


def _bound() -> Schema:
    own = word([Op.AT_LEAST, Op.AT_MOST, Op.INCLUDES])
    fields = _fields(bounds.BOUND_FIELDS, one_of=words(), includes=words(), own=own)
    return {"anyOf": [word(["yes"]), {**record((), fields), "minProperties": 1, "maxProperties": 2}]}


def _renewal() -> Schema:
    fields = {"at_most": TEXT, "own": word([Op.AT_MOST])}
    return {**record((), fields), "minProperties": 1, "maxProperties": 1}


def _leaf() -> Schema:
    fields = _fields(
        need_reader.LEAF_FIELDS,
        shown=words(Shown),
        assurance=word(need_reader.ASSURANCES),
        by=words(need_reader.KEEPERS),
        share=record(("at_least",), {"at_least": TEXT}),
        **{"for": words()},
    )
    return {"type": "object", "properties": fields, "additionalProperties": ref("bound")}


def _measure() -> Schema:
    source = record((), _fields(measures.INPUT_FIELDS, take=word(Take)))
    return record(measures.MEASURE_FIELDS[:2], _fields(measures.MEASURE_FIELDS, let=mapping(source)))


def _record_needs() -> dict[str, Schema]:
    weights: Schema = {"anyOf": [word(["any"]), words()]}
    lookback = _fields(
        record_needs.LOOKBACK_FIELDS,
        none_of=mapping(weights),
        about=words(),
        anchor=word(Anchor),
        date=word(DateBasis),
        shorter_if_young=FLAG,
        renew=ref("renewal"),
    )
    check = _fields(record_needs.CHECK_FIELDS, lists=words(), about=words(), renew=ref("renewal"))
    certificate = _fields(record_needs.CERTIFICATE_FIELDS, schemes=words(), holder=word(["self"]))
    return {
        "lookback": record(record_needs.LOOKBACK_FIELDS[:3], lookback),
        "check": record(record_needs.CHECK_FIELDS[:2], check),
        "certificate": record((), certificate),
        "proof": record(("kind",), _fields(record_needs.PROOF_FIELDS, within=ref("renewal"))),
        "mended": record(record_needs.MENDED_FIELDS, _fields(record_needs.MENDED_FIELDS, within=ref("renewal"))),
    }


def _every() -> Schema:
    who = _fields(record_needs.WHO_FIELDS, outsourced=FLAG, roles=words(), domestic=FLAG, country=words())
    fields = _fields(
        need_reader.EVERY_FIELDS,
        of=word(["partners"]),
        who=record((), who),
        each=ref("need"),
        in_action=word(["counts", "partly"]),
    )
    return record(("of", "each"), fields)


def _need() -> Schema:
    needs = listed(ref("need"))
    branch = record(("when", "then"), {"when": ref("condition"), "then": ref("need")})
    otherwise = record(("otherwise",), {"otherwise": ref("need")})
    forms: dict[str, Schema] = {
        "all": needs,
        "any": needs,
        "some": record(("n", "of"), {"n": TEXT, "partly": TEXT, "of": needs}),
        "choose": listed({"anyOf": [branch, otherwise]}),
        "measure": ref("measure"),
        **_record_needs(),
        "every": _every(),
        "outcome": record(("supported_by",), {"supported_by": ref("need")}),
        "answer": record((), {"draws_on": words()}),
    }
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 2,
        "properties": {"when": ref("condition"), "then": ref("need"), **forms},
        "dependentRequired": {"when": ["then"], "then": ["when"]},
        "additionalProperties": ref("leaf"),
    }


def _condition() -> Schema:
    several = listed(ref("condition"))
    flow = _fields(conditions.FLOW_FIELDS, to=words(), mode=words(conditions.MODES), **{"from": words()})
    known: dict[str, Schema] = {
        "flow": record((), flow),
        "measure": ref("measure"),
        "not": ref("condition"),
        "all": several,
        "any": several,
    }
    fields = {name: known.get(name, TEXT) for name in conditions.CONDITIONS}
    return {**record((), fields), "minProperties": 1, "maxProperties": 1}


NEED_DEFS: dict[str, Schema] = {
    "need": _need(),
    "condition": _condition(),
    "leaf": _leaf(),
    "bound": _bound(),
    "renewal": _renewal(),
    "measure": _measure(),
}
