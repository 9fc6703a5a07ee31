"""The deeds of the jury and of those who prepare its work."""

from village.awards.actions.marking import declare_absent, give_marks, record_recusal, recuse, seal
from village.awards.actions.opening import open_marks, publish_results
from village.awards.actions.preparing import (
    NewCategory,
    NewCriterion,
    NewJuror,
    commit_rules,
    import_awards,
    import_jury,
    seat_juror,
)

__all__ = [
    "NewCategory",
    "NewCriterion",
    "NewJuror",
    "commit_rules",
    "declare_absent",
    "give_marks",
    "import_awards",
    "import_jury",
    "open_marks",
    "publish_results",
    "record_recusal",
    "recuse",
    "seal",
    "seat_juror",
]
