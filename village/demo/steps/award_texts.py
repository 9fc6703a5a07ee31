"""What goes with the awards of the demonstration beside the marks: dossiers, citations, honours, shields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.awards.actions import (
    CategoryFacts,
    NewCategory,
    add_deliberation,
    confirm_honours,
    create_category,
    deliver_prize,
    import_awards,
    nominate,
    promise_prize,
    publish_results,
    write_citation,
    write_dossier,
)
from village.awards.queries import list_categories, list_prizes, list_standings
from village.awards.rules import AwardClass
from village.draws.queries import list_draws
from village.exhibitors.queries import list_exhibitors

if TYPE_CHECKING:
    from village.awards.queries import CategoryRow
    from village.demo.stage import Stage
    from village.exhibitors.queries import ExhibitorRow
    from village.kit.deeds import Deed

FILE = "award_texts.json"
_SHIELD = "shield"


def prepare_awards(stage: Stage, deed: Deed) -> None:
    """Write a dossier for each nominee, promise the shields, and name whom the fair honours without marks."""
    texts = _texts(stage)
    exhibitors = {row.id: row for row in list_exhibitors(deed.session, stage.edition_id)}
    for category in list_categories(deed.session, stage.edition_id):
        for nominee in category.nominees:
            if nominee.exhibitor_id is not None:
                row = exhibitors[nominee.exhibitor_id]
                words = texts["cases"].get(row.code) or _plain_case(row)
                write_dossier(
                    deed, nominee_id=nominee.id, case_ar=words["ar"], case_fr=words["fr"], figures=_figures(row)
                )
        _promise(deed, category.id, 1, category)
    _name_the_honoured(stage, deed, texts["honour"])
    _name_the_draw(stage, deed, texts["chance"])


def speak(stage: Stage, deed: Deed, category: CategoryRow) -> None:
    """Write what was said of an opened category, and what is read aloud for whoever holds its first rank."""
    texts = _texts(stage)
    said = texts["deliberations"].get(category.code)
    if said:
        add_deliberation(deed, category_id=category.id, text_ar=said["ar"], text_fr=said["fr"])
    codes = {row.id: row.code for row in list_exhibitors(deed.session, stage.edition_id)}
    for nominee in category.nominees:
        words = texts["citations"].get(codes.get(nominee.exhibitor_id or 0, ""))
        if words:
            write_citation(deed, nominee_id=nominee.id, citation_ar=words["ar"], citation_fr=words["fr"])


def close_awards(stage: Stage, deed: Deed) -> int:
    """Publish honours and the award by draw, hand the shields over on the stage; returns how many were handed over."""
    drawn = {row.code for row in list_draws(deed.session, stage.edition_id) if row.state == "drawn"}
    for category in list_categories(deed.session, stage.edition_id):
        if category.award_class is not AwardClass.MERIT:
            publish_results(deed, category_id=category.id, drawn=drawn)
    receivers = _receivers(stage, deed)
    promised = [each for each in list_prizes(deed.session, stage.edition_id) if not each.is_delivered]
    for prize in promised:
        receiver = receivers[prize.category_id, prize.rank]
        deliver_prize(deed, prize_id=prize.id, receiver=receiver, proof=None, storage=stage.parts.storage)
    return len(promised)


def _receivers(stage: Stage, deed: Deed) -> dict[tuple[int, int], str]:
    """Name who comes to the stage for each rank: whoever presides over the cooperative, or the person honoured."""
    chairs = {row.id: row.chair_fr or row.name_fr for row in list_exhibitors(deed.session, stage.edition_id)}
    ranked = {
        (category, row.rank): chairs[row.exhibitor_id]
        for category, rows in list_standings(deed.session, stage.edition_id).items()
        for row in rows
    }
    honoured = {
        (category.id, place): nominee.name_fr
        for category in list_categories(deed.session, stage.edition_id)
        if category.award_class is AwardClass.HONOUR
        for place, nominee in enumerate(category.nominees, 1)
    }
    return ranked | honoured


def _promise(deed: Deed, category_id: int, rank: int, words: CategoryRow | CategoryFacts) -> None:
    promise_prize(
        deed, category_id=category_id, rank=rank, kind=_SHIELD, title_ar=words.trophy_ar, title_fr=words.trophy_fr
    )


def _name_the_honoured(stage: Stage, deed: Deed, texts: dict[str, Any]) -> None:
    if not texts:
        return
    people = texts["people"]
    names = {key: texts[key] for key in ("name_ar", "name_fr", "name_en", "trophy_ar", "trophy_fr")}
    facts = CategoryFacts(winners=len(people), award_class=AwardClass.HONOUR, **names)
    honour = create_category(deed, edition_id=stage.edition_id, code=texts["code"], facts=facts)
    named = [
        nominate(deed, category_id=honour, name_ar=each["name_ar"], name_fr=each["name_fr"]) for each in people
    ]
    confirm_honours(deed, category_id=honour)
    for place, (nominee, each) in enumerate(zip(named, people, strict=True), 1):
        _promise(deed, honour, place, facts)
        write_citation(
            deed, nominee_id=nominee, citation_ar=each["citation_ar"], citation_fr=each["citation_fr"]
        )


def _name_the_draw(stage: Stage, deed: Deed, texts: dict[str, Any]) -> None:
    if texts:
        chance = NewCategory(winners=1, criteria=(), nominees=(), award_class=AwardClass.CHANCE, **texts)
        import_awards(deed, edition_id=stage.edition_id, categories=[chance])


def _figures(row: ExhibitorRow) -> dict[str, int]:
    figures = {"members": row.members, "women": row.women_members}
    return figures | ({"founded": row.founded.year} if row.founded else {})


def _plain_case(row: ExhibitorRow) -> dict[str, str]:
    return {"ar": f"تنتج التعاونية: {row.products_ar}.", "fr": f"La coopérative produit : {row.products_fr}."}


def _texts(stage: Stage) -> dict[str, Any]:
    """Read the words; another fair in the same format may bring none."""
    none: dict[str, Any] = {"cases": {}, "citations": {}, "deliberations": {}, "honour": {}, "chance": {}}
    return none | stage.source.json(FILE) if (stage.source.folder / FILE).exists() else none
