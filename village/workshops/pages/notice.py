"""The privacy notice of the registration form (law 09-08), filled with the edition's own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.editions.queries import list_partners
from village.kit.db import db
from village.kit.i18n import Words, pick
from village.workshops.pages import base

if TYPE_CHECKING:
    from village.kit.i18n import Lang

# The sentence on the reference at the CNDP is left to the organiser's own notice: a number nobody has must not show.
NOTICE = Words(
    ar="المعطيات المطلوبة ضرورية لتدبير مشاركتكم في القرية التضامنية (التسجيل، الشارة، لوائح الحضور، الشواهد) ولا تستعمل لغير ذلك. المسؤول عن المعالجة: {controller}. المستقبلون: لجنة التنظيم والشركاء المذكورون في الصفحة الأولى. مدة الاحتفاظ: 12 شهرا بعد الدورة، و3 سنوات للشواهد. طبقا للقانون رقم 09.08، لكم حق الولوج إلى معطياتكم وتصحيحها والتعرض على معالجتها لأسباب مشروعة، عند مكتب استقبال الجهة المنظمة.",  # noqa: E501 - one paragraph
    fr="Les données demandées sont nécessaires à la gestion de votre participation au Village solidaire (inscription, badge, listes de présence, attestations) et ne servent à rien d’autre. Responsable du traitement : {controller}. Destinataires : comité d’organisation et partenaires cités en page d’accueil. Durée de conservation : 12 mois après l’édition, 3 ans pour les attestations. Conformément à la loi n° 09-08, vous disposez d’un droit d’accès, de rectification et d’opposition pour motifs légitimes, à exercer à l’accueil de l’organisateur.",  # noqa: E501 - one paragraph
    en="The data asked for are needed to run your participation in the Solidarity Village (registration, badge, attendance lists, certificates) and serve nothing else. Controller: {controller}. Recipients: the organising committee and the partners named on the first page. Kept for 12 months after the edition, certificates for 3 years. Under law 09-08 you may see and correct your data, and object to their use on legitimate grounds, at the organiser’s desk.",  # noqa: E501 - one paragraph
)

PHOTO = Words(
    ar="أوافق على تصويري ونشر صوري في إطار التعريف بالتظاهرة (اختياري).",
    fr="J’accepte d’être photographié(e) et que les images servent à faire connaître l’événement (facultatif).",
    en="I agree to be photographed and that the pictures make the event known (optional).",
)

CONTACT = Words(
    ar="أوافق على التواصل معي بخصوص الدورات المقبلة (اختياري).",
    fr="J’accepte d’être recontacté(e) pour les prochaines éditions (facultatif).",
    en="I agree to be contacted about the coming editions (optional).",
)


def privacy_notice(lang: Lang) -> dict[str, str]:
    """Return the notice and the two consents, each asked apart, in the reader's language."""
    edition = base.the_edition()
    partners = list_partners(db.session(), edition.id)
    organisers = [p for p in partners if p.kind == "organizer"] or partners[:1]
    names = [pick(lang, p.name_ar, p.name_fr)[0] for p in organisers]
    name = names[0] if names else pick(lang, edition.name_ar, edition.name_fr, edition.name_en)[0]
    return {
        "text": NOTICE.say(lang, {"controller": name}),
        "photo": PHOTO.say(lang),
        "contact": CONTACT.say(lang),
    }
