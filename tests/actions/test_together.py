"""Two deeds of the same moment that want the same thing: one stands, the other is told so in words."""

from __future__ import annotations

import threading
import time

import pytest

from village.kit.refusal import Refusal
from village.people.accounts.actions import create_account
from village.people.accounts.queries import list_accounts


@pytest.mark.postgresql_only
def test_who_comes_second_is_refused_and_nothing_of_theirs_stays(act, session):
    answers = []

    def second():
        try:
            with act("auditor") as deed:
                create_account(deed, username="zineb", roles=["desk"])
        except Refusal as refusal:
            answers.append(refusal.code)

    other = threading.Thread(target=second)
    with act("organiser") as deed:
        create_account(deed, username="zineb", roles=["organiser"])
        other.start()
        time.sleep(0.5)  # the other deed now waits for this one's row
    other.join(10)
    assert answers == ["done_meanwhile"]
    assert [(row.username, row.roles) for row in list_accounts(session)] == [("zineb", ("organiser",))]
