"""What is said when a way out, a beacon, a turn at a prize or the register is refused."""

from __future__ import annotations

from village.kit.i18n import Words

AFTER: dict[str, Words] = {
    "badge_not_drawn": Words(
        ar="هذه الشارة ليس لها دور في أي جائزة الآن.",
        fr="Ce badge n’a son tour pour aucun lot en ce moment.",
        en="This badge does not have its turn at any prize now.",
    ),
    "beacon_already_brought": Words(
        ar="سُجل رقم هذه الدورة من قبل.",
        fr="Le nombre de ce tour est déjà noté.",
        en="The number of this round is already recorded.",
    ),
    "beacon_chain_unknown": Words(
        ar="هذه المنارة العمومية غير معروفة.",
        fr="Cette balise publique n’est pas connue.",
        en="This public beacon is not known.",
    ),
    "beacon_key_malformed": Words(
        ar="مفتاح المنارة غير صالح.",
        fr="La clé de la balise est mal formée.",
        en="The key of the beacon is malformed.",
    ),
    "beacon_missing": Words(
        ar="ينقص رقم المنارة العمومية. أدخلوه أولا.",
        fr="Il manque le nombre de la balise publique. Saisissez-le d’abord.",
        en="The number of the public beacon is missing. Bring it in first.",
    ),
    "beacon_not_planned": Words(
        ar="لا تُحسب أي منارة عمومية هنا.",
        fr="Aucune balise publique ne compte ici.",
        en="No public beacon counts here.",
    ),
    "beacon_not_reached": Words(
        ar="لم يجب أي خادم بهذه الجولة. حاولوا من جديد أو أدخلوها بهاتف.",
        fr="Aucun relais n’a donné ce tour. Réessayez, ou apportez-le par un téléphone.",
        en="No relay gave this round. Try again, or bring it in by a telephone.",
    ),
    "beacon_previous_missing": Words(
        ar="ينقص رقم الدورة السابقة من هذه المنارة.",
        fr="Il manque le nombre du tour précédent de cette balise.",
        en="The number of the round before is missing.",
    ),
    "beacon_round_malformed": Words(
        ar="رقم الدورة غير صالح.",
        fr="Le numéro du tour n’est pas valable.",
        en="The number of the round is not valid.",
    ),
    "beacon_scheme_unknown": Words(
        ar="طريقة توقيع هذه المنارة غير معروفة.",
        fr="Le procédé de signature de cette balise n’est pas connu.",
        en="The signature scheme of this beacon is not known.",
    ),
    "beacon_signature_malformed": Words(
        ar="الرقم ناقص أو فيه خطأ. انقلوه كاملا كما نشرته المنارة.",
        fr="Le nombre est incomplet ou mal copié. Recopiez-le entier, comme la balise l’a publié.",
        en="The number is incomplete or miscopied. Copy it whole, as the beacon published it.",
    ),
    "beacon_wrong_signature": Words(
        ar="هذا الرقم ليس لهذه الدورة من المنارة.",
        fr="Ce nombre n’est pas celui de la balise à ce tour.",
        en="This number is not what the beacon said in this round.",
    ),
    "cancel_late": Words(
        ar="حانت ساعة القرعة: لم يعد إلغاؤها ممكنا.",
        fr="L’heure du tirage est venue : il ne peut plus être annulé.",
        en="The hour of the draw has come: it can no longer be cancelled.",
    ),
    "cancel_reason_unknown": Words(
        ar="اختاروا سبب الإلغاء من اللائحة.",
        fr="Choisissez le motif d’annulation dans la liste.",
        en="Choose the reason for cancelling from the list.",
    ),
    "draw_altered": Words(
        ar="اللائحة أو القواعد في قاعدة البيانات لم تعد كما حُصرت. أوقفوا القرعة ونادوا المراقب.",
        fr="La liste ou les règles dans la base ne sont plus celles qui ont été scellées. Arrêtez et appelez l’auditeur.",
        en="The list or the rules in the database are no longer the sealed ones. Stop and call the auditor.",
    ),
    "draw_already_offline": Words(
        ar="تُركت المنارة العمومية من قبل.",
        fr="La balise publique est déjà abandonnée.",
        en="The public beacon was already given up.",
    ),
    "draw_fresh_with_substitutes": Words(
        ar="مع التعويض بالمنارة لا يُسحب بدلاء مسبقا: اجعلوا عددهم صفرا.",
        fr="Avec le remplacement par balise, on ne tire pas de suppléants : mettez zéro.",
        en="With replacement by beacon no substitutes are drawn: set their number to zero.",
    ),
    "draw_fresh_without_beacon": Words(
        ar="التعويض بالمنارة يحتاج منارة عمومية في القرعة.",
        fr="Le remplacement par balise demande une balise publique dans le tirage.",
        en="Replacement by beacon needs a public beacon in the draw.",
    ),
    "draw_is_cancelled": Words(
        ar="أُلغيت هذه القرعة.",
        fr="Ce tirage est annulé.",
        en="This draw is cancelled.",
    ),
    "draw_proof_not_found": Words(
        ar="لا توجد صورة لهذه الجائزة.",
        fr="Il n’y a pas d’image pour ce lot.",
        en="There is no picture for this prize.",
    ),
    "draw_register_closed": Words(
        ar="أُغلق سجل القرعات لهذه الدورة. لا تُحصر قرعة بعده.",
        fr="Le registre des tirages de cette édition est clos. Aucun tirage ne peut plus être scellé.",
        en="The register of draws of this edition is closed. No draw can be sealed any more.",
    ),
    "draw_register_empty": Words(
        ar="لا توجد أي قرعة في هذه الدورة.",
        fr="Cette édition n’a aucun tirage.",
        en="This edition has no draw.",
    ),
    "draw_witnesses_too_few": Words(
        ar="يجب أن يكون {needed} من الشهود بلوحاتهم على الأقل. المسجلون الآن: {enrolled}.",
        fr="Il faut au moins {needed} témoins avec leur tablette. Inscrits : {enrolled}.",
        en="At least {needed} witnesses with a tablet are needed. Enrolled: {enrolled}.",
    ),
    "envelope_late": Words(
        ar="حانت الساعة المعلنة: لم يعد تسليم الأظرفة ممكنا.",
        fr="L’heure annoncée est venue : aucune enveloppe ne se remet plus.",
        en="The announced hour has come: no envelope can be handed in any more.",
    ),
    "head_not_cosigned": Words(
        ar="ننتظر توقيع الشهود على رأس السجل: {have} من {need}.",
        fr="On attend que les témoins signent la tête du journal : {have} sur {need}.",
        en="Waiting for the witnesses to sign the head of the log: {have} of {need}.",
    ),
    "nobody_left": Words(
        ar="لم تبق أي تذكرة لهذه الجائزة.",
        fr="Il ne reste aucun ticket pour ce lot.",
        en="No ticket is left for this prize.",
    ),
    "nobody_to_replace": Words(
        ar="لا توجد أي جائزة تنتظر معوضا.",
        fr="Aucun lot n’attend de remplaçant.",
        en="No prize waits for a replacement.",
    ),
    "not_its_turn_to_be_replaced": Words(
        ar="عوضوا أولا في الجائزة {place:ltr}: هي التي أُسقطت قبل غيرها.",
        fr="Remplacez d’abord pour le lot {place:ltr} : il attend depuis plus longtemps.",
        en="Replace at {place:ltr} first: it has waited longest.",
    ),
    "offline_late": Words(
        ar="حانت الساعة المعلنة: لم يعد ترك المنارة العمومية ممكنا.",
        fr="L’heure annoncée est venue : la balise publique ne peut plus être abandonnée.",
        en="The announced hour has come: the public beacon can no longer be given up.",
    ),
    "place_unknown": Words(
        ar="لا توجد هذه الجائزة في القرعة.",
        fr="Ce lot n’existe pas dans ce tirage.",
        en="There is no such prize in this draw.",
    ),
    "place_withdrawn": Words(
        ar="سُحبت هذه الجائزة.",
        fr="Ce lot a été retiré.",
        en="This prize was withdrawn.",
    ),
    "prize_in_another_draw": Words(
        ar="الجائزة {mark:ltr} موجودة في قرعة أخرى.",
        fr="Le lot {mark:ltr} est déjà dans un autre tirage.",
        en="The prize {mark:ltr} is in another draw already.",
    ),
    "prize_mark_twice": Words(
        ar="رقم الجائزة مكتوب مرتين: لكل جائزة رقمها.",
        fr="Une même marque figure deux fois : chaque lot a la sienne.",
        en="A mark stands twice: every prize has its own.",
    ),
    "turn_already_claimed": Words(
        ar="حضر صاحب هذه الجائزة من قبل.",
        fr="Le gagnant de ce lot s’est déjà présenté.",
        en="The winner of this prize already came forward.",
    ),
    "turn_called_already": Words(
        ar="هذا النداء مسجل من قبل.",
        fr="Cet appel est déjà noté.",
        en="This call is already recorded.",
    ),
    "turn_called_enough": Words(
        ar="تمت النداءات الثلاثة.",
        fr="Les trois appels sont faits.",
        en="The three calls are done.",
    ),
    "turn_changed": Words(
        ar="جاء دور شخص آخر في هذه الأثناء. انظروا إلى الشاشة من جديد.",
        fr="Entre-temps, c’est le tour d’un autre. Regardez l’écran à nouveau.",
        en="Meanwhile it is somebody else’s turn. Look at the screen again.",
    ),
    "turn_not_claimed": Words(
        ar="لا تُسلم الجائزة قبل حضور صاحبها.",
        fr="Le lot se remet quand son gagnant s’est présenté.",
        en="The prize is handed over once its winner has come forward.",
    ),
    "turn_not_waiting": Words(
        ar="انتهى هذا الدور: أُسقط أو سُلمت الجائزة.",
        fr="Ce tour est terminé : il est annulé, ou le lot est remis.",
        en="This turn is over: it is void, or the prize was handed over.",
    ),
    "turn_unknown": Words(
        ar="لا توجد تذكرة لهذه الجائزة.",
        fr="Aucun ticket n’est tiré pour ce lot.",
        en="No ticket was drawn for this prize.",
    ),
    "void_by_account_only": Words(
        ar="يجب تسجيل الدخول بحساب شخصي للتوقيع.",
        fr="Il faut être connecté avec son propre compte pour signer.",
        en="Sign in with your own account to sign.",
    ),
    "void_reason_unknown": Words(
        ar="اختاروا السبب من اللائحة المعلنة.",
        fr="Choisissez le motif dans la liste annoncée.",
        en="Choose the reason from the announced list.",
    ),
    "void_signed_already": Words(
        ar="وقّعتم من قبل. ننتظر توقيع شخص آخر بحسابه.",
        fr="Vous avez déjà signé. On attend une autre personne, avec son compte.",
        en="You have signed already. Another person must sign with their account.",
    ),
    "void_without_calls": Words(
        ar="الغياب يحتاج ثلاثة نداءات دون حضور. النداءات الآن: {calls}.",
        fr="L’absence demande trois appels sans réponse. Appels faits : {calls}.",
        en="Absence needs three calls that nobody answered. Calls so far: {calls}.",
    ),
    "withdrawal_reason_unknown": Words(
        ar="اختاروا سبب السحب من اللائحة.",
        fr="Choisissez le motif du retrait dans la liste.",
        en="Choose the reason for withdrawing from the list.",
    ),
}
