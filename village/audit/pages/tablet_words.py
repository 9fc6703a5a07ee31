"""What the script of a witness's tablet says, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _


def tablet_words() -> dict[str, str]:
    """Return the sentences by the names that `static/js/witness.js` knows."""
    return {
        "looking": _("Looking at the log…"),
        "well": _("All is well: the log only grew. Leave this page open."),
        "waiting": _("Signatures waiting to be sent: {n}."),
        "away": _("No connection to the log. Nothing is lost: this tablet goes on by itself."),
        "stranger": _("This seal is not signed by the key that this tablet knows. Tell the auditor."),
        "alarm": _("ALARM: the log does not contain what this tablet saw."),
        "alarm_rewritten": _("The log was rewritten: it no longer begins with the lines that this tablet signed."),
        "alarm_shorter": _("The log became shorter: lines that this tablet signed are gone."),
        "no_store": _("This browser keeps nothing (private window?). Open the page in an ordinary window."),
        "no_camera": _("The camera did not open. Paste the text, or use a hand scanner."),
        "unread": _("This is no seal. Read the symbol again, whole."),
        "typed_first": _("Kept and signed: the first seal of this tablet."),
        "typed_grown": _("Kept and signed. The signature is sent as soon as there is a connection."),
        "typed_same": _("This is the seal that the tablet has already."),
        "typed_older": _("This seal is older than the one that the tablet has."),
        "typed_unproved": _("The proof is missing. Read the symbol made for this tablet."),
        "typed_unfit": _("The proof does not fit this seal. Read it again; if it fails twice, tell the auditor."),
        "typed_unsigned": _("This seal is not signed by the log. Read it again; if it fails twice, tell the auditor."),
        "typed_rewritten": _("ALARM: the log does not contain what this tablet saw."),
        "sent_yes": _("sent"),
        "sent_no": _("not sent yet"),
        "sent_refused": _("refused: wrong clock"),
        "forget": _("Forget the key and all seals of this tablet? It can then sign no more."),
    }
