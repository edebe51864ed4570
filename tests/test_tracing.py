import subprocess
import sys
from pathlib import Path

import pytest

from wall import tracing
from wall.errors import ConfigError

PACKAGE = Path(tracing.__file__).parent
LOADED = "import sys, wall.tracing; print([name for name in sys.modules if 'opentelemetry' in name])"


@pytest.fixture
def seen():
    """The spans that ended, as OpenTelemetry keeps them."""
    export = pytest.importorskip("opentelemetry.sdk.trace.export", reason="backchannel[otel] is not installed")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter").InMemorySpanExporter()
    tracing.give_to(export.SimpleSpanProcessor(memory), part="web")
    yield memory.get_finished_spans
    tracing.stop()


def test_a_span_says_what_was_done_within_which(seen):
    with tracing.span("accept", event="pycon", posts=2), tracing.span("decide", event="pycon", kind="approve"):
        pass

    inner, outer = seen()
    assert (inner.name, dict(inner.attributes)) == ("decide", {"event": "pycon", "kind": "approve"})
    assert inner.parent.span_id == outer.context.span_id
    assert outer.resource.attributes["backchannel.part"] == "web"


def test_of_an_error_only_its_kind_is_told(seen):
    with pytest.raises(ValueError, match="private"), tracing.span("accept"):
        raise ValueError("private words")

    (span,) = seen()
    assert span.attributes["error.type"] == "ValueError"
    assert "private" not in span.to_json()


def test_while_nobody_traces_a_span_is_nothing():
    with tracing.span("accept") as span:
        assert span is None


def test_nothing_of_it_is_imported_until_it_is_asked_for():
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert loaded.stdout == "[]\n"
    assert [
        path.name
        for path in PACKAGE.rglob("*.py")
        if "import opentelemetry" in (text := path.read_text()) or "from opentelemetry" in text
    ] == ["tracing.py"]


def test_without_its_packages_the_program_says_how_to_get_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    with pytest.raises(ConfigError, match=r"backchannel\[otel\]"):
        tracing.begin("http://127.0.0.1:4318", part="web")
