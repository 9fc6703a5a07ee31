"""Persons are found by keys, two that are one are merged, and names can be taken out."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "person_key",
        sa.Column("edition_id", _ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column(
            "key",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_person_key_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_key_person_id_person")),
        sa.PrimaryKeyConstraint("edition_id", "kind", "key", "person_id", name=op.f("pk_person_key")),
    )
    with op.batch_alter_table("person_key") as batch_op:
        batch_op.create_index(batch_op.f("ix_person_key_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_distinct",
        sa.Column("a_id", _ID, autoincrement=False, nullable=False),
        sa.Column("b_id", _ID, autoincrement=False, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_person_distinct_ordered")),
        sa.ForeignKeyConstraint(["a_id"], ["person.id"], name=op.f("fk_person_distinct_a_id_person")),
        sa.ForeignKeyConstraint(["b_id"], ["person.id"], name=op.f("fk_person_distinct_b_id_person")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_person_distinct_edition_id_edition")),
        sa.PrimaryKeyConstraint("a_id", "b_id", name=op.f("pk_person_distinct")),
    )
    with op.batch_alter_table("person_distinct") as batch_op:
        batch_op.create_index(batch_op.f("ix_person_distinct_b_id"), ["b_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_distinct_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "person_merge",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("kept_id", _ID, nullable=False),
        sa.Column("gone_id", _ID, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_person_merge_edition_id_edition")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id_person")),
        sa.ForeignKeyConstraint(["gone_id"], ["person.id"], name=op.f("fk_person_merge_gone_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    with op.batch_alter_table("person_merge") as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merge_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merge_gone_id"), ["gone_id"], unique=False)

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index("ix_person_edition_search")
        batch_op.drop_column("search")
        batch_op.drop_column("sound")
        batch_op.create_index(batch_op.f("ix_person_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_person_merged_into_id_person"), "person", ["merged_into_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_person_merged_into_another"), "merged_into_id <> id")

    _fill_keys()


def downgrade() -> None:
    # Without merges nobody is hidden: a person who was merged stands in the list again, with nothing to their name.
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_person_merged_into_another"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_person_merged_into_id_person"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_person_merged_into_id"))
        batch_op.drop_column("erased_at")
        batch_op.drop_column("merged_into_id")
        batch_op.add_column(sa.Column("search", sa.String(length=400), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sound", sa.String(length=200), nullable=False, server_default=""))
        batch_op.create_index("ix_person_edition_search", ["edition_id", "search"], unique=False)
    op.drop_table("person_merge")
    op.drop_table("person_distinct")
    op.drop_table("person_key")
    _fill_search()


# What follows stands still: these were the rules when the keys were first made, whatever becomes of the rules.
_DROPPED = ("search", "sound")
_PERSON = sa.table(
    "person",
    *(
        sa.column(name)
        for name in ("id", "edition_id", "code", "phone", "given_ar", "family_ar", "given_fr", "family_fr", *_DROPPED)
    ),
)
_KEY = sa.table("person_key", *(sa.column(name) for name in ("edition_id", "kind", "key", "person_id")))
_NAMES = (_PERSON.c.given_ar, _PERSON.c.family_ar, _PERSON.c.given_fr, _PERSON.c.family_fr)
_LONGEST = 40


def _fill_keys() -> None:
    bind = op.get_bind()
    asked = sa.select(_PERSON.c.id, _PERSON.c.edition_id, _PERSON.c.code, _PERSON.c.phone, *_NAMES)
    for rows in bind.execute(asked).partitions(_AT_ONCE):
        keys = [
            {"edition_id": row.edition_id, "kind": kind, "key": key, "person_id": row.id}
            for row in rows
            for kind, key in _keys_of(
                [f"{row.given_ar} {row.family_ar}", f"{row.given_fr} {row.family_fr}"], row.code, row.phone
            )
        ]
        bind.execute(sa.insert(_KEY), keys)


def _fill_search() -> None:
    bind = op.get_bind()
    change = (
        sa.update(_PERSON)
        .where(_PERSON.c.id == sa.bindparam("person"))
        .values(search=sa.bindparam("folded"), sound=sa.bindparam("heard"))
    )
    rows = bind.execute(sa.select(_PERSON.c.id, *_NAMES)).all()
    names = {row.id: f"{row.given_ar} {row.family_ar} {row.given_fr} {row.family_fr}" for row in rows}
    values = [
        {"person": person, "folded": _fold(name)[:400], "heard": _consonant_key(name)[:200]}
        for person, name in names.items()
    ]
    if values:
        bind.execute(change, values)


def _keys_of(names: list[str], code: str, phone: str | None) -> set[tuple[str, str]]:
    keys = {("c", _fold(code).replace(" ", ""))}
    for name in names:
        words = _name_words(name)
        sounds = [_word_sounds(word) for word in words]
        for word in set(_grown_together(words)) - set(words):
            keys |= {("w", word[:_LONGEST]), ("t", word[:_LONGEST])}
            keys |= {("k", sound[:_LONGEST]) for sound in _word_sounds(word)}
        for start, word in enumerate(words):
            keys.add(("w", word[:_LONGEST]))
            keys.add(("t", "".join(words[start:])[:_LONGEST]))
            rest = "".join(each[0] for each in sounds[start + 1 :] if each)
            for sound in sounds[start]:
                keys.add(("k", sound[:_LONGEST]))
                keys.add(("s", _single(sound + rest)[:_LONGEST]))
    if phone:
        digits = re.sub(r"\D", "", phone)
        keys.add(("p", digits.removeprefix("212")))
        keys.add(("e", digits[::-1]))
    return {(kind, key) for kind, key in keys if key}


def _single(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound.replace(_SOUNDLESS, ""))


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_INVISIBLE = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Hamza seats, alef forms, final ya and ta marbuta are written in different ways by different hands.
# Persian keyboards give another ya and another kaf.
_ARABIC_FOLD = str.maketrans("أإآٱىئؤةیکھہ", "ااااييوهيكهه")

# Arabic letter → the Latin consonants Moroccans write for it, reduced to one sign each.
_ARABIC_KEY = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "k", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ض": "d",
    "ظ": "d", "ر": "r", "ز": "z", "س": "s", "ص": "s", "ش": "x", "غ": "k", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k",
    "گ": "k", "ڭ": "k", "ل": "l", "م": "m", "ن": "n", "ه": "", "ع": "", "ء": "", "ا": "", "و": "", "ي": "",
}  # fmt: skip
_LATIN_GROUPS = (
    ("ch", "x"), ("sh", "x"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "k"),
    ("ce", "s"), ("ci", "s"), ("ou", ""), ("5", "k"), ("7", "h"), ("9", "k"), ("3", ""), ("2", ""),
)  # fmt: skip
_LATIN_KEY = {
    "b": "b", "p": "b", "t": "t", "j": "k", "h": "", "k": "k", "c": "k", "q": "k", "d": "d", "r": "r", "z": "z",
    "s": "s", "x": "x", "g": "k", "f": "f", "v": "f", "l": "l", "m": "m", "n": "n",
}  # fmt: skip
_ARTICLES = {"ال", "el", "al", "l", "er", "es", "ez", "ed", "et", "en", "ech", "ar", "as", "at", "d", "de", "la", "le"}
# The t of a ta marbuta, heard or not.
_LAST_T = re.compile(r"(?<=\w{3})[ae]t$")
_WHOLE_NAME = 4
_PARTICLES = {"عبد", "abd", "abdel", "abdul", "بن", "ben", "bin", "بو", "bou", "ابو", "abou"}
_SOUNDLESS = "_"


def _western_digits(text: str) -> str:
    return text.translate(_DIGITS)


def _fold(text: str) -> str:
    bare = _INVISIBLE.sub("", _western_digits(text))
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", letters.translate(_ARABIC_FOLD).casefold())
    return " ".join(words.split())


def _consonant_key(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", "".join(_word_key(word) for word in _fold(text).split()))


def _name_words(text: str) -> list[str]:
    return _fold(re.sub("['’ʼʻ`´]", "", text)).split()


def _grown_together(words: list[str]) -> list[str]:
    grown: list[str] = []
    pending = ""
    for word in words:
        if pending and word in _ARTICLES:
            continue
        if not pending and word in _PARTICLES:
            pending = word
            continue
        grown.append(pending + word.removeprefix("ال") if pending else word)
        pending = ""
    return [*grown, pending] if pending else grown


def _word_sounds(word: str) -> tuple[str, ...]:
    if word in _ARTICLES:
        return ()
    forms = [_word_key(word)]
    if _is_arabic(word):
        if word.startswith("ال"):
            forms.append(_signs(word))
    else:
        if _LAST_T.search(word):
            forms.append(_signs(word))
        bare = re.sub(r"^(?:el|al|l(?=[^aeiouy]))", "", word)
        if bare != word and len(bare) >= _WHOLE_NAME:
            forms.append(_word_key(bare))
    return tuple(dict.fromkeys(form for form in forms if form)) or (_SOUNDLESS,)


def _is_arabic(word: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in word)


def _word_key(word: str) -> str:
    if word in _ARTICLES:
        return ""
    if _is_arabic(word):
        word = word.replace("عبدال", "عبد")
        # «ال» and two letters may be a whole name.
        return _signs(word.removeprefix("ال") if len(word) >= _WHOLE_NAME + 1 else word)
    return _signs(_LAST_T.sub("a", re.sub(r"^abd[aeou]*l(?=\w{3})", "abd", word)))


def _signs(word: str) -> str:
    if _is_arabic(word):
        signs = [_ARABIC_KEY.get(c, "") for c in word.replace("دج", "ج").replace("تش", "ش")]
    else:
        for group, sign in _LATIN_GROUPS:
            word = word.replace(group, sign or ".")
        signs = [_LATIN_KEY.get(c, "") for c in word]
    return re.sub(r"(.)\1+", r"\1", "".join(signs).replace("h", ""))
