"""Where programs of others find a wall: at the root of the host, and below /e/{slug} for those that take a path."""

from starlette.routing import Route

from wall.web.mastodon import about, accounts, pictures, timelines

BELOW = "/e/{slug}"
READ = {
    "/api/v1/timelines/tag/{tag}": timelines.of_hashtag,
    "/api/v1/timelines/public": timelines.of_everything,
    "/api/v1/trends/statuses": timelines.trends,
    "/api/v1/accounts/lookup": accounts.lookup,
    "/api/v1/accounts/{account}": accounts.show,
    "/api/v1/accounts/{account}/statuses": accounts.statuses,
    "/api/v1/instance": about.instance,
    "/api/v2/instance": about.instance_now,
    "/api/v2/search": about.search,
    "/api/{version}/{what}": about.nothing,
    "/api/{version}/{what}/{which}": about.nothing,
}

routes = [
    *(Route(path, endpoint) for path, endpoint in READ.items()),
    *(Route(BELOW + path, endpoint) for path, endpoint in READ.items()),
    Route(f"{BELOW}/media/{{post_id}}/{{picture_id}}/{{size}}", pictures.of_post),
    Route(f"{BELOW}/logos/{{picture_id}}", pictures.logo),
    Route(f"{BELOW}/face.png", pictures.face),
    Route("/{slug}/wall-config.json", about.fediwall),
]
