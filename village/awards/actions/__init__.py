"""The deeds of the jury, of those who prepare its work, and of those who hand over what it gave."""

from village.awards.actions.deliberating import add_deliberation, write_citation
from village.awards.actions.excusing import declare_absent, declare_tie, record_recusal, take_back_absence
from village.awards.actions.lots import cancel_tie_lot, draw_tie_lot, seal_tie_lot, type_lot_number
from village.awards.actions.marking import close_sheets, give_marks
from village.awards.actions.nominating import (
    add_photo,
    drop_photo,
    drop_photos,
    nominate,
    nominate_by_rule,
    withdraw_nominee,
    write_dossier,
)
from village.awards.actions.opening import confirm_honours, open_marks, publish_results
from village.awards.actions.paper import confirm_paper_sheet, discard_paper_sheet, type_paper_sheet
from village.awards.actions.preparing import (
    CategoryFacts,
    NewCategory,
    NewCriterion,
    change_category,
    commit_rules,
    create_category,
    drop_category,
    import_awards,
    set_criteria,
)
from village.awards.actions.prizes import deliver_prize, promise_prize, withdraw_promise
from village.awards.actions.seating import (
    NewJuror,
    add_juror,
    assign_evenly,
    assign_jurors,
    change_juror,
    drop_juror,
    import_jury,
    seat_juror,
)
from village.awards.actions.voting import cast_ballot
from village.awards.queries.judged import seal

__all__ = [
    "CategoryFacts",
    "NewCategory",
    "NewCriterion",
    "NewJuror",
    "add_deliberation",
    "add_juror",
    "add_photo",
    "assign_evenly",
    "assign_jurors",
    "cancel_tie_lot",
    "cast_ballot",
    "change_category",
    "change_juror",
    "close_sheets",
    "commit_rules",
    "confirm_honours",
    "confirm_paper_sheet",
    "create_category",
    "declare_absent",
    "declare_tie",
    "deliver_prize",
    "discard_paper_sheet",
    "draw_tie_lot",
    "drop_category",
    "drop_juror",
    "drop_photo",
    "drop_photos",
    "give_marks",
    "import_awards",
    "import_jury",
    "nominate",
    "nominate_by_rule",
    "open_marks",
    "promise_prize",
    "publish_results",
    "record_recusal",
    "seal",
    "seal_tie_lot",
    "seat_juror",
    "set_criteria",
    "take_back_absence",
    "type_lot_number",
    "type_paper_sheet",
    "withdraw_nominee",
    "withdraw_promise",
    "write_citation",
    "write_dossier",
]
