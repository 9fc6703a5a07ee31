"""Shapes of what the commission types; what is allowed is decided by the rules."""

from village.draws.forms.setting_up import MemberForm, PrizeForm, SeatForm, SetUpForm
from village.draws.forms.steps import (
    BeaconForm,
    CancelForm,
    CountForm,
    EnvelopeForm,
    HandOverForm,
    IncidentForm,
    OpeningForm,
    ScanForm,
    SecretForm,
    VoidForm,
    WithdrawForm,
)

__all__ = [
    "BeaconForm",
    "CancelForm",
    "CountForm",
    "EnvelopeForm",
    "HandOverForm",
    "IncidentForm",
    "MemberForm",
    "OpeningForm",
    "PrizeForm",
    "ScanForm",
    "SeatForm",
    "SecretForm",
    "SetUpForm",
    "VoidForm",
    "WithdrawForm",
]
