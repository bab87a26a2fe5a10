"""Cutting shared among processes, of which the calling one does its part."""

import marshal
from bisect import bisect
from collections import deque
from functools import lru_cache
from itertools import accumulate, pairwise

from joblib import effective_n_jobs
from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor

from analysis.segmentation.tokenizer import Setting, cut_packed, cut_texts

# Shares of what a process does: large at first, for each batch has its cost, and small at last,
# so that all end together.
SHARES = (0.4, 0.24, 0.15, 0.1, 0.06, 0.05)
HELPERS_IDLE = 300  # seconds until an idle one ends


def share_cutting(texts: list[str], setting: Setting, n_jobs: int) -> list[list[str]]:
    """Cut texts into tokens, in this process alone or in several.

    Examples
    --------
    >>> plain = Setting("auto", "standard", "term", (), frozenset(), False)
    >>> share_cutting(["推动协同发展。"], plain, n_jobs=2)
    [['推动', '协同', '发展']]
    """
    jobs = min(effective_n_jobs(n_jobs), len(texts))
    if jobs < 2:
        return cut_texts(texts, setting)
    try:
        return _cut_together(_batches(texts, jobs), setting, jobs - 1)
    except BrokenProcessPool:
        _helpers.cache_clear()  # or the next call would meet the same dead processes
        raise


def _cut_together(batches: list[list[str]], setting: Setting, helpers: int) -> list[list[str]]:
    """Let helpers begin with the first batches while this process cuts the last ones.

    What this process cuts need not travel, and to unpack the rest can wait until the end.
    """
    pool, given, own, end = _helpers(helpers), [], deque(), len(batches)
    while len(given) < end:
        while len(given) < end and sum(not batch.done() for batch in given) < 2 * helpers:
            given.append(pool.submit(cut_packed, batches[len(given)], setting))
        if len(given) < end:
            end -= 1
            own.appendleft(cut_texts(batches[end], setting))
    return [row for done in (*(marshal.loads(batch.result()) for batch in given), *own) for row in done]


@lru_cache(maxsize=1)
def _helpers(count: int) -> ProcessPoolExecutor:
    """Start processes of our own, for those that joblib reuses carry its settings."""
    return ProcessPoolExecutor(count, timeout=HELPERS_IDLE)


def _batches(texts: list[str], jobs: int) -> list[list[str]]:
    """Deal texts out in order: what the helpers take comes first, what this process takes last."""
    shares = [share for share in SHARES for _ in range(jobs - 1)] + [*reversed(SHARES)]
    ends = list(accumulate(map(len, texts)))
    places = [bisect(ends, done / jobs * ends[-1]) for done in accumulate(shares[:-1])]
    return [texts[a:b] for a, b in pairwise([0, *places, len(texts)]) if a < b]
