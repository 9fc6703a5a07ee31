"""Files of a session on both databases: no row without bytes, no bytes that stay, a link that dies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.attended import Came, came_to_the_fair
from village.kit.outbox import list_outgoing
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.kit.storage import FileStorage
from village.workshops.actions import add_file, remove_file, renew_trainer_link, send_trainer_link
from village.workshops.queries import (
    count_files,
    find_trainer_by_link,
    get_file,
    list_files,
    list_trainers,
    trainer_token,
)
from village.workshops.rules import MOST_FILES, NewFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

LESSON = NewFile("الدرس الأول.pdf", "application/pdf", b"%PDF-1.7 lesson")


@pytest.fixture
def fair(act: Act) -> Came:
    """The small fair; Ilyas leads its three sessions."""
    with act("system") as deed:
        return came_to_the_fair(deed)


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    """Where the bytes lie."""
    return FileStorage(tmp_path / "files")


def kept(storage: FileStorage) -> list[str]:
    """What lies in the storage."""
    return list(storage.keys("sessions"))


def test_a_file_comes_and_goes_with_its_bytes(act: Act, session: Session, fair: Came, storage: FileStorage) -> None:
    for _ in range(2):
        with act("desk") as deed:
            add_file(deed, storage, workshop_id=fair.training, new=LESSON)
    one, two = list_files(session, fair.training)
    assert (one.name, two.name) == ("الدرس الأول.pdf", "الدرس الأول (2).pdf")
    assert storage.get(one.key) == LESSON.data
    assert count_files(session, [fair.training, fair.plenary]) == {fair.training: 2}
    session.rollback()
    for _ in range(2):
        with act("desk") as deed:
            remove_file(deed, storage, workshop_id=fair.training, file_id=one.id)
    assert [row.id for row in list_files(session, fair.training)] == [two.id]
    assert kept(storage) == [two.key]
    with pytest.raises(Refusal) as caught:
        get_file(session, fair.training, one.id)
    assert caught.value.code == "file_not_found"
    with pytest.raises(Refusal):
        get_file(session, fair.plenary, two.id)


class PowerCutError(Exception):
    """The machine stops."""


def cut_off(act: Act, doing: Callable[[Deed], object]) -> None:
    """Do a deed whose commit never comes."""
    with act("desk") as deed:
        doing(deed)
        raise PowerCutError


def test_the_power_goes_between_bytes_and_row(act: Act, session: Session, fair: Came, storage: FileStorage) -> None:
    with pytest.raises(PowerCutError):
        cut_off(act, lambda deed: add_file(deed, storage, workshop_id=fair.training, new=LESSON))
    assert list_files(session, fair.training) == []
    assert len(kept(storage)) == 1
    session.rollback()
    with act("desk") as deed:
        add_file(deed, storage, workshop_id=fair.training, new=LESSON)
    assert kept(storage) == [row.key for row in list_files(session, fair.training)]


def test_the_power_goes_before_the_bytes_are_gone(
    act: Act, session: Session, fair: Came, storage: FileStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with act("desk") as deed:
        old = add_file(deed, storage, workshop_id=fair.training, new=LESSON)
    with monkeypatch.context() as cut, act("desk") as deed:
        cut.setattr(deed, "after_commit", lambda _call: None)
        remove_file(deed, storage, workshop_id=fair.training, file_id=old)
    assert list_files(session, fair.training) == []
    assert len(kept(storage)) == 1
    session.rollback()
    with act("desk") as deed:
        add_file(deed, storage, workshop_id=fair.training, new=LESSON)
    assert kept(storage) == [row.key for row in list_files(session, fair.training)]


def test_a_refused_removal_takes_nothing_away(act: Act, session: Session, fair: Came, storage: FileStorage) -> None:
    with act("desk") as deed:
        file = add_file(deed, storage, workshop_id=fair.training, new=LESSON)
    with pytest.raises(PowerCutError):
        cut_off(act, lambda deed: remove_file(deed, storage, workshop_id=fair.training, file_id=file))
    assert storage.get(get_file(session, fair.training, file).key) == LESSON.data


def test_there_is_an_end_to_files(act: Act, fair: Came, storage: FileStorage) -> None:
    with act("desk") as deed:
        for _ in range(MOST_FILES):
            add_file(deed, storage, workshop_id=fair.training, new=LESSON)
        with pytest.raises(Refusal) as caught:
            add_file(deed, storage, workshop_id=fair.training, new=LESSON)
    assert caught.value.code == "files_too_many"


def test_a_new_link_makes_the_old_one_worthless(act: Act, session: Session, fair: Came, tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    trainer = list_trainers(session, fair.edition)[0]
    old = trainer_token(keys, fair.edition, trainer)
    assert find_trainer_by_link(session, keys, fair.edition, old.upper()) == trainer
    session.rollback()
    with act("organiser") as deed:
        renew_trainer_link(deed, trainer.id)
    assert find_trainer_by_link(session, keys, fair.edition, old) is None
    new = list_trainers(session, fair.edition)[0]
    assert find_trainer_by_link(session, keys, fair.edition, trainer_token(keys, fair.edition, new)) == new
    assert find_trainer_by_link(session, keys, fair.edition + 1, trainer_token(keys, fair.edition, new)) is None


def test_the_link_leaves_by_the_outbox_only_where_an_address_is_known(act: Act, session: Session, fair: Came) -> None:
    trainer = list_trainers(session, fair.edition)[0]
    session.rollback()
    words: dict[str, Any] = {"trainer_id": trainer.id, "text": "https://village.example/T/X", "lang": "ar"}
    with act("organiser") as deed, pytest.raises(Refusal) as caught:
        send_trainer_link(deed, kind="sms", **words)
    assert caught.value.code == "trainer_unreachable"
    assert list(list_outgoing(session)) == []
