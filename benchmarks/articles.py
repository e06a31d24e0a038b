"""Reading and coding a corpus of raw articles with broken ones among them: time, peak memory, and that none goes away.

    python benchmarks/articles.py [ARTICLES] [ONTOLOGY]     # 5,000 in acled

Exit code 1 where an article is neither among the results nor among the rejects.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from raw_corpus import make

import eventcode as ec
from eventcode.coder import BATCH
from eventcode.workers import batches


def main(size: int, ontology: str) -> int:
    """Make, read and code the corpus; 0 where every article is accounted for."""
    with tempfile.TemporaryDirectory() as folder:
        broken = make(Path(folder), size)
        articles = ec.read_articles(folder)
        began = time.perf_counter()
        for _ in articles:
            pass
        print(articles.report)
        print(f"read in {time.perf_counter() - began:.1f} s")
        coder = ec.load(ontology)
        began, records, coded, failed = time.perf_counter(), 0, 0, 0
        for batch in batches(iter(articles), BATCH):
            for found, problem in coder.code_batch(batch):
                records, coded, failed = records + len(found), coded + (problem is None), failed + (problem is not None)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"coded {coded} articles in {time.perf_counter() - began:.1f} s: {records} {ontology} records, "
              f"{failed} articles failed; peak memory {memory:.0f} MB")
        whole = articles.report.failed == len(broken) and coded + failed + articles.report.failed == size
        print(f"{size} articles: {coded} coded, {failed + articles.report.failed} rejected, "
              f"{'none' if whole else 'SOME'} unaccounted for")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, sys.argv[2] if len(sys.argv) > 2 else "acled"))
