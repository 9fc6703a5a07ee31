"""What the sign-in pages say, in the English that the catalogues translate.

Flask-Security brings words of its own; those that our pages can show are said here anew, plainly.
"""

from __future__ import annotations

from typing import Final


def _l(text: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "API_ERROR": (_l("This could not be read. Please try again."), "refused"),
    "ANONYMOUS_USER_REQUIRED": (_l("You are signed in already."), "done"),
    "DISABLED_ACCOUNT": (_l("This account is closed. Please ask the organisers."), "refused"),
    "EMAIL_NOT_PROVIDED": (_l("Please fill in this field."), "refused"),
    "FORGOT_PASSWORD": (_l("Forgotten password?"), "done"),
    "GENERIC_AUTHN_FAILED": (_l("The user name or the password is wrong."), "refused"),
    "GENERIC_RECOVERY": (
        _l("If an account has this mail address, a letter with a link is on its way. Without an address, ask the organisers."),
        "done",
    ),
    "INVALID_CODE": (_l("This code is wrong or too old. Please type the newest one."), "refused"),
    "INVALID_EMAIL_ADDRESS": (_l("This is no mail address."), "refused"),
    "INVALID_PASSWORD": (_l("The password is wrong."), "refused"),
    "INVALID_RECOVERY_CODE": (_l("This recovery code is wrong or has been used already."), "refused"),
    "INVALID_REDIRECT": (_l("This link leads elsewhere and was not followed."), "refused"),
    "INVALID_RESET_PASSWORD_TOKEN": (_l("This link does not hold any more. Please ask for a new one."), "refused"),
    "NO_RECOVERY_CODES_SETUP": (_l("No recovery codes have been made yet."), "done"),
    "PASSWORD_CHANGE": (_l("Your password is changed."), "done"),
    "PASSWORD_IS_THE_SAME": (_l("The new password must differ from the old one."), "refused"),
    "PASSWORD_NOT_PROVIDED": (_l("Please type the password."), "refused"),
    "PASSWORD_RESET": (_l("Your password is changed."), "done"),
    "PASSWORD_RESET_EXPIRED": (_l("This link does not hold any more. Please ask for a new one."), "refused"),
    "PASSWORD_RESET_NO_LOGIN": (_l("Your password is changed. Please sign in with the new one."), "done"),
    "PASSWORD_RESET_REQUEST": (
        _l("If an account has this mail address, a letter with a link is on its way. Without an address, ask the organisers."),
        "done",
    ),
    "REAUTHENTICATION_REQUIRED": (_l("To go on, please show once more that it is you."), "done"),
    "REAUTHENTICATION_SUCCESSFUL": (_l("Thank you. You can go on."), "done"),
    "RETYPE_PASSWORD_MISMATCH": (_l("The two passwords differ."), "refused"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (_l("Signing in now also asks for a code from your telephone."), "done"),
    "TWO_FACTOR_DISABLED": (_l("Signing in does not ask for a code any more."), "done"),
    "TWO_FACTOR_INVALID_TOKEN": (_l("This code is wrong or too old. Please type the newest one."), "refused"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_l("Your code is right."), "done"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_l("Please choose one of the ways shown."), "refused"),
    "TWO_FACTOR_PERMISSION_DENIED": (_l("Please sign in first."), "refused"),
    "TWO_FACTOR_SETUP_EXPIRED": (_l("This took too long. Please start again."), "refused"),
    "UNAUTHENTICATED": (_l("Please sign in first."), "done"),
    "USER_DOES_NOT_EXIST": (_l("The user name or the password is wrong."), "refused"),
    "WEBAUTHN_CREDENTIAL_DELETED": (_l("The passkey “%(name)s” is removed."), "done"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (_l("This passkey is known already."), "refused"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (_l("This passkey serves for another purpose."), "refused"),
    "WEBAUTHN_EXPIRED": (_l("This took too long. Please start again."), "refused"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (_l("This passkey belongs to another account."), "refused"),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (_l("Only letters, digits, spaces and - _ can stand in this name."), "refused"),
    "WEBAUTHN_NAME_INUSE": (_l("You have a passkey of the name “%(name)s” already."), "refused"),
    "WEBAUTHN_NAME_NOT_FOUND": (_l("You have no passkey of the name “%(name)s”."), "refused"),
    "WEBAUTHN_NAME_REQUIRED": (_l("Please give the passkey a name, such as “my telephone”."), "refused"),
    "WEBAUTHN_NO_VERIFY": (_l("The passkey could not be checked. Please try again."), "refused"),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (_l("This passkey belongs to no account."), "refused"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (_l("The passkey “%(name)s” is added."), "done"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (_l("This passkey belongs to no account."), "refused"),
}

SUBJECTS: Final[dict[str, str]] = {
    "EMAIL_SUBJECT_PASSWORD_RESET": _l("A new password for the solidarity village"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": _l("Your password was changed"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _l("Your password was changed"),
}

# Labels that the library's own forms carry, as it spells them.
_LABELS: Final = (
    _l("Password"),
    _l("New Password"),
    _l("Retype Password"),
    _l("Email Address"),
    _l("Authentication Code"),
    _l("Recovery Code"),
    _l("Nickname"),
    _l("Identity"),
    _l("Usage"),
    _l("Use as a first authentication factor"),
    _l("Use as a secondary authentication factor"),
    _l("Available Methods"),
    _l("Available Second Factor Methods:"),
    _l("authenticator"),
    _l("passkey"),
    _l("none"),
)
