"""A scenario of one's own: what may happen, what it hits, and the controls that answer it, by three bands of effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.core.records.risk import AssetKind
from safeconduct.core.records.threats import Way
from safeconduct.server.journal.forms import ChoiceField, FactForm, LinesField, SeveralField, TextField
from safeconduct.server.journal.forms.choices import controls
from safeconduct.server.sra.guide_rounds import unique
from safeconduct.server.sra.guide_suggesting import BY_MODE
from safeconduct.server.sra.guide_words import PROMPTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.journal.forms.offered import Choices

_BANDS: Mapping[str, tuple[str, str, str]] = {
    "direct": ("directly: 30 to 70 %", "0.3", "0.7"),
    "partial": ("partly: 10 to 40 %", "0.1", "0.4"),
    "supporting": ("a little: up to 20 %", "0", "0.2"),
}
"""By how much a control lowers, where nothing better is known: the bands by which the catalogue judges too."""
_WAYS: Choices = [
    (Way.PREVENT.value, "prevents it"),
    (Way.DETECT.value, "detects it"),
    (Way.DELAY.value, "delays it"),
    (Way.MITIGATE.value, "mitigates what follows"),
]


class OwnScenarioForm(FactForm):
    """What may happen that the catalogue does not tell."""

    def __init__(self, viewer: Viewer, data: Any = None, *, said: Mapping[str, Any] | None = None) -> None:
        super().__init__(viewer, "scenarios", data, said=said, leave_out=("answers", "assets", "modes"))
        kinds: Choices = [(kind.value, PROMPTS[kind][0]) for kind in AssetKind]
        modes: Choices = [(mode, mode.replace("-", " ")) for mode in BY_MODE]
        bands: Choices = [(key, words) for key, (words, *_) in _BANDS.items()]
        answers = {
            "control": ChoiceField(controls(self.ground), label="Control"),
            "way": ChoiceField(_WAYS, label="It"),
            "likelihood": ChoiceField(bands, label="Lowers how often", required=False),
            "consequence": ChoiceField(bands, label="Lowers how much", required=False),
            "basis": TextField(label="Because", required=False),
        }
        self.fields |= {
            "assets": SeveralField(kinds, label="Hits", required=False),
            "modes": SeveralField(modes, label="By which modes", required=False, help_text="None: at sites and lanes."),
            "answers": LinesField(
                answers, label="Controls that answer it", help_text="Give each at least one of the two it lowers."
            ),
        }
        words = {"title": ("What may happen", "In a few words."), "tells": ("Who does what, where and how", "")}
        words["vulnerability"] = ("The weakness it uses", "")
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The answers with their bands as shares, and a key from what may happen."""
        plain["answers"] = [_answer(line) for line in plain.pop("answers", ())]
        threats = self.ground.catalogue.threats
        taken = {*threats.entries(), *(one.key for one in self.ground.snapshot.facts.scenarios)}
        return {**plain, "key": unique(str(plain.get("title", "")), taken)}


def _answer(line: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"needs": {line["control"]: {}}, "way": line["way"]}
    for name in ("likelihood", "consequence"):
        if name in line:
            _, low, high = _BANDS[line[name]]
            found[name] = {"low": low, "high": high}
    return found | ({"basis": line["basis"]} if "basis" in line else {})
