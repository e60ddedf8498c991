"""Reads everything about threats, in the order in which the files name each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.catalogue.figures import read_figures, read_identities
from safeconduct.catalogue.keyed import Seen
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.need_words import words_of
from safeconduct.catalogue.scales import read_matrices, read_scales
from safeconduct.catalogue.scenarios import Ground, read_scenarios, scenario_keys
from safeconduct.catalogue.taxonomies import read_taxonomies
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.threats import Matrix, Scale, Scenario, Threats

SCENARIOS, SCALES = "scenarios", "scales"
TAXONOMIES, FIGURES, IDENTITIES = "scenarios/taxonomies.yml", "scenarios/figures.yml", "scenarios/identities.yml"
MATRICES = "scales/matrices.yml"
APART = (TAXONOMIES, FIGURES, IDENTITIES, MATRICES)
Files = Mapping[str, tuple[Node, Refusing]]
"""Files by name, each with its content and its collector."""


def is_threat_file(name: str) -> bool:
    """Whether a data file is one of those read here: scenarios/*.yml and scales/*.yml."""
    folder, _, file = name.partition("/")
    return folder in (SCENARIOS, SCALES) and "/" not in file and file.endswith(".yml")


def read_threats(files: Files, catalogue: Catalogue) -> Threats:
    """What a catalogue knows about threats, and what these files add to it."""
    known, seen = catalogue.threats, _taken(catalogue)
    plain = [one for name, one in files.items() if name not in APART and name.startswith(f"{SCENARIOS}/")]
    keys = (*known.scenarios, *scenario_keys(node for node, _ in plain))
    taxonomies, figures, identities = dict(known.taxonomies), dict(known.figures), dict(known.identities)
    if (file := files.get(TAXONOMIES)) is not None:
        taxonomies |= read_taxonomies(*file, seen, keys, taxonomies)
    if (file := files.get(FIGURES)) is not None:
        figures |= read_figures(*file, seen)
    if (file := files.get(IDENTITIES)) is not None:
        identities |= read_identities(*file, seen, figures)
    ground = Ground(words_of(catalogue), taxonomies, figures, keys)
    scenarios = {**known.scenarios, **_read_scenarios(plain, seen, ground, known)}
    return Threats(scenarios, figures, identities, taxonomies, *_read_scales(files, seen, known))


def _taken(catalogue: Catalogue) -> Seen:
    """Keys that name something already, so that a key looked up finds one thing."""
    taken = dict.fromkeys(catalogue.controls, "a control") | dict.fromkeys(catalogue.terms.lists, "a list of words")
    taken |= {programme.key: "a programme" for programme in catalogue.programmes.values()}
    return taken | {key: what for key, (what, _) in catalogue.threats.entries().items()}


def _read_scenarios(
    files: Iterable[tuple[Node, Refusing]], seen: Seen, ground: Ground, known: Threats
) -> dict[str, Scenario]:
    """The scenarios of the files, in the order of their numbers."""
    found: dict[str, Scenario] = {}
    numbers = {one.number: one.key for one in known.scenarios.values()}
    for node, refusing in files:
        found |= read_scenarios(node, refusing, seen, ground, numbers)
    return dict(sorted(found.items(), key=lambda one: one[1].number))


def _read_scales(files: Files, seen: Seen, known: Threats) -> tuple[dict[str, Scale], dict[str, Matrix]]:
    scales, matrices = dict(known.scales), dict(known.matrices)
    for name, (node, refusing) in files.items():
        if name.startswith(f"{SCALES}/") and name not in APART:
            scales |= read_scales(node, refusing, seen)
    if (file := files.get(MATRICES)) is not None:
        matrices |= read_matrices(*file, seen, scales)
    return scales, matrices
