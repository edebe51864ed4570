"""Private threads that spin off public posts: their pages, what members do in them, and what the team may know."""

from wall.web.back_channels import acts, barring, begin, desk, invitations, pages, push

__all__ = ["routes"]

# Those with a word in the place of a thread's id come first.
routes = [
    *desk.routes,
    *barring.routes,
    *begin.routes,
    *invitations.routes,
    *push.routes,
    *acts.routes,
    *pages.routes,
]
