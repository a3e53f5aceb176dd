"""The long form as a PDF: what it costs to make, without a database."""

import datetime
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.strategy_data import strategy_data


def pdf(measures: str) -> dict[str, Any]:
    """CPU seconds and peak memory of data and compiler, and the file's size. Numbered lines cost the most."""
    from printing import printout
    from printing.pdf.data import printout_data
    from printing.pdf.making import compile_file
    from printing.title_sheet import TitleSheet
    from strategy.document.document import Document
    from strategy.editions.models import Edition

    data = strategy_data(int(measures))
    document = Document.from_data(data)
    frozen_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    edition = Edition(
        slug="messung", title="Messung", state="consultation", digest="0" * 64, frozen_at=frozen_at
    )
    start = time.process_time()
    sheet = TitleSheet(printout.long_form(document), edition)
    content = json.dumps(printout_data(sheet), ensure_ascii=False).encode()
    own = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "lock").open("w") as lock:
        target = Path(folder) / "long.pdf"
        compile_file("strategy", content, target, lock.fileno())
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "data_cpu": round(own, 2),
            "cpu": round(used.ru_utime + used.ru_stime, 2),
            "compiler_memory": used.ru_maxrss // 1024,
            "pages": _pages(target),
            "kilobytes": target.stat().st_size // 1000,
        }


def _pages(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as opened:
        return len(opened)
