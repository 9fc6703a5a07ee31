"""What is said when a step of a draw is refused, from its plan to its result."""

from __future__ import annotations

from village.kit.i18n import Words

HOLDING: dict[str, Words] = {
    "counts_differ": Words(
        ar="الحساب لا يطابق عدد التذاكر في اللائحة ({tickets}). أعيدوا العد ثم سجلوا العدد من جديد.",
        fr="Le compte ne correspond pas au nombre de tickets de la liste ({tickets}). Recomptez puis notez le nombre.",
        en="The count does not match the number of tickets in the list ({tickets}). Count again and record the number.",
    ),
    "counts_missing": Words(
        ar="يجب أن يعد شخصان، كل واحد وحده. عدد من عدوا الآن: {counted}.",
        fr="Deux personnes doivent compter, chacune seule. Pour l’instant : {counted}.",
        en="Two people must count, each alone. So far: {counted}.",
    ),
    "draw_already_committed": Words(
        ar="حُصرت لائحة هذه القرعة من قبل.",
        fr="Ce tirage est déjà scellé.",
        en="This draw is already sealed.",
    ),
    "draw_already_drawn": Words(
        ar="أجريت هذه القرعة، ولا تعاد.",
        fr="Ce tirage est fait. Il ne se refait pas.",
        en="This draw is done. It is never repeated.",
    ),
    "draw_already_revealed": Words(
        ar="كُشفت البذرة من قبل. لا يكشف شيء مرتين.",
        fr="La graine est déjà révélée. Rien ne se révèle deux fois.",
        en="The seed is already revealed. Nothing is revealed twice.",
    ),
    "draw_before_its_hour": Words(
        ar="لم تحن ساعة القرعة المعلنة بعد.",
        fr="L’heure annoncée du tirage n’est pas encore venue.",
        en="The announced hour of the draw has not come yet.",
    ),
    "draw_closed": Words(
        ar="أغلق باب المساهمات. لا يضاف شيء بعد الإغلاق.",
        fr="Les contributions sont closes. Rien ne s’ajoute après la clôture.",
        en="Contributions are closed. Nothing is added after closing.",
    ),
    "draw_code_taken": Words(
        ar="هناك قرعة أخرى بالرمز {code:ltr}.",
        fr="Un tirage porte déjà le code {code:ltr}.",
        en="Another draw already has the code {code:ltr}.",
    ),
    "draw_committed_late": Words(
        ar="يجب حصر اللائحة قبل الساعة المعلنة بدقيقة على الأقل.",
        fr="La liste doit être scellée au moins une minute avant l’heure annoncée.",
        en="The list must be sealed at least one minute before the announced hour.",
    ),
    "draw_empty": Words(
        ar="لا توجد أي تذكرة في اللائحة.",
        fr="La liste ne contient aucun ticket.",
        en="There is no ticket in the list.",
    ),
    "draw_entrant_twice": Words(
        ar="أحد المشاركين مكتوب مرتين في اللائحة.",
        fr="Un participant figure deux fois dans la liste.",
        en="Someone stands twice in the list.",
    ),
    "draw_incident_empty": Words(
        ar="اكتبوا الملاحظة أولا.",
        fr="Écrivez d’abord l’observation.",
        en="Write the observation first.",
    ),
    "draw_list_sealed": Words(
        ar="حُصرت اللائحة ونُشرت بصمتها. لا يمكن تغييرها.",
        fr="La liste est scellée et son empreinte publiée. Elle ne peut plus changer.",
        en="The list is sealed and its hash published. It can no longer change.",
    ),
    "draw_not_closed": Words(
        ar="لا يفتح أي ظرف قبل إغلاق باب المساهمات.",
        fr="Aucune enveloppe ne s’ouvre avant la clôture des contributions.",
        en="No envelope is opened before contributions are closed.",
    ),
    "draw_not_committed": Words(
        ar="لم تُحصر لائحة هذه القرعة بعد.",
        fr="Ce tirage n’est pas encore scellé.",
        en="This draw is not sealed yet.",
    ),
    "draw_not_drawn": Words(
        ar="لم تجر هذه القرعة بعد.",
        fr="Ce tirage n’a pas encore eu lieu.",
        en="This draw has not taken place yet.",
    ),
    "draw_not_found": Words(
        ar="لا توجد هذه القرعة.",
        fr="Ce tirage n’existe pas.",
        en="There is no such draw.",
    ),
    "draw_not_revealed": Words(
        ar="لم تُكشف البذرة بعد.",
        fr="La graine n’est pas encore révélée.",
        en="The seed is not revealed yet.",
    ),
    "draw_seat_twice": Words(
        ar="مقعد شاهد مكتوب مرتين.",
        fr="Un siège de témoin figure deux fois.",
        en="A witness seat stands twice.",
    ),
    "draw_seats_too_few": Words(
        ar="يجب أن يساهم {needed} من الشهود على الأقل. المقاعد الآن: {seats}.",
        fr="Il faut au moins {needed} sièges de témoins. Il y en a : {seats}.",
        en="At least {needed} witness seats are needed. There are: {seats}.",
    ),
    "draw_without_prize": Words(
        ar="لا توجد أي جائزة في هذه القرعة.",
        fr="Ce tirage n’a aucun lot.",
        en="This draw has no prize.",
    ),
    "draw_without_secret": Words(
        ar="لا سر في هذه القرعة.",
        fr="Ce tirage n’a pas de secret.",
        en="This draw has no secret.",
    ),
    "envelope_already_in": Words(
        ar="سُلّم ظرف هذا الشاهد من قبل.",
        fr="L’enveloppe de ce témoin est déjà remise.",
        en="This witness’s envelope is already in.",
    ),
    "envelope_already_open": Words(
        ar="فُتح هذا الظرف من قبل.",
        fr="Cette enveloppe est déjà ouverte.",
        en="This envelope is already open.",
    ),
    "envelope_bad_signature": Words(
        ar="توقيع الظرف ليس بمفتاح هذا الشاهد، أو هو لقرعة أخرى.",
        fr="La signature de l’enveloppe n’est pas de la clé de ce témoin, ou vaut pour un autre tirage.",
        en="The envelope is not signed by this witness’s key, or is for another draw.",
    ),
    "envelope_mismatch": Words(
        ar="الرقم ليس هو الذي ختم عليه هذا الشاهد.",
        fr="Ce nombre n’est pas celui que ce témoin a scellé.",
        en="This is not the number that this witness sealed.",
    ),
    "envelope_not_handed_in": Words(
        ar="لم يسلم هذا الشاهد أي ظرف.",
        fr="Ce témoin n’a remis aucune enveloppe.",
        en="This witness handed in no envelope.",
    ),
    "envelope_not_signed": Words(
        ar="لهذا الشاهد مفتاح: يجب أن يوقع البصمة المختومة به.",
        fr="Ce témoin a une clé : il doit signer avec elle l’empreinte scellée.",
        en="This witness has a key and must sign the sealed hash with it.",
    ),
    "envelope_seat_unknown": Words(
        ar="لا يوجد هذا المقعد بين مقاعد الشهود.",
        fr="Ce siège n’est pas parmi ceux des témoins.",
        en="This seat is not one of the witness seats.",
    ),
    "envelope_value_bad": Words(
        ar="يجب أن يكون الرقم من 1 إلى 40 رقما.",
        fr="Le nombre s’écrit avec 1 à 40 chiffres.",
        en="The number is written with 1 to 40 digits.",
    ),
    "envelope_without_key": Words(
        ar="لهذا الشاهد ظرف من ورق: لا بصمة ولا توقيع.",
        fr="Ce témoin remet une enveloppe de papier : ni empreinte ni signature.",
        en="This witness hands in a paper envelope: no hash, no signature.",
    ),
    "envelopes_missing": Words(
        ar="تنقص أظرفة: سُلّم {handed_in} من {needed} على الأقل.",
        fr="Il manque des enveloppes : {handed_in} remises sur au moins {needed}.",
        en="Envelopes are missing: {handed_in} handed in of at least {needed}.",
    ),
    "envelopes_not_open": Words(
        ar="لم تُفتح كل الأظرفة. الباقي: {waiting}.",
        fr="Toutes les enveloppes ne sont pas ouvertes. Il en reste : {waiting}.",
        en="Not all envelopes are open. Still closed: {waiting}.",
    ),
    "secret_changed": Words(
        ar="ليس هذا هو السر الذي نُشرت بصمته قبل القرعة.",
        fr="Ce n’est pas le secret dont l’empreinte a été publiée avant le tirage.",
        en="This is not the secret whose hash was published before the draw.",
    ),
    "witness_is_interested": Words(
        ar="أحد الشهود له تذكرة أو صلة بصاحب تذكرة: لا يمكنه أن يشهد.",
        fr="Un témoin a un ticket, ou un lien avec quelqu’un qui en a un : il ne peut pas témoigner.",
        en="A witness holds a ticket, or is tied to someone who does, and cannot witness.",
    ),
}
