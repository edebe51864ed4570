"""The newest updates of a feed, kept by one process for those who come back or lag."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Ring(Generic[Value]):
    """Values with consecutive offsets, up to `size` of them. A reader is an offset into it, never a queue."""

    def __init__(self, size: int, *, tip: int = 0) -> None:
        self.tip = tip
        self._values: deque[Value] = deque(maxlen=size)

    @property
    def start(self) -> int:
        """The offset that a reader must have reached for the ring to hold all it lacks."""
        return self.tip - len(self._values)

    def append(self, value: Value) -> None:
        """Add the value of the next offset."""
        self._values.append(value)
        self.tip += 1

    def after(self, offset: int) -> list[Value] | None:
        """Return the values after an offset, or None when the ring does not reach back that far, or not so far on."""
        if not self.start <= offset <= self.tip:
            return None
        missing = self.tip - offset
        return [self._values[index] for index in range(len(self._values) - missing, len(self._values))]

    def revise(self, change: Callable[[Value], Value]) -> None:
        """Put each value through a function."""
        for index, value in enumerate(self._values):
            self._values[index] = change(value)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)
