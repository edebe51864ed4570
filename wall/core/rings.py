"""Rings: people who take up one another, and whom nobody outside takes up. What happens inside one proves nothing."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def closed_rings(actors: Places, authors: Places, size: int) -> Places:
    """Return for each of `size` people the number of the closed ring they are in, -1 for none.

    A ring is a strongly connected part of the graph, of two at least. The largest part of all is the event itself.
    """
    part = parts(actors, authors, size)
    members = np.bincount(part, minlength=size)
    open_to = np.zeros(size, dtype=bool)
    open_to[part[authors[part[actors] != part[authors]]]] = True
    ring = (members >= 2) & ~open_to
    ring[np.argmax(members)] = False
    return np.where(ring[part], part, -1)


def parts(actors: Places, authors: Places, size: int) -> Places:
    """Return the strongly connected part of each of `size` nodes, by a number (Tarjan, 1972), without recursion."""
    order = np.argsort(actors, kind="stable")
    ends = authors[order].tolist()
    begins = np.searchsorted(actors[order], np.arange(size + 1)).tolist()
    part, low, seen = [-1] * size, [0] * size, [0] * size
    stack: list[int] = []
    count, found = 0, 0
    for root in range(size):
        if seen[root]:
            continue
        path = [(root, begins[root])]
        while path:
            node, at = path.pop()
            if at == begins[node]:
                count += 1
                seen[node] = low[node] = count
                stack.append(node)
            while at < begins[node + 1]:
                after = ends[at]
                at += 1
                if not seen[after]:
                    path += [(node, at), (after, begins[after])]
                    break
                if part[after] < 0:
                    low[node] = min(low[node], seen[after])
            else:
                if low[node] == seen[node]:
                    while part[node] < 0:
                        part[stack.pop()] = found
                    found += 1
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[node])
    return np.array(part, dtype=np.int64)
