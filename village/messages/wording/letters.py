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
