"""Which addresses of the outside world may be asked. Pure: nothing here looks a name up or connects."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx2

from wall.errors import SourceError

HTTP = ("http", "https")
WEBSOCKET = ("ws", "wss")

# Public servers live on these and on high ports; what else listens down there is not the web.
LOW_PORTS = (80, 443)
FIRST_HIGH_PORT = 1024
# High ports of databases and caches, which would take our request line for a command.
DATABASE_PORTS = frozenset(
    {1433, 1521, 2049, 3306, 5432, 5984, 6379, 6380, 9042, 9200, 11211, 16379, 26379, 27017}
)

# Inside a house or a machine: allowed where the organiser says so.
PRIVATE = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("100.64.0.0/10"),  # carrier-grade NAT
    IPv4Network("127.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv6Network("::1/128"),
    IPv6Network("fc00::/7"),
)

# Never a server that anybody posts on, whatever the setting says.
NEVER = (
    IPv4Network("0.0.0.0/8"),
    IPv4Network("100.100.100.200/32"),  # metadata of a cloud
    IPv4Network("168.63.129.16/32"),  # the same
    IPv4Network("169.254.0.0/16"),  # link-local, and metadata of most clouds
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.0.2.0/24"),  # documentation
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("198.18.0.0/15"),  # benchmarks
    IPv4Network("198.51.100.0/24"),  # documentation
    IPv4Network("203.0.113.0/24"),  # documentation
    IPv4Network("224.0.0.0/4"),  # multicast
    IPv4Network("240.0.0.0/4"),
    IPv6Network("2001::/23"),  # Teredo, ORCHID, benchmarks
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # documentation
    IPv6Network("fd00:ec2::254/128"),  # metadata of a cloud
)

# All of IPv6 that is handed out to the public; anything else is refused without being named.
PUBLIC_IPV6 = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")


def checked_url(url: str, *, schemes: tuple[str, ...] = HTTP, any_port: bool = False) -> httpx2.URL:
    """Return the address parsed, if its form is one we ask; raises SourceError (permanent) in words.

    Says nothing about where the host's name leads; that is `refusal`, at each connection.
    """
    try:
        parsed = httpx2.URL(url)
        host = parsed.host
    except (httpx2.InvalidURL, ValueError) as error:
        raise SourceError("This is not an address of the web.", permanent=True) from error
    if parsed.scheme not in schemes:
        raise SourceError(
            f"An address must start with {' or '.join(f'{one}://' for one in schemes)}.", permanent=True
        )
    if parsed.userinfo:
        raise SourceError("An address must not hold a name or password before the “@”.", permanent=True)
    if not host or "%" in host:
        raise SourceError("The address names no server.", permanent=True)
    if not port_is_allowed(parsed.port, any_port=any_port):
        raise SourceError(f"Port {parsed.port} is not one of the web.", permanent=True)
    return parsed


def port_is_allowed(port: int | None, *, any_port: bool) -> bool:
    if port is None:
        return True
    if any_port:
        return 1 <= port <= 65535
    return port in LOW_PORTS or (FIRST_HIGH_PORT <= port <= 65535 and port not in DATABASE_PORTS)


def refusal(address: str, *, private_addresses: bool = False) -> str | None:
    """Return why this numeric address must not be connected to, in words; None if it may."""
    try:
        ip = inner(ip_address(address))
    except ValueError:
        return "it is not a numeric address"
    if isinstance(ip, IPv6Address) and ip.scope_id:
        return "it belongs to one network card"
    if any(ip in network for network in NEVER):
        return "it is reserved and no public server"
    if any(ip in network for network in PRIVATE):
        return None if private_addresses else "it is a private address"
    if isinstance(ip, IPv6Address) and ip not in PUBLIC_IPV6:
        return "it is reserved and no public server"
    return None


def inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that a mapped or NAT64 one stands for, else the address itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in NAT64:
        return IPv4Address(ip.packed[-4:])
    return ip
