"""What the verifier in the visitor's browser says: a sentence for each code of the protocol."""

from __future__ import annotations

from village.kit.i18n import Words

# The codes of docs/protocol.md, «Verification». Plain words: whoever reads this wants to know what is wrong, not how.
VERDICTS: dict[str, Words] = {
    "bad_key": Words(
        ar="مفتاح مكتوب بشكل خاطئ.",
        fr="Une clé est mal formée.",
        en="A key is malformed.",
    ),
    "bad_signature": Words(
        ar="رأس السجل لا يحمل التوقيع الصحيح.",
        fr="Une tête du journal ne porte pas la bonne signature.",
        en="A head of the log does not carry the right signature.",
    ),
    "beacon_missing": Words(
        ar="ينقص رقم المنارة العمومية.",
        fr="Le nombre de la balise publique manque.",
        en="The number of the public beacon is missing.",
    ),
    "beacon_wrong_round": Words(
        ar="رقم المنارة من دورة أخرى غير المعلنة.",
        fr="Le nombre de la balise est d’un autre tour que celui annoncé.",
        en="The number of the beacon is of another round than the one announced.",
    ),
    "beacon_wrong_signature": Words(
        ar="رقم المنارة ليس صحيحا: توقيعه مزور.",
        fr="Le nombre de la balise n’est pas authentique.",
        en="The number of the beacon is not genuine.",
    ),
    "call_wrong": Words(
        ar="نداء لم يأت في ترتيبه.",
        fr="Un appel n’est pas à son rang.",
        en="A call is not in its order.",
    ),
    "cancelled_late": Words(
        ar="ألغيت القرعة بعد فوات الوقت.",
        fr="Le tirage a été annulé trop tard.",
        en="The draw was cancelled too late.",
    ),
    "closed_early": Words(
        ar="أغلق باب المساهمات قبل الساعة المعلنة.",
        fr="Les contributions ont été closes avant l’heure annoncée.",
        en="Contributions were closed before the announced hour.",
    ),
    "commitment_altered": Words(
        ar="تغير التعهد المنشور قبل القرعة.",
        fr="L’engagement publié avant le tirage a été changé.",
        en="What was promised before the draw has been changed.",
    ),
    "committed_late": Words(
        ar="حُصرت اللائحة متأخرة.",
        fr="La liste a été scellée trop tard.",
        en="The list was sealed too late.",
    ),
    "counts_differ": Words(
        ar="الحساب لا يطابق عدد التذاكر.",
        fr="Le compte ne correspond pas au nombre de tickets.",
        en="The counts do not match the number of tickets.",
    ),
    "entry_not_in_log": Words(
        ar="سطر من القرعة ليس في السجل، أو تغير.",
        fr="Une ligne du tirage n’est pas dans le journal, ou a été changée.",
        en="A line of the draw is not in the log, or was changed.",
    ),
    "envelope_late": Words(
        ar="سُلّم ظرف بعد الساعة المعلنة.",
        fr="Une enveloppe a été remise après l’heure annoncée.",
        en="An envelope was handed in after the announced hour.",
    ),
    "envelope_mismatch": Words(
        ar="رقم ليس هو الذي كان مختوما في الظرف.",
        fr="Un nombre n’est pas celui qui était scellé.",
        en="A number is not the one that was sealed.",
    ),
    "envelope_missing": Words(
        ar="ينقص ظرف، أو لم يفتح.",
        fr="Une enveloppe manque ou n’a jamais été ouverte.",
        en="An envelope is missing or was never opened.",
    ),
    "envelope_signature": Words(
        ar="ظرف لا يحمل توقيع شاهده.",
        fr="Une enveloppe n’est pas signée par son témoin.",
        en="An envelope is not signed by its witness.",
    ),
    "exclusions_altered": Words(
        ar="تغيرت لائحة المستثنين.",
        fr="La liste des écartés a été changée.",
        en="The list of those left out has been changed.",
    ),
    "head_out_of_turn": Words(
        ar="رأس السجل لم يوقع في وقته.",
        fr="Une tête du journal n’a pas été signée à son tour.",
        en="A head of the log was not signed in its turn.",
    ),
    "heads_missing": Words(
        ar="ينقص رأس من رؤوس السجل.",
        fr="Une tête du journal manque.",
        en="A head of the log is missing.",
    ),
    "keys_not_pinned": Words(
        ar="الملف لا يستعمل المفاتيح التي عندك.",
        fr="Le dossier n’utilise pas les clés que vous avez données.",
        en="The bundle does not use the keys that you gave.",
    ),
    "list_altered": Words(
        ar="تغيرت لائحة التذاكر بعد حصرها.",
        fr="La liste des tickets a été changée après avoir été scellée.",
        en="The list of tickets was changed after it was sealed.",
    ),
    "log_rewritten": Words(
        ar="أعيدت كتابة السجل.",
        fr="Le journal a été réécrit.",
        en="The log was rewritten.",
    ),
    "not_canonical": Words(
        ar="الملف تغير أو ليس ملف قرعة.",
        fr="Le fichier a été changé, ou n’est pas le dossier d’un tirage.",
        en="The file was changed, or is not the bundle of a draw.",
    ),
    "not_claimed": Words(
        ar="سُلمت جائزة لمن لم يتقدم.",
        fr="Un lot a été remis à quelqu’un qui ne s’était pas présenté.",
        en="A prize was handed to someone who had not come forward.",
    ),
    "not_cosigned": Words(
        ar="رأس السجل لا يحمل توقيعات كافية من الشهود.",
        fr="Une tête du journal n’a pas assez de signatures de témoins.",
        en="A head of the log has too few signatures of witnesses.",
    ),
    "place_unknown": Words(
        ar="جائزة غير موجودة أو مسحوبة.",
        fr="Un lot n’existe pas ou a été retiré.",
        en="A prize is not there or was withdrawn.",
    ),
    "ranking_wrong": Words(
        ar="ترتيب التذاكر ليس هو الذي يعطيه الحساب.",
        fr="Le classement des tickets n’est pas celui du calcul.",
        en="The ranking of the tickets is not the computed one.",
    ),
    "reason_unknown": Words(
        ar="سبب غير موجود في اللائحة المعلنة.",
        fr="Un motif n’est pas dans la liste annoncée.",
        en="A reason is not on the announced list.",
    ),
    "register_altered": Words(
        ar="سجل القرعات المغلق لا يطابق هذه القرعة.",
        fr="Le registre clos des tirages ne correspond pas à ce tirage.",
        en="The closed register of draws does not match this draw.",
    ),
    "register_gap": Words(
        ar="تنقص قرعة من سجل القرعات.",
        fr="Un tirage manque dans le registre de l’édition.",
        en="A draw is missing from the register of the edition.",
    ),
    "replacement_wrong": Words(
        ar="المعوض ليس هو الذي يعطيه الحساب.",
        fr="Le remplaçant n’est pas celui du calcul.",
        en="The replacement is not the computed one.",
    ),
    "result_altered": Words(
        ar="تغيرت النتيجة.",
        fr="Le résultat a été changé.",
        en="The result was changed.",
    ),
    "seat_unknown": Words(
        ar="شاهد غير مذكور في التعهد، أو مذكور مرتين.",
        fr="Un témoin n’est pas prévu, ou figure deux fois.",
        en="A witness is not of the plan, or stands twice.",
    ),
    "seats_too_few": Words(
        ar="عدد الشهود المساهمين غير كاف.",
        fr="Trop peu de témoins ont contribué.",
        en="Too few witnesses took part.",
    ),
    "secret_changed": Words(
        ar="السر ليس هو الموعود به قبل القرعة.",
        fr="Le secret n’est pas celui qui était promis.",
        en="The secret is not the promised one.",
    ),
    "seed_wrong": Words(
        ar="البذرة ليست هي التي يعطيها الحساب.",
        fr="La graine n’est pas celle du calcul.",
        en="The seed is not the computed one.",
    ),
    "step_repeated": Words(
        ar="خطوة كتبت مرتين.",
        fr="Une étape figure deux fois.",
        en="A step stands twice.",
    ),
    "steps_missing": Words(
        ar="تنقص خطوة من خطوات القرعة.",
        fr="Une étape du tirage manque.",
        en="A step of the draw is missing.",
    ),
    "steps_of_another": Words(
        ar="خطوة من قرعة أخرى.",
        fr="Une étape est celle d’un autre tirage.",
        en="A step belongs to another draw.",
    ),
    "steps_out_of_order": Words(
        ar="خطوات القرعة ليست في ترتيبها.",
        fr="Les étapes ne sont pas dans leur ordre.",
        en="The steps are not in their order.",
    ),
    "steps_unknown": Words(
        ar="خطوة لا تعرفها القرعة.",
        fr="Une étape est inconnue.",
        en="A step is unknown.",
    ),
    "switched_late": Words(
        ar="تُركت المنارة العمومية بعد فوات الوقت.",
        fr="La balise publique a été abandonnée trop tard.",
        en="The public beacon was given up too late.",
    ),
    "turn_unknown": Words(
        ar="تذكرة ليس دورها في هذه الجائزة.",
        fr="Un ticket n’a pas son tour pour ce lot.",
        en="A ticket does not have its turn at this prize.",
    ),
    "unknown_beacon": Words(
        ar="منارة عمومية غير معروفة.",
        fr="La balise publique n’est pas connue.",
        en="The public beacon is not known.",
    ),
    "unknown_rules": Words(
        ar="قاعدة غير معروفة لتعويض الفائزين.",
        fr="La règle de remplacement est inconnue.",
        en="The rule of replacement is unknown.",
    ),
    "void_not_signed": Words(
        ar="إسقاط الفائز لا يحمل توقيعين.",
        fr="Une annulation de gain n’est pas signée par deux personnes.",
        en="A winner was passed over without two signatures.",
    ),
    "void_reason_unknown": Words(
        ar="سبب إسقاط غير موجود في اللائحة المعلنة.",
        fr="Le motif d’une annulation de gain n’est pas dans la liste annoncée.",
        en="The reason for passing over a winner is not on the announced list.",
    ),
    "void_without_calls": Words(
        ar="أسقط فائز دون أن ينادى عليه ثلاث مرات.",
        fr="Un gagnant a été écarté sans les trois appels.",
        en="A winner was passed over without the three calls.",
    ),
    "wrong_version": Words(
        ar="الملف من بروتوكول آخر.",
        fr="Le dossier est d’un autre protocole.",
        en="The bundle is of another protocol.",
    ),
    # What is not of the protocol: the page round it.
    "unreadable": Words(
        ar="تعذر قراءة الملف. أعد المحاولة.",
        fr="Le fichier n’a pas pu être lu. Réessayez.",
        en="The file could not be read. Try again.",
    ),
    "pins_unreadable": Words(
        ar="تعذر قراءة المفاتيح. اختر ملف المفاتيح أو اكتب مفتاح السجل كاملا.",
        fr="Les clés n’ont pas pu être lues. Choisissez le fichier des clés ou écrivez la clé du journal en entier.",
        en="The keys could not be read. Choose the file of keys, or write the whole key of the log.",
    ),
    "page_differs": Words(
        ar="الحساب صحيح، لكن هذه الصفحة تعرض نتيجة أخرى. لا تثق بالصفحة.",
        fr="Le calcul est exact, mais cette page montre un autre résultat. Ne croyez pas la page.",
        en="The sums are right, but this page shows another result. Do not believe the page.",
    ),
}
