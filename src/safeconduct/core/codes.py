"""The codes of findings: one sentence, one nature and one deed each.

`sentence` is filled from a finding's params (days are written out); `nature` says what stops a MET: *work* (something
is missing or fell short), *paper* (nobody has shown or said it yet), *time* (something ran out and is to be renewed),
*catalogue* (our rows are not sure or complete) or nothing. docs/subjects/codes.md is generated from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says and what would mend it."""

    sentence: str
    nature: str = ""
    deed: str = ""


CODES: Mapping[str, Code] = {
    # combined
    "all-met": Code("All that is asked stands."),
    "nothing-asked": Code("Nothing is asked here."),
    "too-few-applicable": Code(
        "Fewer of these apply here than the row asks for.", "paper", "Check the profile and the role."
    ),
    "issuer-partial": Code("Within the lower grade the issuer itself sets.", "work", "Reach the full grade."),
    # one control
    "never-recorded": Code("Nobody has recorded whether this stands here.", "paper", "Record the control."),
    "recorded-absent": Code("Recorded as not in place since {since}.", "work", "Put it in place and record it."),
    "not-at-this-unit": Code("Does not exist at this unit, by its profile."),
    "shown": Code("Shown {when}."),
    "evidence-lapsed": Code("Its evidence of {shows} ended on {until}.", "time", "Attach evidence that covers today."),
    "evidence-stale": Code(
        "Its evidence of {shows} ended on {until}, longer ago than it had covered.", "time", "Attach new evidence."
    ),
    "claimed": Code("Recorded, but nothing shows its {shows}.", "paper", "Attach evidence of {shows}."),
    "operation-not-shown": Code(
        "The rule comes from above; nothing shows that it works at this unit.",
        "paper",
        "Record it at this unit with a sample, an occurrence or evidence of operation.",
    ),
    "verified": Code("Its {shows} was looked at by somebody other than its owner."),
    "not-verified": Code(
        "Shown by its owner only; the row asks for somebody else's look.", "paper", "Have it verified."
    ),
    "wider-record-short": Code(
        "Only a wider group is on record, and that falls short; nothing is said about this one.",
        "paper",
        "Record it for exactly this group.",
    ),
    # bounds
    "within-bound": Code("{parameter}: {recorded}; asked: {asked}."),
    "within-own-target": Code("{parameter}: {recorded}; own target: {asked}."),
    "value-not-recorded": Code("{parameter} is not recorded{lacking}.", "paper", "Record {parameter}."),
    "value-not-comparable": Code(
        "{parameter}: {recorded} cannot be held against {asked}.", "paper", "Record it in the unit that is asked."
    ),
    "short-of-bound": Code(
        "{parameter}: {recorded}; asked: {asked}{lacking}.", "work", "Bring {parameter} to what is asked."
    ),
    "short-of-own-target": Code(
        "{parameter}: {recorded}; the own target is {asked}{lacking}.",
        "work",
        "Reach the own target, or set it anew with its reason.",
    ),
    "own-target-not-set": Code(
        "The issuer leaves the number to the organisation, and none is set.",
        "paper",
        "Set an own target with its reason.",
    ),
    # recurring
    "done-in-time": Code("Last done on {last}; next due by {due}."),
    "done": Code("Last done on {last}; no interval is asked."),
    "no-interval-asked": Code("No interval is asked."),
    "first-not-yet-due": Code("Not done yet; the first time is due by {due}.", "time", "Do it and record the day."),
    "overdue": Code("It was due on {due}.", "work", "Do it and record the day."),
    "own-target-overdue": Code("By the own interval it was due on {due}.", "time", "Do it and record the day."),
    "own-cycle-broken": Code(
        "By the own interval it was due on {due}; two turns have gone by.", "work", "Do it and record the day."
    ),
    "reaction-running": Code("{what} on {triggered} asks for it again by {due}."),
    "triggered-not-redone": Code(
        "{what} on {triggered} asked for it again, and it was not done since.",
        "work",
        "Do it again and record the day.",
    ),
    # per event
    "nothing-checked": Code("No event has been checked.", "paper", "Record a sample."),
    "no-event-in-period": Code("No event happened from {since} to {until}."),
    "not-all-checked": Code(
        "{checked} of {population} were checked; the issuer asks for every one.",
        "paper",
        "Check and record all of them.",
    ),
    "share-reached": Code("{conforming} of {checked} conform, {since} to {until}."),
    "share-short": Code(
        "{conforming} of {checked} conform; the issuer asks for more.", "work", "Mend the process, then sample again."
    ),
    "sample-plan-not-set": Code(
        "Sampled, but no plan says how often and how many.", "paper", "Set a sampling plan with its reason."
    ),
    "check-overdue": Code("The last look was on {last_look}; a new one is due.", "time", "Look again and record it."),
    "sample-too-small": Code(
        "{checked} were checked; the plan asks for at least {at_least}.",
        "paper",
        "Record a sample of the planned size.",
    ),
    "none-conforms": Code("None of the {checked} checked conforms.", "work", "Mend the process, then sample again."),
    "all-conform": Code("{conforming} of {checked} conform, {since} to {until}."),
    "nonconformities-in-action": Code("{conforming} of {checked} conform; the rest is in action, in time."),
    "nonconformities-open": Code(
        "{conforming} of {checked} conform; nothing in time puts the rest right.",
        "work",
        "Open a corrective action with a due day.",
    ),
    # look-backs, checks, measures
    "event-in-window": Code(
        "{what} on {on} counts until it leaves the window.",
        "work",
        "Nothing but time mends this; see the row's source.",
    ),
    "event-not-weighed": Code(
        "{what} on {on}: nobody has weighed it yet.", "paper", "Weigh it, or have the authority weigh it."
    ),
    "weighed-by-self": Code(
        "{what} on {on} was weighed by the organisation itself.", "paper", "Have the authority weigh it."
    ),
    "event-disregarded": Code("{what} on {on} does not count, by the authority's word."),
    "attested": Code("{what}, {about}: attested from {since} to {until}."),
    "attestation-short": Code(
        "{what}, {about}: the last attestation ends on {until}.", "time", "Attest the time since."
    ),
    "not-attested": Code(
        "{what}, {about}: nobody attests the window; silence is not clean.", "paper", "Attest the whole window."
    ),
    "clear": Code("Not on the list ({list}), looked up on {last}."),
    "not-checked": Code("Nobody has looked at the list ({list}).", "paper", "Look it up and record the day."),
    "listed": Code("On the list ({list}), seen on {last}.", "work", "Act on the listing."),
    "within-limit": Code("{formula} = {value}."),
    "outside-limit": Code("{formula} = {value}; asked: {limits}.", "work", "Only better figures mend this."),
    "figure-missing": Code("{missing} is not on record for the last closed year.", "paper", "Record the figure."),
    "figure-old": Code(
        "Computed from the year that ended on {year}; a newer one is closed.", "time", "Record the newer figures."
    ),
    "amount-missing": Code("An event has no amount on record.", "paper", "Record its amount."),
    "units-differ": Code("The figures stand in different currencies.", "paper", "Record them in one currency."),
    "division-by-zero": Code("The divisor is zero, so nothing can be said.", "paper", "Check the figures."),
    # partners
    "population-confirmed": Code("The register is confirmed complete until {until}."),
    "population-not-confirmed": Code(
        "Nobody confirms that the register is complete.", "paper", "Confirm the register."
    ),
    "none-in-scope": Code("Nobody in the register is meant."),
    "scope-unknown": Code(
        "What is on record does not tell whether {partner} is meant.", "paper", "Complete the partner's record."
    ),
    "no-proof-on-file": Code("The file holds no proof that counts.", "work", "Get a proof the row accepts."),
    "no-proof-recorded": Code("No {proof} is on record.", "paper", "Record one."),
    "proof-on-file": Code("{proof} of {last}."),
    "proof-lapsed": Code("The {proof} of {last} is too old.", "time", "Renew it."),
    "proof-negative": Code("The {proof} of {last} speaks against it.", "work", "Open a corrective action."),
    "action-in-time": Code("A corrective action runs inside its due day.", "work", "Finish the action."),
    "no-certificate-recorded": Code(
        "No certificate is on record; asked: {asked}.", "paper", "Record one, or another proof."
    ),
    "certificate-held": Code("{scheme} {number}, looked up on {checked}."),
    "certificate-not-checked": Code(
        "{scheme} {number} was never looked up at its issuer.", "paper", "Look it up and record the day."
    ),
    "certificate-expired": Code("{scheme} {number} ended on {until}.", "time", "Record the renewal, or another proof."),
    "certificate-suspended": Code("{scheme} {number} is suspended.", "work", "Get another proof."),
    "certificate-withdrawn": Code("{scheme} {number} is withdrawn.", "work", "Get another proof."),
    # weaknesses
    "mended": Code("{what}: put right."),
    "action-overdue": Code("{what}: was due on {due}.", "work", "Finish the action and record the day."),
    # outcome and answers
    "judged": Code("Judged to hold by {by} on {on}, until {until}."),
    "footing-weakened": Code(
        "Judged to hold on {on}, but what it rests on has weakened.", "work", "Mend what it rests on."
    ),
    "judgement-expired": Code("The judgement of {on} ended on {until}.", "time", "Judge again."),
    "judged-short": Code("Judged not to hold by {by} on {on}.", "work", "Improve, then judge again."),
    "supported-not-judged": Code(
        "The controls stand; nobody has judged the outcome.", "paper", "Have a named person judge it."
    ),
    "not-judged": Code("Nobody has judged the outcome.", "paper", "Have a named person judge it."),
    "answered": Code("Answered and confirmed."),
    "confirmation-due": Code("The answer was to be confirmed by {due}.", "time", "Confirm the answer."),
    "not-answered": Code("Not answered yet.", "paper", "Answer and confirm."),
    # rows
    "applicability-unknown": Code(
        "It is not known whether this applies: {condition}.", "paper", "Say whether it applies."
    ),
    "does-not-apply": Code("Does not apply: {condition} does not hold."),
    "other-variant": Code("Asked for another kind of status."),
    "other-role": Code("Asked of other roles."),
    "not-yet-in-force": Code("Not in force yet on this day."),
    "recorded-not-applicable": Code("Decided by {by}: does not apply. {why}"),
    "alternative-accepted": Code(
        "An alternative measure stands in, accepted by {accepted_by}.",
        "work",
        "Have it accepted by whom the programme names.",
    ),
    "certificate-accepted": Code("{scheme} {number} stands in for it, as its issuer says: {document}, {locator}."),
    "certificate-informs": Code("{scheme} {number} speaks to it and proves nothing by itself: {document}, {locator}."),
    "role-unknown": Code("Not known to be asked of this role.", "catalogue"),
    "row-unconfirmed": Code(
        "The row waits for somebody to read the original.", "catalogue", "Read the original and confirm."
    ),
    # risks
    "risk-bearable": Code("{class}: within what is bearable."),
    "risk-accepted": Code("{class}: accepted until {until}."),
    "risk-in-treatment": Code("{class}: graver than bearable; treated by {due}.", "work", "See the treatment through."),
    "risk-untreated": Code(
        "{class}: graver than bearable, and nothing is decided about it.",
        "work",
        "Decide a treatment and set an objective.",
    ),
    "risk-not-rated": Code(
        "Nobody has said how often it would happen or how grave it would be.",
        "paper",
        "Give likelihood and consequence.",
    ),
    "risk-left-out": Code("Left out: {why}"),
    "kept-from-view": Code("Rests on records of the whole legal entity, which are not shown to a site manager."),
}

FLAGS: Mapping[str, Code] = {
    "within-bound": Code("{parameter}: yes."),
    "within-own-target": Code("{parameter}: yes."),
    "short-of-bound": Code("Recorded as not so: {parameter_within}.", "work", "Make it so: {parameter_within}."),
    "short-of-own-target": Code("Recorded as not so: {parameter_within}.", "work", "Make it so: {parameter_within}."),
    "value-not-recorded": Code(
        "Not recorded: {parameter_within}.", "paper", "Record whether it is so: {parameter_within}."
    ),
}
"""The same codes where the bound asks for a yes; `parameter_within` is the parameter inside a sentence."""

COUNTED: Mapping[str, str] = {
    "within-bound": "{parameter}: {covers} of {out_of} asked.",
    "within-own-target": "{parameter}: {covers} of {out_of} of the own target.",
    "short-of-bound": "{parameter}: {covers} of {out_of} asked; lacks {lacks}.",
    "short-of-own-target": "{parameter}: {covers} of {out_of} of the own target; lacks {lacks}.",
    "value-not-recorded": "{parameter}: {covers} of {out_of} recorded; nothing on record about {lacks}.",
}
"""Their sentences where a bound on a set counts its elements: the count says more than both lists."""
