"""Traces for OpenTelemetry, where an operator asks for them; until then nothing of it is imported."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from wall import __version__
from wall.errors import ConfigError

EXPORT_SECONDS = 2  # less than a process has to leave

_tracer: Any = None


def begin(address: str, *, part: str) -> None:
    """Send the spans of this process to a collector from now on; raises ConfigError where the packages are missing."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ConfigError(
            "WALL_TRACES needs packages that are not here: pip install 'backchannel[otel]', or leave it empty."
        ) from error
    whole = address if urlsplit(address).path.strip("/") else f"{address.rstrip('/')}/v1/traces"
    give_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=whole, timeout=EXPORT_SECONDS)), part=part)


def give_to(processor: Any, *, part: str) -> None:
    """Give the spans of this process to a processor of OpenTelemetry's."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    global _tracer
    named = {"service.name": "backchannel", "service.version": __version__, "backchannel.part": part}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer("backchannel")


def stop() -> None:
    """Give nothing to anybody any more."""
    global _tracer
    _tracer = None


@contextmanager
def span(name: str, **about: str | int) -> Iterator[Any]:
    """Trace what is done within; of what is raised only the kind is told, for its words may hold what people wrote.

    Yields the span, or None while nobody traces.
    """
    if _tracer is None:
        yield None
        return
    with _tracer.start_as_current_span(
        name, attributes=about, record_exception=False, set_status_on_exception=False
    ) as seen:
        try:
            yield seen
        finally:
            if kind := sys.exc_info()[0]:
                seen.set_attribute("error.type", kind.__name__)
