"""Many models of the same units: of units drawn anew, from other seeds, and of terms dealt anew."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, issparse
from sklearn import config_context
from tqdm import tqdm

from analysis._checks import check_choice, check_number, strings, whole_numbers
from analysis.topics.models import METHODS, fit, one_thread
from analysis.topics.spectrum import deal
from analysis.topics.vectors import check_rows, check_units, vectorise, weigh

DENSE = 2_000_000  # numbers; smaller tables cost more as sparse ones than they save


class Resampled(NamedTuple):
    """What :func:`resample_topics` makes, for :func:`consensus_clusters`.

    ``index`` of the units, their ``terms`` and ``counts``; ``shapes``: each method and k; ``corpora``: for the tokens
    first and then for each null corpus, a table per shape of the topic of each unit (models × units; those of
    bootstrapped units come first).
    """

    index: pd.Index
    terms: np.ndarray
    counts: csr_matrix
    shapes: list[tuple[str, int]]
    corpora: list[list[np.ndarray]]


class Plan(NamedTuple):
    """How many models of a corpus are fitted."""

    shapes: list[tuple[str, int]]
    bootstraps: int
    seeds: int
    seed: int


def resample_topics(
    tokens: pd.Series,
    ks: Iterable[int],
    *,
    methods: Iterable[str] = ("nmf", "kmeans"),
    bootstraps: int = 20,
    seeds: int = 5,
    nulls: int = 19,
    seed: int = 0,
    min_df: int = 2,
    kind: str = "tfidf",
    n_jobs: int = 1,
    progress: bool | None = None,
) -> Resampled:
    """Fit every method and number of topics many times, and the same to terms dealt anew.

    Parameters
    ----------
    tokens : Series of lists of str
        One list per unit.
    ks : iterable of int
        Numbers of topics, from 2 to half the number of units.
    methods : iterable of {"nmf", "lda", "kmeans", "agglomerative"}, default ("nmf", "kmeans")
    bootstraps : int, default 20
        Models fitted to units drawn with replacement, at least 3; each then places all units.
    seeds : int, default 5
        Models of all units that differ in the seed alone, at least 2 (NMF starts at random, k-means once).
    nulls : int, default 19
        Null corpora, at least 1: terms dealt anew to the units, in as many as before and with the same counts.
    seed : int, default 0
        Of everything; every draw is keyed to its task, not to the process that does it.
    min_df, kind
        As in :func:`vectorise`; NMF reads TF-IDF and LDA counts in any case.
    n_jobs : int, default 1
        Processes. The result is the same with any number.
    progress : bool, optional
        By default a bar appears in a terminal only.

    Returns
    -------
    Resampled
        The topic of each unit in each model; of the models themselves nothing is kept.

    Raises
    ------
    TypeError, ValueError
        For ``ks`` that are not several whole numbers from 2 to half the units, ``methods`` that are not several
        known ones, too few repetitions, or tokens that :func:`vectorise` refuses.

    Examples
    --------
    >>> themes = [["创新", "研发", "转化", "专利"], ["养老", "医疗", "教育", "社保"]]
    >>> tokens = pd.Series([themes[i % 2][i % 3:] + themes[i % 2][:2] for i in range(12)])
    >>> resample_topics(tokens, [2, 3], methods=["nmf"], bootstraps=6, nulls=2).shapes
    [('nmf', 2), ('nmf', 3)]

    Notes
    -----
    Agreement of bootstrapped models, which share units, flatters; that on null corpora is flattered alike. Sources:
    Ben-Hur, Elisseeff and Guyon (2002); Fang and Wang (2012), CSDA 56.
    """
    ks = sorted(set(whole_numbers("ks", ks)))
    methods = list(dict.fromkeys(strings("methods", methods)))
    least = {"bootstraps": (bootstraps, 3), "seeds": (seeds, 2), "nulls": (nulls, 1)}
    _check_plan(len(tokens), ks, methods, least)
    vectors = vectorise(tokens, min_df=min_df, kind=kind, seed=seed)
    tfidf = vectors._replace(matrix=weigh(vectors.counts, "tfidf"))
    for method in methods:
        check_rows(tfidf, max(ks), method)
    plan = Plan([(method, k) for method in methods for k in ks], bootstraps, seeds, seed)
    hidden = None if progress is None else not progress  # None: unless in a terminal
    bar = tqdm(total=len(plan.shapes) * (nulls + 1), desc="resample_topics", disable=hidden)
    with bar, Parallel(n_jobs=n_jobs, return_as="generator") as pool:
        corpora = [_found(pool, vectors.counts, 0, plan, kind, bar)]
        for number in range(1, nulls + 1):
            random = np.random.default_rng(_key(seed, "null", number))
            dealt = deal(vectors.counts, np.zeros(len(tokens), int), random)
            corpora.append(_found(pool, dealt, number, plan, kind, bar))
    return Resampled(vectors.index, vectors.terms, vectors.counts, plan.shapes, corpora)


def _check_plan(units: int, ks: list[int], methods: list[str], least: dict[str, tuple[int, int]]) -> None:
    for method in methods:
        check_choice("method", method, METHODS)
    if not ks or not methods:
        raise ValueError("At least one k and one method are needed.")
    check_units(units, 4, "four or more are needed, since k is at most half their number")
    if wrong := [k for k in ks if not 2 <= k <= units // 2]:
        limits = f"between 2 and {units // 2}, half of {units} units"
        raise ValueError(f"k must lie {limits}, for its stability to mean anything, not {wrong[0]}.")
    for name, (value, limit) in least.items():
        check_number(name, value, limit)


def check_runs(runs: Resampled) -> None:
    """Refuse tokens where models are wanted."""
    if not isinstance(runs, Resampled):
        raise TypeError(f"runs must be the result of resample_topics(tokens, ks), not a {type(runs).__name__}.")


def _key(seed: int, *task: str | int) -> np.random.SeedSequence:
    """Return the seed of a task from what it does, whatever process does it and whatever else is planned."""
    words = ("null", "rows", "boot", "seed", *METHODS)
    numbers = tuple(words.index(part) if isinstance(part, str) else part for part in task)
    return np.random.SeedSequence(seed, spawn_key=numbers)


def _draw(units: int, k: int, seed: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw units with replacement (again if fewer than ``k`` differ), the same on all corpora and for all methods."""
    random = np.random.default_rng(_key(seed, "rows", number))
    rows = np.zeros(0, int)
    while len(rows) < k:
        rows, times = np.unique(random.integers(units, size=units), return_counts=True)
    return rows, times


def _matrices(counts: csr_matrix, kind: str, seed: int) -> dict:
    """Return what each method reads."""
    tfidf = weigh(counts, "tfidf")
    own = tfidf if kind == "tfidf" else weigh(counts, kind, seed=seed)
    tables = {"nmf": tfidf, "lda": counts, "kmeans": own, "agglomerative": own}
    if counts.shape[0] * counts.shape[1] < DENSE:
        tables = {name: table.toarray() if issparse(table) else table for name, table in tables.items()}
    return tables


def _found(pool, counts: csr_matrix, number: int, plan: Plan, kind: str, bar: tqdm) -> list[np.ndarray]:
    """Fit all methods and ks to one corpus."""
    matrices = _matrices(counts, kind, plan.seed)
    tasks = (delayed(_models)(matrices[method], method, k, number, plan) for method, k in plan.shapes)
    done = []
    for found in pool(tasks):
        done.append(found)
        bar.update()
    return done


def _models(matrix, method: str, k: int, number: int, plan: Plan) -> np.ndarray:
    """Fit models to bootstrapped units of corpus ``number``, and from several seeds to all."""

    def state(kind: str, repetition: int) -> int:
        return int(_key(plan.seed, kind, number, method, k, repetition).generate_state(1)[0])

    with one_thread(), config_context(assume_finite=True, skip_parameter_validation=True):
        models = []
        for b in range(plan.bootstraps):
            rows, times = _draw(matrix.shape[0], k, plan.seed, b)
            models.append(fit(matrix[rows], k, method, state("boot", b), starts=3, times=times, placed=matrix))
        models += [fit(matrix, k, method, state("seed", s), starts=1, random=True) for s in range(plan.seeds)]
    return np.array([model.found for model in models], np.int16)
