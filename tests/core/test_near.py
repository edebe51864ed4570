import pytest

from wall.core.near import near


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("fd00::1", True),
        (None, True),
        ("198.41.0.4", False),
        ("x", False),
    ],
)
def test_near_is_this_machine_and_its_own_network(host, answer):
    assert near(host) is answer
