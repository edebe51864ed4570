"""HTTP out: one polite client, with the address guard inside."""


class Fetch:
    pass
