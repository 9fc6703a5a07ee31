"""The JSON interface keeps the word of its own document: requests made from it, right ones and wrong ones.

Every operation is asked by examples, by the coverage of each field's limits and by chance (the same chance each time);
no fault of the server, no status and no content that the document does not name, no answer of another shape, nothing
accepted that the document forbids.
"""

from __future__ import annotations

from collections import Counter

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.pages.api_fair import make_program

REGISTER = "POST /api/v1/registrations"


def settings_of_run(key):
    return SchemathesisConfig.from_dict(
        {
            "seed": 14,
            # The test's own client reads no Brotli.
            "headers": {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"},
            "generation": {"max-examples": 8, "deterministic": True, "mode": "all", "database": "none"},
            "phases": {"stateful": {"enabled": False}},
            # Its requests without a key do not reach an application inside the process; the test below sends them.
            "checks": {"ignored_auth": {"enabled": False}},
            "operations": [
                {
                    "include-name": REGISTER,
                    # No schema says that a number is nobody's telephone, or that one of three fields names the person.
                    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]}},
                    "generation": {"max-examples": 30},
                }
            ],
        }
    )


@pytest.mark.slow
def test_the_interface_keeps_the_word_of_its_document(app):
    program = make_program(app)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=settings_of_run(program.key))
    found, asked = [], Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.NonFatalError):
            found.append((event.label, event.info.format()))
        elif isinstance(event, events.ScenarioFinished):
            answers = event.recorder.interactions.values()
            asked.update((event.recorder.label, each.response.status_code) for each in answers if each.response)
            checks = [each for checks in event.recorder.checks.values() for each in checks if each.failure_info]
            found += [(event.recorder.label, each.failure_info.failure, each.failure_info.code_sample) for each in checks]
        elif isinstance(event, events.EngineFinished):
            found += event.failures
    assert found == []
    # Neither was it all refused: each operation did what it is for at least once.
    succeeded = {label for label, status in asked if status < 300}
    assert {label for label, _status in asked} - succeeded == set(), asked
    assert asked[REGISTER, 201] + asked[REGISTER, 200] >= 1
    assert asked.total() > 250


@pytest.mark.sqlite_only
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer vsk_" + "0" * 64, "Basic dTpw", "Bearer \u00e9"])
def test_what_the_document_says_to_need_a_key_needs_one(app, header):
    program = make_program(app)
    paths = program.client.get("/api/v1/openapi.json").json["paths"]
    keyed = [
        (method, path)
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method != "parameters" and operation.get("security")
    ]
    assert len(keyed) == 7
    for method, path in keyed:
        address = path.replace("{number}", "1")
        answer = program.client.open(address, method=method.upper(), headers={"Authorization": header} if header else {})
        assert (answer.status_code, answer.is_json) == (401, True), (method, path)
