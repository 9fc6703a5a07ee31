"""What stands around the text of every letter: greeting, the way to one's page, who writes."""

from __future__ import annotations

from village.kit.i18n import Words

GREETING = Words(ar="السلام عليكم {name}،", fr="Bonjour {name},", en="Hello {name},")
PAGE = Words(ar="صفحتكم: {link}", fr="Votre page : {link}", en="Your page: {link}")
CODE = Words(
    ar="من هاتف آخر: رقم هاتفكم مع الرمز {code}.",
    fr="Depuis un autre téléphone : votre numéro et le code {code}.",
    en="From another telephone: your number and the code {code}.",
)
CHANGES = Words(ar="تغيير في برنامجكم", fr="Votre programme a changé", en="Your programme has changed")
AGREED = Words(
    ar="وصلتكم هذه الرسالة لأنكم قبلتم أن تصلكم دعواتنا. إذا لم تعودوا ترغبون فيها، أجيبوا عن هذه الرسالة.",
    fr="Vous recevez ce message parce que vous avez accepté nos invitations. Pour ne plus en recevoir, répondez à ce message.",
    en="You get this message because you agreed to our invitations. To get no more, answer this message.",
)
SAMPLE = Words(ar="فاطمة الزهراء", fr="Fatima Zahra", en="Fatima Zahra")
