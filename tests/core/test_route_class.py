import pytest

from wall.core.route_class import FIRST, OF_EVENT, route_class
from wall.web.routes import routes


@pytest.mark.parametrize(
    ("route", "kind"),
    [
        ("/static/{edition}", "static"),
        ("/organise/{slug}/sources", "organise"),
        ("/{slug}/moderate/decisions", "desk"),
        ("/{slug}/moderate/stream.sse", "stream"),
        ("/{slug}/feed", "feed"),
        ("/{slug}/posts/{dialect}", "intake"),
        ("/{slug}/post/{post_id}/card.png", "picture"),
        ("/{slug}/screen/plan", "screen"),
        ("/{slug}/questions/{post_id}/vote", "audience"),
        ("/{slug}", "audience"),
        ("/e/{slug}/api/v1/timelines/public", "api"),
        ("/readyz", "health"),
        (None, "none"),
    ],
)
def test_a_route_is_of_a_kind(route, kind):
    assert route_class(route) == kind


def test_there_are_few_kinds_and_each_has_a_route():
    kinds = {route_class(route.path) for route in routes()}

    assert kinds == {*FIRST.values(), *OF_EVENT.values(), "audience", "stream"}
    assert len(kinds) <= 15
