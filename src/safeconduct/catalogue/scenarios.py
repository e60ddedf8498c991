"""Reads threat scenarios: who, where, what is hit, what follows, and the controls that answer it with their effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeconduct.catalogue.fields import Fields, any_number, items
from safeconduct.catalogue.keyed import Seen, keyed
from safeconduct.catalogue.marked import ListNode, MapNode, Node, Refusing, ScalarNode
from safeconduct.catalogue.need_reader import read_need
from safeconduct.catalogue.need_words import Ask, Words
from safeconduct.catalogue.sources import read_source
from safeconduct.catalogue.taxonomies import ACTORS, ASSETS, DIMENSIONS, MODES, PLACES
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.threats import Countermeasure, Figure, Lowering, Scenario, Taxonomy, Way

REQUIRED = (
    "number",
    "title",
    "tells",
    "actors",
    "modes",
    "places",
    "assets",
    "vulnerability",
    "consequences",
    "controls",
    "likelihood",
    "source",
)
OPTIONAL = ("severity", "threats", "leads_to", "note")
WAYS = tuple(way.value for way in Way)
SIDES = ("likelihood", "consequence")
COUNTERMEASURE_REQUIRED = ("basis",)
COUNTERMEASURE_OPTIONAL = (*WAYS, *SIDES)
JUDGEMENT = "judgement"
THREATS = "threats"
_NUMBER = re.compile(r"^S\d{2,}$")
_MUST_LOWER = {Way.PREVENT: "likelihood", Way.MITIGATE: "consequence"}
"""What prevents comes before the event and makes it rarer; what mitigates comes after and makes it smaller."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a scenario may name: words of needs, our own lists, figures, and the keys of all scenarios."""

    words: Words
    taxonomies: Mapping[str, Taxonomy]
    figures: Mapping[str, Figure]
    scenarios: tuple[str, ...]

    def codes(self, taxonomy: str) -> tuple[str, ...]:
        """The codes of one of our own lists."""
        found = self.taxonomies.get(taxonomy)
        return tuple(term.key for term in found.terms) if found else ()


def read_scenarios(
    node: Node, refusing: Refusing, seen: Seen, ground: Ground, numbers: dict[str, str]
) -> dict[str, Scenario]:
    """The scenarios of a file. `numbers` holds the numbers taken so far, with their scenario."""
    found: dict[str, Scenario] = {}
    for key, value, path in keyed(node, refusing, seen):
        fields = Fields(value, path, refusing, required=REQUIRED, optional=OPTIONAL)
        _refuse_number(fields, numbers, key.text)
        scenario = _read_scenario(key.text, fields, ground)
        if scenario is not None:
            found[key.text] = scenario
    return found


def _refuse_number(fields: Fields, numbers: dict[str, str], key: str) -> None:
    number = fields.text("number")
    if number and not _NUMBER.match(number):
        fields.refuse("number", f"{number!r} is no number of a scenario.", do="Write S and two digits: S01.")
    elif number and number in numbers:
        what = f"The number {number} is taken by {numbers[number]!r}."
        fields.refuse("number", what, do="Give each scenario its own number.")
    numbers.setdefault(number, key)


def _read_scenario(key: str, fields: Fields, ground: Ground) -> Scenario | None:
    source = read_source(fields.at("source"), fields.path("source"), fields.refusing) if "source" in fields else None
    countermeasures = _read_countermeasures(fields, ground)
    if source is None:
        return None
    threats = ground.words.terms.lists.get(THREATS)
    return Scenario(
        key=key,
        number=fields.text("number"),
        title=fields.text("title"),
        tells=fields.text("tells"),
        actors=_words(fields, "actors", ground, ACTORS, "actor"),
        modes=_words(fields, "modes", ground, MODES, "mode of transport"),
        places=_words(fields, "places", ground, PLACES, "place"),
        assets=_words(fields, "assets", ground, ASSETS, "asset"),
        vulnerability=fields.text("vulnerability"),
        consequences=_read_consequences(fields, ground),
        countermeasures=countermeasures,
        likelihood=read_basis(fields, "likelihood", ground.figures),
        severity=fields.known_words("severity", ground.figures, "figure"),
        source=source,
        threats=fields.known_words("threats", threats.elements if threats else (), "threat"),
        leads_to=_read_leads_to(key, fields, ground),
        note=fields.text("note"),
    )


def _words(fields: Fields, name: str, ground: Ground, taxonomy: str, kind: str) -> tuple[str, ...]:
    if fields.is_empty_list(name):
        fields.refuse(name, f"`{name}` names nothing.", do=f"Name at least one of {taxonomy}.")
    return fields.known_words(name, ground.codes(taxonomy), kind)


def _read_consequences(fields: Fields, ground: Ground) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value, path in fields.known_entries("consequences", ground.codes(DIMENSIONS), "dimension of consequences"):
        if isinstance(value, ScalarNode) and value.text:
            found[key.text] = value.text
        else:
            fields.refusing.refuse(value, path, "The consequence is not told.", do="Say in some words what follows.")
    return found


def _read_leads_to(key: str, fields: Fields, ground: Ground) -> tuple[str, ...]:
    found = fields.known_words("leads_to", ground.scenarios, "scenario")
    if key in found:
        fields.refuse("leads_to", "The scenario leads to itself.", do="Name another scenario.")
    return tuple(one for one in found if one != key)


def read_basis(fields: Fields, name: str, figures: Iterable[str]) -> tuple[str, ...]:
    """The figures something rests on; none for `judgement`. Anything else, also an empty list, is refused."""
    node = fields.node_of(name)
    if node is None or (isinstance(node, ScalarNode) and node.text == JUDGEMENT):
        return ()
    if not isinstance(node, ListNode) or not node.items:
        why = "Whoever reads the number must know where it comes from."
        fields.refuse(name, "The basis is missing.", why=why, do="Write judgement, or [keys of figures].")
        return ()
    return fields.known_words(name, figures, "figure")


def _read_countermeasures(fields: Fields, ground: Ground) -> tuple[Countermeasure, ...]:
    found: list[Countermeasure] = []
    for path, node in fields.items("controls"):
        inner = Fields(node, path, fields.refusing, required=COUNTERMEASURE_REQUIRED, optional=COUNTERMEASURE_OPTIONAL)
        one = _read_countermeasure(inner, ground) if isinstance(node, MapNode) else None
        if one is not None:
            _refuse_double(inner, one, found)
            found.append(one)
    if fields.is_empty_list("controls") and "note" not in fields:
        why = "A scenario that no control answers is a gap, and a gap is told."
        fields.refuse("controls", "No control answers it.", why=why, do="Name controls, or tell the gap in `note`.")
    return tuple(found)


def _read_countermeasure(fields: Fields, ground: Ground) -> Countermeasure | None:
    ways = [way for way in Way if way.value in fields]
    if len(ways) != 1:
        what = f"A control answers in exactly one way; this one in {len(ways)}."
        fields.refuse("", what, do=f"Keep one of {', '.join(WAYS)}; write a second line for a second way.")
        return None
    way = ways[0]
    need = _read_need(fields, way, ground)
    basis = read_basis(fields, "basis", ground.figures)
    likelihood, consequence = (read_lowering(fields, side) for side in SIDES)
    _refuse_sides(fields, way)
    return Countermeasure(way, need, likelihood, consequence, basis) if need else None


def _read_need(fields: Fields, way: Way, ground: Ground) -> ControlNeed | None:
    """The control asked: its key alone, or its key with bounds and elements as a requirement asks it."""
    node, path = fields.at(way.value), fields.path(way.value)
    if isinstance(node, ScalarNode):
        node = MapNode(((node, MapNode((), node.line)),), node.line)
    need = read_need(node, path, Ask(ground.words, fields.refusing))
    if need is None or isinstance(need, ControlNeed):
        return need
    fields.refuse(
        way.value, "One control answers in one line.", do="Write {control: {…}}, and a line for each control."
    )
    return None


def _refuse_sides(fields: Fields, way: Way) -> None:
    """Refuse a line that lowers nothing, or that lowers what this way cannot."""
    must = _MUST_LOWER.get(way)
    wrong = [side for side in SIDES if must and side != must and side in fields]
    for side in wrong:
        what = f"What can {way.value} does not lower the {side}."
        fields.refuse(side, what, do=f"Write `{must}: [lowest, highest]`, or another way.")
    if not wrong and not any(side in fields for side in SIDES):
        lowered = must or " or ".join(SIDES)
        fields.refuse("", f"Nothing says by how much it lowers {lowered}.", do=f"Add `{must or SIDES[0]}: [0.1, 0.4]`.")


def read_lowering(fields: Fields, name: str) -> Lowering | None:
    """A range of shares `[lowest, highest]` from 0 to 1; None where it is absent or refused."""
    node = fields.node_of(name)
    if node is None:
        return None
    path = fields.path(name)
    shares = [any_number(one, at, fields.refusing) for at, one in items(node, path, fields.refusing)]
    if len(shares) != 2:
        if isinstance(node, ListNode):
            fields.refuse(name, f"A range has two shares, and this one has {len(shares)}.", do="Write [0.1, 0.4].")
        return None
    lowest, highest = shares
    if lowest is None or highest is None:
        return None
    if not (0 <= lowest <= 1 and 0 <= highest <= 1):
        do = "Write 0.4 for two fifths."
        fields.refuse(name, f"[{lowest}, {highest}] is no range of shares.", why="A share lies from 0 to 1.", do=do)
        return None
    if highest < lowest:
        fields.refuse(
            name, f"The range is upside down: {lowest} is above {highest}.", do="Write the lowest share first."
        )
        return None
    return Lowering(lowest, highest)


def _refuse_double(fields: Fields, one: Countermeasure, found: Iterable[Countermeasure]) -> None:
    for other in found:
        same = other.need.control == one.need.control and other.need.for_ == one.need.for_
        for side in SIDES:
            if same and getattr(one, side) and getattr(other, side):
                what = f"{one.need.control!r} lowers the {side} twice."
                fields.refuse(side, what, why="One control would count as two.", do="Keep one line, or the other side.")


def scenario_keys(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The keys written in scenario files, read ahead so that entries may name scenarios of later files."""
    return tuple(key.text for node in nodes if isinstance(node, MapNode) for key, _ in node)
