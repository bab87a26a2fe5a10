"""Many models of the same units: of units drawn anew, from other seeds, and of shuffled tokens."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, issparse
from sklearn import config_context
from tqdm import tqdm

from analysis._checks import check_choice, check_number, strings, whole_numbers
from analysis.textstats.counts import Sequences, count_terms, encode, shuffled
from analysis.topics.agreement import exclusivity, pairwise_ari, pairwise_jaccard, reliability, silhouette, unexplained
from analysis.topics.coherence import coherences
from analysis.topics.models import METHODS, MIXED, Fit, fit, one_hot, one_thread, term_weights
from analysis.topics.vectors import check_rows, check_units, vectorise, weigh

DENSE = 2_000_000  # numbers; smaller tables cost more as sparse ones than they save
TOP = 10


class Sample(NamedTuple):
    """What one method and k gives on one corpus; models of bootstrapped units come first."""

    found: np.ndarray  # the topic of each unit, models × units
    single: dict[str, np.ndarray]  # by measure, a value for each bootstrapped model
    pairs: dict[str, np.ndarray]  # by measure, a table of all pairs of models
    omega: np.ndarray  # over all bootstrapped models, then with each left out


class Resampled(NamedTuple):
    """What :func:`resample_topics` makes, for :func:`choose_k` and :func:`consensus_clusters`.

    ``index`` of the units, their ``terms`` and ``counts``; ``shapes``: each method and k; ``bootstraps``: how many;
    ``corpora``: a :class:`Sample` per shape, of the tokens first and then of each null corpus.
    """

    index: pd.Index
    terms: np.ndarray
    counts: csr_matrix
    shapes: list[tuple[str, int]]
    bootstraps: int
    corpora: list[list[Sample]]


class Plan(NamedTuple):
    """How many models of a corpus are fitted, and how many of the bootstrapped ones measured."""

    shapes: list[tuple[str, int]]
    bootstraps: int
    measured: int
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
    null_bootstraps: int | None = None,
    measures: bool = True,
    seed: int = 0,
    min_df: int = 2,
    kind: str = "tfidf",
    n_jobs: int = 1,
    progress: bool | None = None,
) -> Resampled:
    """Fit every method and number of topics many times, and the same to shuffled tokens.

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
        Null corpora, at least 1: all tokens dealt anew to the units, which keep their lengths. 19 allow p = 0.05.
    null_bootstraps : int, optional
        Bootstraps on each null corpus, at least 3; by default as many as ``bootstraps``, which takes half as long
        again as ``bootstraps // 2``: that is all that :func:`choose_k` reads.
    measures : bool, default True
        False leaves out what only :func:`choose_k` reads, a quarter of the time.
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
        Topics of units and measures of models; of the models themselves nothing is kept.

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
    on_nulls = bootstraps if null_bootstraps is None else null_bootstraps
    least = {"bootstraps": (bootstraps, 3), "seeds": (seeds, 2), "nulls": (nulls, 1), "null_bootstraps": (on_nulls, 3)}
    _check_plan(len(tokens), ks, methods, least)
    vectors = vectorise(tokens, min_df=min_df, kind=kind, seed=seed)
    tfidf = vectors._replace(matrix=weigh(vectors.counts, "tfidf"))
    for method in methods:
        check_rows(tfidf, max(ks), method)
    plan = Plan([(method, k) for method in methods for k in ks], bootstraps, bootstraps * measures, seeds, seed)
    # A mean needs fewer models than an interval: half of them measure a null corpus.
    null_plan = plan._replace(bootstraps=on_nulls, measured=min(on_nulls, max(3, bootstraps // 2)) * measures)
    sequences = encode(tokens)
    hidden = None if progress is None else not progress  # None: unless in a terminal
    bar = tqdm(total=len(plan.shapes) * (nulls + 1), desc="resample_topics", disable=hidden)
    with bar, Parallel(n_jobs=n_jobs, return_as="generator") as pool:
        corpora = [_samples(pool, sequences, 0, plan, min_df, kind, bar)]
        for number in range(1, nulls + 1):
            corpus = shuffled(sequences, _key(seed, "null", number))
            corpora.append(_samples(pool, corpus, number, null_plan, min_df, kind, bar))
    return Resampled(vectors.index, vectors.terms, vectors.counts, plan.shapes, bootstraps, corpora)


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


def _models(matrix, method: str, k: int, number: int, plan: Plan) -> tuple[list[Fit], list[Fit]]:
    """Fit models to bootstrapped units of corpus ``number``, and from several seeds to all."""

    def state(kind: str, repetition: int) -> int:
        return int(_key(plan.seed, kind, number, method, k, repetition).generate_state(1)[0])

    boots = []
    for b in range(plan.bootstraps):
        rows, times = _draw(matrix.shape[0], k, plan.seed, b)
        boots.append(fit(matrix[rows], k, method, state("boot", b), starts=3, times=times, placed=matrix))
    again = [fit(matrix, k, method, state("seed", s), starts=1, random=True) for s in range(plan.seeds)]
    return boots, again


def _matrices(counts: csr_matrix, kind: str, seed: int) -> dict:
    """Return what each method reads."""
    tfidf = weigh(counts, "tfidf")
    own = tfidf if kind == "tfidf" else weigh(counts, kind, seed=seed)
    tables = {"nmf": tfidf, "lda": counts, "kmeans": own, "agglomerative": own}
    if counts.shape[0] * counts.shape[1] < DENSE:
        tables = {name: table.toarray() if issparse(table) else table for name, table in tables.items()}
    return tables


def _samples(pool, corpus: Sequences, number: int, plan: Plan, min_df: int, kind: str, bar: tqdm) -> list[Sample]:
    """Fit all methods and ks to one corpus, then measure the coherence of all topics at once."""
    counts, terms = count_terms(corpus, min_df)
    matrices = _matrices(counts, kind, plan.seed)
    tasks = (delayed(_sample)(matrices[method], matrices["nmf"], method, k, number, plan) for method, k in plan.shapes)
    done = []
    for pair in pool(tasks):
        done.append(pair)
        bar.update()
    samples, tops = map(list, zip(*done, strict=True))
    if not plan.measured:
        return samples
    coherent = _coherence(corpus, np.searchsorted(corpus.terms, terms), tops)
    return [sample._replace(single={**sample.single, **own}) for sample, own in zip(samples, coherent, strict=True)]


def _coherence(corpus: Sequences, places: np.ndarray, tops: list[list[list[np.ndarray]]]) -> Iterator[dict]:
    """Yield, for each sample, the mean coherence of each model's topics."""
    models = [topics for sample in tops for topics in sample]
    flat = [places[top] for topics in models for top in topics]
    cuts = np.cumsum([len(topics) for topics in models])[:-1]
    values = {name: np.split(coherences(corpus, flat, name), cuts) for name in ("npmi", "c_v")}
    means = {name: np.reshape([np.nanmean(part) for part in parts], (len(tops), -1)) for name, parts in values.items()}
    for place in range(len(tops)):
        yield {name: table[place] for name, table in means.items()}


def _sample(matrix, tfidf, method: str, k: int, number: int, plan: Plan) -> tuple[Sample, list]:
    """Fit one method and k, and measure the models; return their top terms besides."""
    with one_thread(), config_context(assume_finite=True, skip_parameter_validation=True):
        boots, again = _models(matrix, method, k, number, plan)
        found = np.array([model.found for model in [*boots, *again]], np.int16)
        if not plan.measured:
            return Sample(found, {}, {}, np.zeros(0)), []
        boots = boots[: plan.measured]
        weights = [term_weights(model, tfidf, k) for model in [*boots, *again]]
        tops = [[_top(row) for row in rows] for rows in weights]
        parts, apart = np.split(np.arange(len(tops)), [len(boots)])
        members = [model.strengths if method in MIXED else one_hot(model.found, k).toarray() for model in boots]
        single = {
            "silhouette": [silhouette(tfidf, model.found, k) for model in boots],
            "exclusivity": [exclusivity(weights[i], tops[i]) for i in parts],
            "unexplained": [unexplained(tfidf, rows) for rows in members],
        }
        pairs = {}
        for name, models, places in (("", boots, parts), ("_seeds", again, apart)):
            pairs[f"ari{name}"] = pairwise_ari(np.array([model.found for model in models]))
            pairs[f"jaccard{name}"] = pairwise_jaccard([tops[i] for i in places], tfidf.shape[1])
        omega = reliability([model.strengths for model in boots], weights[: len(boots)], leave_out=not number)
    return Sample(found, {name: np.array(v) for name, v in single.items()}, pairs, omega), tops[: len(boots)]


def _top(weights: np.ndarray) -> np.ndarray:
    best = np.argsort(-weights.round(6), kind="stable")[:TOP]
    return best[weights[best] > 1e-6]
