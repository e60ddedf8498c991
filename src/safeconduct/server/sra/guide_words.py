"""What the templates of an assessment are called, what they are good for, and what each starts with."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.records.risk import AssetKind, Method


@dataclass(frozen=True, slots=True)
class Template:
    """A way to make the assessment: its title, what it is in a sentence, and the matrix and limit it starts with."""

    title: str
    tells: str
    matrix: str
    bearable: str


METHODS = {
    Method.ISO_28001: Template(
        "ISO 28001",
        "For AEO, ISO 28000 and most authorities: scenarios scored by how grave and how likely, countermeasures for "
        "the gravest.",
        "iso-28001-scoring",
        "consider",
    ),
    Method.CTPAT_FIVE_STEPS: Template(
        "CTPAT, five steps",
        "For CTPAT: map cargo by lane, rate threat at each origin and vulnerability of each partner, plan and record "
        "what is done.",
        "ctpat-likelihood-by-consequence",
        "medium",
    ),
    Method.ISO_31000: Template(
        "Plain ISO 31000",
        "For everything else: likelihood by consequence in five classes each, in words that every board reads.",
        "plain-five-by-five",
        "medium",
    ),
}

PROMPTS = {
    AssetKind.PEOPLE: ("People", "Whose harm or absence would stop the place? Drivers, guards, key staff."),
    AssetKind.GOODS: ("Goods", "What is easy to sell, dangerous, or hard to replace?"),
    AssetKind.PREMISES: ("Premises", "Which building, dock or yard could nothing go on without?"),
    AssetKind.CONVEYANCES: ("Conveyances", "Which vehicles, vessels or aircraft carry what matters?"),
    AssetKind.UNITS: ("Transport units", "Which containers or trailers could carry something that is not yours?"),
    AssetKind.INFORMATION: ("Information", "What would help a thief or a rival: routes, release codes, drawings?"),
    AssetKind.SYSTEMS: ("Systems", "Which computer stops the goods when it stops?"),
    AssetKind.FLOW: ("Flow", "Which delivery must not fail, and how long may it be late?"),
    AssetKind.BRAND: ("Good name and status", "Which authorisation or customer's trust would be lost?"),
}
"""By kind of asset: what a form calls it, and the question that helps to think of one."""
