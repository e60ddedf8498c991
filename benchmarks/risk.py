"""Risk: the exact law of a year beside random years and a fractional count, worth of controls, many sites judged.

What is wanted: 20 risks under 0.15 s and 500 under 1 s; 500 controls on 500 risks under 60 s; 200 sites with 40
scenarios each under 2 s. `--quick` draws fewer years and judges fewer sites.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from math import exp, log, sqrt

import numpy as np

from benchmarks.fractional import fractional
from benchmarks.organisation import TODAY, organisation
from benchmarks.timing import median, print_baseline, taken
from safeconduct.catalogue.loading import load
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Answering, Method, OwnScenario, Range, Risk, RiskAssessment
from safeconduct.core.records.units import UnitKind
from safeconduct.core.risk import frequency, severity
from safeconduct.core.risk.annual import Grid, Peril, Year, fitting_grid, year_of
from safeconduct.core.risk.choosing import candidates, controls_in_place
from safeconduct.core.risk.frequency import Frequency
from safeconduct.core.risk.judge import AssessedRisks, assess_risks
from safeconduct.core.risk.portfolio import worth_if, worth_of
from safeconduct.core.risk.sampled import Trial, sampled
from safeconduct.core.risk.severity import Severity
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground

MANY, SCENARIOS, CONTROLS = (20, 500), 40, 500
RARE = Peril("device", Frequency(0.002), Severity(log(1_000_000), 0.5))
"""Once in 500 years, and then about a million."""


def main(*, quick: bool = False) -> None:
    """Print all figures."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)  # as the server does (server/wsgi.py)
    print_baseline()
    _print_years(100_000 if quick else 1_000_000)
    _print_rare()
    catalogue = load()
    _print_worth(catalogue, 100 if quick else CONTROLS)
    for sites in (20,) if quick else (20, 200):
        _print_assessed(catalogue, sites)


def perils(many: int, seed: int = 7) -> list[Peril]:
    """Perils of every size, rare and frequent, with uncertain rates."""
    chance = np.random.default_rng(seed)
    found = []
    for place in range(many):
        low, rate = 10 ** chance.uniform(3, 5), 10 ** chance.uniform(-2.5, 0.3)
        law = severity.from_range(low, low * 10 ** chance.uniform(0.8, 2))
        found.append(Peril(f"p{place}", frequency.from_range(rate / 3, rate * 3), law))
    return found


def _print_years(drawn: int) -> None:
    """Exact and drawn, both held against a grid four times finer."""
    print("risks  law of a year               seconds  mean off by  Q99.9 off by")
    for many in MANY:
        some = perils(many)
        finer = _finer(some)
        exact = year_of(some)
        took = median(lambda some=some: year_of(some)).computed  # type: ignore[misc]
        _print_year(many, "exact", took, exact.on_grid / finer.mean, exact.quantile(0.999) / finer.quantile(0.999))
        trials: list[Trial] = []
        random = taken(lambda some=some, trials=trials: trials.append(sampled(some, drawn))).computed  # type: ignore[misc]
        mean, rare = float(trials[0].losses.mean()), float(np.quantile(trials[0].losses, 0.999))
        _print_year(many, f"{drawn:,} random years", random, mean / finer.mean, rare / finer.quantile(0.999))


def _finer(some: Sequence[Peril]) -> Year:
    grid = fitting_grid(some)
    return year_of(some, Grid(grid.step / 4, grid.points * 4))


def _print_year(many: int, how: str, seconds: float, mean: float, rare: float) -> None:
    print(f"{many:5}  {how:26}  {seconds:7.3f}  {abs(mean - 1):11.1e}  {abs(rare - 1):12.1e}")


def _print_rare() -> None:
    """A rare loss: what a count that may be a fraction of an event makes of it."""
    law = RARE.severity
    mean, deviation = law.mean, law.mean * sqrt(exp(law.sigma**2) - 1)
    name, years = fractional(RARE.frequency.mean, mean, deviation, 100_000)
    exact = year_of([RARE])
    print("rare risk: once in 500 years   mean of a year  chance of over 500,000  one year in 1,000 costs over")
    print(f"{'exact':29}  {exact.mean:14,.0f}  {exact.exceeds(500_000):21.3%}  {exact.quantile(0.999):27,.0f}")
    chance, rare = float((years > 500_000).mean()), float(np.quantile(years, 0.999))
    print(f"{name:29}  {float(years.mean()):14,.0f}  {chance:21.3%}  {rare:27,.0f}")


def assessed_facts(catalogue: Catalogue, sites: int, scenarios: int) -> Facts:
    """The made-up organisation with a risk at every site for so many scenarios, its own where the shipped ones end."""
    facts = organisation(catalogue, sites=sites)
    places = [unit.key for unit in facts.units if unit.kind is UnitKind.SITE]
    own = tuple(_own(catalogue, number) for number in range(scenarios - len(catalogue.threats.scenarios)))
    keys = [*catalogue.threats.scenarios, *(one.key for one in own)][:scenarios]
    assessment = RiskAssessment(
        key="sra", method=Method.ISO_28001, matrix="plain-five-by-five", entity="de", places=tuple(places), on=TODAY,
        bearable="medium",
    )  # fmt: skip
    risks = tuple(_risk(number, key, place) for number, (place, key) in enumerate((p, k) for p in places for k in keys))
    return replace(facts, risk_assessments=(assessment,), scenarios=own, risks=risks)


def _own(catalogue: Catalogue, number: int) -> OwnScenario:
    controls = [*catalogue.controls][number * 7 : number * 7 + 7]
    share = Range(low="0.1", high="0.4")
    answers = tuple(Answering(needs=ControlNeed(one), way="prevent", likelihood=share) for one in controls)
    return OwnScenario(key=f"own-{number}", title=f"Something else {number}", answers=answers)


def _risk(number: int, scenario: str, place: str) -> Risk:
    size = 1 + number % 17
    return Risk(
        key=f"r-{number}", assessment="sra", scenario=scenario, at=place,
        likelihood=Range(low=str(0.01 * size), high=str(0.1 * size)),
        loss=Range(low=str(1000 * size), high=str(60_000 * size)),
    )  # fmt: skip


def _print_worth(catalogue: Catalogue, controls: int) -> None:
    """What single controls are worth: those in place everywhere, and as many that are not, each at its site."""
    snapshot = Snapshot(assessed_facts(catalogue, 25, 20))
    judged = assess_risks(Ground(snapshot, catalogue, TODAY), snapshot.facts.risk_assessments[0])
    standing = controls_in_place(judged)
    lacking = dict(islice(candidates(snapshot, judged).items(), controls))
    print(f"worth of controls on {len(judged.risks)} risks   seconds")
    took = taken(lambda: worth_of(judged.risks, standing)).computed
    print(f"{len(standing):5} in place, each at all sites  {took:7.2f}")
    took = taken(lambda: worth_if(judged.risks, lacking)).computed
    print(f"{len(lacking):5} not in place, each at a site  {took:7.2f}")


def _print_assessed(catalogue: Catalogue, sites: int) -> None:
    """All risks judged, derived vulnerability and levels included."""
    snapshot = Snapshot(assessed_facts(catalogue, sites, SCENARIOS))

    def assessed() -> AssessedRisks:
        return assess_risks(Ground(snapshot, catalogue, TODAY), snapshot.facts.risk_assessments[0])

    found = assessed()
    took = median(assessed).computed
    print(
        f"assessed: {sites} sites x {SCENARIOS} scenarios, {len(found.risks):,} risks,"
        f" {len(found.above):,} above what is bearable: {took:.2f} s"
    )


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
