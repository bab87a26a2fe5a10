"""Cutting shared among processes, of which the calling one does its part."""

import pickle
from collections import deque
from functools import lru_cache

from joblib import effective_n_jobs
from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor

from analysis.tokenizer import Setting, cut_packed, cut_texts

BATCHES, HELPERS_IDLE = 16, 300  # batches of each process; seconds until an idle one ends


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
        return _cut_together(_batches(texts, BATCHES * jobs), setting, jobs - 1)
    except BrokenProcessPool:
        _helpers.cache_clear()  # or the next call would meet the same dead processes
        raise


def _cut_together(batches: list[list[str]], setting: Setting, helpers: int) -> list[list[str]]:
    """Let helpers begin with the first batches while this process cuts the last ones.

    What this process cuts need not travel, and to unpickle the rest can wait until the end.
    """
    pool, given, own, end = _helpers(helpers), [], deque(), len(batches)
    while len(given) < end:
        while len(given) < end and sum(not batch.done() for batch in given) < 2 * helpers:
            given.append(pool.submit(cut_packed, batches[len(given)], setting))
        if len(given) < end:
            end -= 1
            own.appendleft(cut_texts(batches[end], setting))
    return [row for done in (*(pickle.loads(batch.result()) for batch in given), *own)
            for row in done]


@lru_cache(maxsize=1)
def _helpers(count: int) -> ProcessPoolExecutor:
    """Start processes of our own, for those that joblib reuses carry its settings."""
    return ProcessPoolExecutor(count, timeout=HELPERS_IDLE)


def _batches(texts: list[str], pieces: int) -> list[list[str]]:
    """Deal texts out in order, in about as many batches of about the same length."""
    size = sum(map(len, texts)) // pieces + 1
    batches: list[list[str]] = [[]]
    filled = 0
    for text in texts:
        if filled >= size:
            batches.append([])
            filled = 0
        batches[-1].append(text)
        filled += len(text)
    return batches
