"""Many models of the same units: bootstrapped units, other seeds, and a key for every task."""

import sys

import numpy as np
from scipy.sparse import issparse
from tqdm import tqdm

from analysis.topics.clustering import Vectors, check_rows, weigh
from analysis.topics.models import METHODS, Fit, fit, place, strongest

DENSE = 2_000_000  # numbers; smaller tables cost more as sparse ones than they save


def check_plan(units: int, ks: list[int], methods: list[str], bootstraps: int, seeds: int, nulls: int) -> None:
    """Refuse a plan that cannot be carried out, or would mean nothing."""
    for method in methods:
        if method not in METHODS:
            raise ValueError(f"method must be one of {METHODS}, not {method!r}.")
    if not ks or not methods:
        raise ValueError("At least one k and one method are needed.")
    if units < 4:
        raise ValueError(
            f"There {'is' if units == 1 else 'are'} only {units} unit"
            f"{'s' * (units != 1)}, and four or more are needed: k is at most half "
            "their number. Give more texts, or cut them finer, as "
            "load_corpus(level='sentence') does."
        )
    for k in ks:
        if not 2 <= k <= units // 2:
            raise ValueError(
                f"k must lie between 2 and {units // 2}, half of {units} units, for "
                f"its stability to mean anything, not {k}."
            )
    for name, value, least in (("bootstraps", bootstraps, 3), ("seeds", seeds, 2), ("nulls", nulls, 1)):
        if value < least:
            raise ValueError(f"{name} must be {least} or more, not {value}.")


def check_vectors(vectors: Vectors, k: int, methods: list[str]) -> None:
    """Refuse units that the methods cannot tell apart into ``k`` topics."""
    tfidf = vectors._replace(matrix=weigh(vectors.counts, "tfidf"))
    for method in methods:
        check_rows(tfidf, k, method)


def tracked(items, progress: bool | None, label: str) -> tqdm:
    """Return a progress bar on stderr: shown in a terminal, or when asked for."""
    hidden = not sys.stderr.isatty() if progress is None else not progress
    return tqdm(items, desc=label, disable=hidden)


def task_key(seed: int, *task) -> np.random.SeedSequence:
    """Return the seed of a task, from what it does and not from who does it."""
    words = ("null", "rows", "boot", "seed", *METHODS)
    numbers = tuple(words.index(part) if isinstance(part, str) else part for part in task)
    return np.random.SeedSequence(seed, spawn_key=numbers)


def _state(*task) -> int:
    return int(task_key(*task).generate_state(1)[0])


def draw(units: int, k: int, seed: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw units with replacement, again if fewer than ``k`` differ: which, and how often."""
    random = np.random.default_rng(task_key(seed, "rows", number))
    rows = np.zeros(0, int)
    while len(rows) < k:
        rows, times = np.unique(random.integers(units, size=units), return_counts=True)
    return rows, times


def _bootstrap(matrix, method: str, k: int, number: int, b: int, seed: int) -> Fit:
    rows, times = draw(matrix.shape[0], k, seed, b)
    state = _state(seed, "boot", number, method, k, b)
    model = fit(matrix[rows], k, method, state, 3, times=times)
    strengths = place(matrix, method, model.weights)
    return Fit(method, strengths, model.weights, strongest(strengths))


def matrices_for(counts, kind: str, seed: int) -> dict:
    """Return what each method reads: TF-IDF for NMF, counts for LDA, ``kind`` for clusters."""
    tfidf = weigh(counts, "tfidf")
    own = tfidf if kind == "tfidf" else weigh(counts, kind, seed=seed)
    tables = {"nmf": tfidf, "lda": counts, "kmeans": own, "agglomerative": own}
    if counts.shape[0] * counts.shape[1] < DENSE:
        tables = {name: table.toarray() if issparse(table) else table for name, table in tables.items()}
    return tables


def models(
    matrix, method: str, k: int, number: int, bootstraps: int, seeds: int, seed: int
) -> tuple[list[Fit], list[Fit]]:
    """Fit models to bootstrapped units of corpus ``number``, and from several seeds to all."""
    boots = [_bootstrap(matrix, method, k, number, b, seed) for b in range(bootstraps)]
    again = [fit(matrix, k, method, _state(seed, "seed", number, method, k, s), 1, True) for s in range(seeds)]
    return boots, again
