"""What a field may be answered with: units, partners and records of the organisation, words of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from safeconduct.core.records.identifiers import Bearer
from safeconduct.core.records.units import UnitKind
from safeconduct.facts.checks.concerned import concerned
from safeconduct.facts.checks.units import MODES
from safeconduct.server.journal.forms import risk_choices as risk
from safeconduct.server.journal.forms.ground import FormGround
from safeconduct.server.journal.forms.offered import Choice, Choices
from safeconduct.server.journal.reading import seen

type Offer = Callable[[FormGround], Choices]


def in_words(word: str) -> str:
    """A word of files as people read it.

    >>> in_words("customs-lead")
    'customs lead'
    """
    return word.replace("-", " ").replace("_", " ")


def _sorted(choices: Iterable[Choice]) -> Choices:
    return [*sorted(choices, key=lambda choice: choice[1].casefold())]


def _groups(**groups: Iterable[Choice]) -> Choices:
    """Groups with a heading; those without a choice are left out."""
    found: Choices = []
    for heading, members in groups.items():
        listed = sorted(members, key=lambda choice: choice[1].casefold())
        if listed:
            found.append((in_words(heading).capitalize(), listed))
    return found


def entities(ground: FormGround) -> Choices:
    """Legal entities."""
    return [(unit.key, unit.title or unit.key) for unit in ground.of_kind(UnitKind.ENTITY)]


def sites(ground: FormGround) -> Choices:
    """Sites; those of one legal entity where the form names it."""
    entity = ground.text("entity")
    found = [unit for unit in ground.of_kind(UnitKind.SITE) if not entity or unit.in_ == entity]
    return [(unit.key, unit.title or unit.key) for unit in found]


def _organisation(ground: FormGround) -> list[Choice]:
    key = ground.snapshot.facts.organisation.key
    return [] if ground.viewer.limited else [(key, ground.unit_title(key))]


def _unit_choices(ground: FormGround, kind: UnitKind) -> list[Choice]:
    return [(unit.key, unit.title or unit.key) for unit in ground.of_kind(kind)]


def places(ground: FormGround) -> Choices:
    """The organisation, its legal entities and sites."""
    return _groups(
        organisation=_organisation(ground),
        legal_entities=_unit_choices(ground, UnitKind.ENTITY),
        sites=_unit_choices(ground, UnitKind.SITE),
    )


def containers(ground: FormGround) -> Choices:
    """What a unit may stand in: a legal entity in the organisation, a site in a legal entity."""
    kind = ground.text("kind")
    top = _organisation(ground) if kind != UnitKind.SITE.value else []
    inner = _unit_choices(ground, UnitKind.ENTITY) if kind != UnitKind.ENTITY.value else []
    return [*top, *inner]


def partners(ground: FormGround) -> Choices:
    """Partners."""
    return _sorted((one.key, one.title or one.key) for one in ground.snapshot.facts.partners)


def holders(ground: FormGround) -> Choices:
    """Who may hold a certificate."""
    return [*_groups(partners=_partner_choices(ground)), *places(ground)]


def _partner_choices(ground: FormGround) -> list[Choice]:
    return [] if ground.viewer.limited else [(one.key, one.title or one.key) for one in ground.snapshot.facts.partners]


def _record_choices(ground: FormGround) -> list[Choice]:
    return [(one.key, ground.record_title(one)) for one in seen(ground.viewer, "in_place") if one.present]


def records(ground: FormGround) -> Choices:
    """Controls in place."""
    return _sorted(_record_choices(ground))


def _sample_choices(ground: FormGround) -> list[Choice]:
    known = ground.snapshot.records
    return [
        (one.key, f"{ground.record_title(known[one.of])}, {one.from_} to {one.to}")
        for one in seen(ground.viewer, "samples")
        if one.of in known
    ]


def mendable(ground: FormGround) -> Choices:
    """What a corrective action may put right."""
    found = [
        (one.key, f"{one.on}: {one.text or ground.control_title(one.of)}"[:110])
        for one in seen(ground.viewer, "findings")
    ]
    return _groups(findings=found, partners=_partner_choices(ground), samples=_sample_choices(ground))


def _findings_about(ground: FormGround) -> Choices:
    return _groups(
        partners=_partner_choices(ground),
        samples=_sample_choices(ground),
        controls_in_place=_record_choices(ground),
    )


def controls(ground: FormGround) -> Choices:
    """Controls of the catalogue."""
    return _sorted((one.key, one.title) for one in ground.catalogue.controls.values() if not one.replaced_by)


def editions(ground: FormGround) -> Choices:
    """Editions of programmes one can be enrolled in."""
    found = [one for one in ground.catalogue.programmes.values() if one.kind == "scheme"]
    return _sorted((one.id, f"{one.title}, {one.edition}") for one in found)


def roles(ground: FormGround) -> Choices:
    """Operator roles: of the programme the form names, else all."""
    titles, programme = ground.catalogue.terms.roles, ground.programme()
    return [(role, titles.get(role, in_words(role))) for role in (programme.roles if programme else sorted(titles))]


def variants(ground: FormGround) -> Choices:
    """Kinds of status of the programme the form names."""
    programme = ground.programme()
    if programme is None:
        return []
    return [(one, programme.variant_titles.get(one, in_words(one))) for one in programme.variants]


def _schemes(ground: FormGround) -> Choices:
    return _sorted((one.key, one.title) for one in ground.catalogue.terms.schemes.values())


def _proof_kinds(ground: FormGround) -> Choices:
    return _sorted((one.key, one.title or in_words(one.key)) for one in ground.catalogue.terms.proofs.values())


def _event_kinds(ground: FormGround) -> Choices:
    return _sorted((one.key, one.title or in_words(one.key)) for one in ground.catalogue.terms.events.values())


def _figures(ground: FormGround) -> Choices:
    return _sorted((one.key, one.title or in_words(one.key)) for one in ground.catalogue.terms.figures.values())


def identifiers(ground: FormGround) -> Choices:
    """The types of numbers that the unit or partner on the form may carry."""
    bearers = {Bearer(ground.text("kind"))} if ground.text("kind") in set(Bearer) else {Bearer.ENTITY, Bearer.SITE}
    kinds = ground.catalogue.identifiers.values()
    return _sorted((one.key, one.title) for one in kinds if bearers & set(one.of))


def _check_lists(ground: FormGround) -> Choices:
    terms = ground.catalogue.terms
    return _sorted((one, terms.titles.get(one, in_words(one))) for one in terms.checks)


def _persons(ground: FormGround) -> Choices:
    listed = ground.catalogue.terms.lists.get("concerned")
    return _sorted((one, listed.title(one) if listed else in_words(one)) for one in concerned(ground.catalogue))


def _looked_up(ground: FormGround) -> Choices:
    """Whom a list can be asked about; all of them while no list is named."""
    asked = ground.catalogue.terms.checks.get(ground.text("list"))
    people = _persons(ground)
    return people if asked is None else [one for one in people if one[0] in asked]


def _weights(ground: FormGround) -> Choices:
    """Weights of the kind of event the form names; all of them while it names none."""
    events = ground.catalogue.terms.events
    named = events.get(ground.text("kind"))
    words = named.weights if named else dict.fromkeys(chain.from_iterable(one.weights for one in events.values()))
    return [(word, in_words(word)) for word in words]


def profiled(ground: FormGround) -> Choices:
    """Elements that may not exist at a unit."""
    seen: set[str] = set()
    groups: Choices = []
    for one in ground.catalogue.terms.lists.values():
        members = [(element, one.title(element)) for element in one.elements if one.profiled and element not in seen]
        seen.update(element for element, _ in members)
        if members:
            groups.append((in_words(one.key).capitalize(), members))
    return groups


def trait_choices(ground: FormGround) -> list[Choice]:
    """Traits that the unit on the form can have: a site only those of sites."""
    terms = ground.catalogue.terms
    site = ground.text("kind") == UnitKind.SITE.value
    kept = [trait for trait, scope in terms.traits.items() if not site or scope == UnitKind.SITE.value]
    return [(trait, terms.titles.get(trait, in_words(trait))) for trait in kept]


def _modes(_ground: FormGround) -> Choices:
    return [(mode, mode) for mode in MODES]


BY_REF: Mapping[str, Offer] = {
    "asset": risk.assets,
    "check-list": _check_lists,
    "container": containers,
    "control": controls,
    "edition": editions,
    "entity": entities,
    "event-kind": _event_kinds,
    "figure": _figures,
    "holder": holders,
    "identifier": identifiers,
    "in_place": records,
    "matrix": risk.matrices,
    "mendable": mendable,
    "partner": partners,
    "place": places,
    "proof-kind": _proof_kinds,
    "risk": risk.risks,
    "risk-assessment": risk.risk_assessments,
    "risk-place": risk.risk_places,
    "role": roles,
    "scale": risk.scales,
    "scenario": risk.scenarios,
    "scheme": _schemes,
    "site": sites,
}
"""What a field that names something offers, by its `ref`. Requirements are too many to be offered: they are typed."""

BY_FIELD: Mapping[tuple[str, str], Offer] = {
    ("attestations", "about"): _persons,
    ("checks", "about"): _looked_up,
    ("enrolments", "flows.mode"): _modes,
    ("enrolments", "variant"): variants,
    ("events", "about"): _persons,
    ("events", "weight"): _weights,
    ("findings", "about"): _findings_about,
    ("lanes", "modes"): risk.modes,
    ("partners", "roles"): roles,
    ("scenarios", "assets"): risk.asset_kinds,
    ("scenarios", "modes"): risk.modes,
    ("units", "profile.no"): profiled,
}
"""What a field offers whose words depend on the catalogue and on what else the form says."""
