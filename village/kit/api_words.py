"""What the JSON interface says where no rule of the fair speaks: the request itself cannot be read or answered."""

from __future__ import annotations

from village.kit.i18n import Words
from village.kit.refusal import Refusal

REFUSALS = {
    "request_malformed": Words(
        ar="تعذرت قراءة هذا الطلب.",
        fr="Cette requête est illisible.",
        en="This request cannot be read.",
    ),
    "address_not_found": Words(
        ar="لا شيء في هذا العنوان.",
        fr="Il n’y a rien à cette adresse.",
        en="There is nothing at this address.",
    ),
    "method_not_allowed": Words(
        ar="لا يقبل هذا العنوان هذا النوع من الطلبات.",
        fr="Cette adresse n’accepte pas cette méthode.",
        en="This address does not take this method.",
    ),
    "request_too_large": Words(
        ar="هذا الطلب كبير جدا.",
        fr="Cette requête est trop grande.",
        en="This request is too large.",
    ),
    "too_many_requests": Words(
        ar="طلبات كثيرة في وقت قصير. أعيدوا المحاولة بعد قليل.",
        fr="Trop de requêtes en peu de temps. Réessayez un peu plus tard.",
        en="Too many requests in a short time. Try again a little later.",
    ),
    "server_failed": Words(
        ar="وقع خطأ في الخادم. لم يضع شيء مما سُجّل. أعيدوا المحاولة بعد قليل.",
        fr="Le serveur a eu une panne. Ce qui est enregistré n’est pas perdu. Réessayez bientôt.",
        en="The server failed. Nothing that was saved is lost. Try again in a moment.",
    ),
    "json_invalid": Words(
        ar="نص الطلب ليس JSON سليما.",
        fr="Le corps de la requête n’est pas du JSON valable.",
        en="The body of the request is no valid JSON.",
    ),
    "content_type_unsupported": Words(
        ar="يجب أن يكون نص الطلب من نوع {wanted:ltr}.",
        fr="Le corps de la requête doit être de type {wanted}.",
        en="The body of the request must be of the type {wanted}.",
    ),
    "request_invalid": Words(
        ar="في الطلب ما يجب تصحيحه.",
        fr="Il y a quelque chose à corriger dans la requête.",
        en="Something in the request has to be put right.",
    ),
    "field_missing": Words(
        ar="الحقل {field:ltr} ناقص.",
        fr="Le champ {field} manque.",
        en="The field {field} is missing.",
    ),
    "field_unknown": Words(
        ar="الحقل {field:ltr} غير معروف.",
        fr="Le champ {field} n’est pas connu.",
        en="The field {field} is not known.",
    ),
    "field_invalid": Words(
        ar="قيمة الحقل {field:ltr} غير مقبولة.",
        fr="La valeur du champ {field} n’est pas acceptée.",
        en="The value of the field {field} is not accepted.",
    ),
    "api_key_missing": Words(
        ar="لا بد من مفتاح في Authorization: Bearer.",
        fr="Il faut une clé, dans Authorization: Bearer.",
        en="A key is needed, in Authorization: Bearer.",
    ),
    "api_key_unknown": Words(
        ar="هذا المفتاح غير معروف أو ألغي.",
        fr="Cette clé est inconnue ou révoquée.",
        en="This key is unknown or revoked.",
    ),
    "api_key_scope": Words(
        ar="هذا المفتاح لا يسمح بهذا الطلب: ينقصه {scope:ltr}.",
        fr="Cette clé ne permet pas cette requête : il lui manque {scope}.",
        en="This key does not allow this request: it lacks {scope}.",
    ),
    "idempotency_word_used": Words(
        ar="استُعمل Idempotency-Key نفسه لطلب آخر.",
        fr="La même Idempotency-Key a servi pour une autre requête.",
        en="The same Idempotency-Key was used for another request.",
    ),
}


def of_status(status: int) -> Refusal:
    """Return what a bare HTTP status means to the reader."""
    if status == 404:  # noqa: PLR2004 - each line names its status
        return Refusal("address_not_found")
    if status == 405:  # noqa: PLR2004 - the same
        return Refusal("method_not_allowed")
    if status == 413:  # noqa: PLR2004 - the same
        return Refusal("request_too_large")
    if status == 415:  # noqa: PLR2004 - the same
        return Refusal("content_type_unsupported", {"wanted": "application/json"})
    if status == 429:  # noqa: PLR2004 - the same
        return Refusal("too_many_requests")
    return Refusal("request_malformed") if status < 500 else Refusal("server_failed")  # noqa: PLR2004 - the same
