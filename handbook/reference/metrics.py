"""Every metric of /metrics, from what counts."""

from handbook.reference.table import code, table
from wall.core.measures import Measures, Spread, Tally
from wall.web.source_metrics import COUNTED, STATES


def every_metric() -> str:
    rows = [(code(one.name), one.kind, labels(one), one.help) for one in Measures().all()]
    rows += [(code(name), "counter", code("kind"), help) for name, help in COUNTED.values()]
    rows.append((code(STATES), "gauge", "`kind` `state`", "Sources that are set up, by kind and state."))
    return table(("metric", "type", "labels", "what it counts"), rows)


def labels(one: Tally | Spread) -> str:
    return " ".join(map(code, one.labels if isinstance(one, Tally) else ("le",)))
