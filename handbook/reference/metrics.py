"""Every metric of /metrics, from what counts."""

from handbook.reference.table import code, table
from wall.core.measures import Measures, Spread, Tally
from wall.ingest.health import followed
from wall.vitals import vitals
from wall.web.kept_metrics import Kept


def every_metric() -> str:
    measures = [*Measures().all(), *Kept().all(), *vitals(), followed(0)]
    rows = [(code(one.name), one.kind, labels(one), one.help) for one in measures]
    return table(("metric", "type", "labels", "what it counts"), rows)


def labels(one: Tally | Spread) -> str:
    return " ".join(map(code, one.labels if isinstance(one, Tally) else ("le",)))
