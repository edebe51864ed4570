"""What the document says is so: schemathesis draws requests from it, and holds the answers against it."""

import json

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings

from tests.web.openapi.running import HELD, SLUG
from wall.web.openapi.document import document

pytestmark = pytest.mark.thorough

EXAMPLES = 12

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(), default=str)))


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_the_document_says(case, running):
    case.path_parameters["slug"] = SLUG
    with requests.Session() as session:
        session.trust_env = False
        case.call_and_validate(
            base_url=running.base,
            session=session,
            headers={"authorization": f"Bearer {running.token}"},
            checks=HELD,
        )
