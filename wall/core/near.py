"""Who is near: the machines that may read our numbers."""

import ipaddress


def near(host: str | None) -> bool:
    """Tell whether an address is of this machine or of a private network; None is a unix socket."""
    if host is None:
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
