"""What a need may name, and the state of reading one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from safeconduct.catalogue.fields import refuse_word
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.core.records.catalogue import Catalogue, Control, Programme, Terms


@dataclass(frozen=True, slots=True)
class Words:
    """Terms, controls, and what the programme of the row adds: its roles, its variants, whether it is a limit.

    `programmes` are the keys of all programmes that may be asked about.
    """

    terms: Terms
    controls: Mapping[str, Control]
    programme: str = ""
    roles: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    programmes: frozenset[str] = frozenset()
    limit: bool = False


def programmes_named(terms: Terms, loaded: Iterable[str]) -> frozenset[str]:
    """Keys of programmes: those loaded, and those that grant a scheme we know."""
    return frozenset(loaded) | {scheme.programme for scheme in terms.schemes.values() if scheme.programme}


def words_of(catalogue: Catalogue, programme: Programme | None = None) -> Words:
    """What a need may name in a loaded catalogue; with a programme, also its roles and variants."""
    keys = (one.key for one in catalogue.programmes.values())
    words = Words(
        terms=catalogue.terms,
        controls=catalogue.controls,
        roles=tuple(catalogue.terms.roles),
        programmes=programmes_named(catalogue.terms, keys),
    )
    if programme is None:
        return words
    return replace(
        words,
        programme=programme.key,
        roles=programme.roles,
        variants=programme.variants,
        limit=programme.kind == "limit",
    )


@dataclass(frozen=True, slots=True)
class Ask:
    """The state of reading one need: its words, the collector, whether it is about a member of a population."""

    words: Words
    refusing: Refusing
    in_every: bool = False

    def of_member(self) -> Ask:
        """The state inside `each`."""
        return replace(self, in_every=True)

    def refuse(self, at: Node, field: str, what: str, *, why: str = "", do: str = "") -> None:
        """Note one refusal."""
        self.refusing.refuse(at, field, what, why=why, do=do)

    def known(self, at: Node, field: str, key: str, known: Iterable[str], kind: str) -> bool:
        """Whether a key names something; refused with the nearest spelling otherwise."""
        known = tuple(known)
        if key in known:
            return True
        refuse_word(at, field, self.refusing, key, known, kind)
        return False

    def control(self, at: Node, field: str, key: str) -> Control | None:
        """The control of a key; one that does not exist, or was replaced by another, is refused."""
        if not self.known(at, field, key, self.words.controls, "control"):
            return None
        control = self.words.controls[key]
        if control.replaced_by:
            what = f"The control {key!r} was replaced by {control.replaced_by!r}."
            self.refuse(at, field, what, why="New needs name what people record today.", do="Name the new control.")
        return control
