"""How many topics, if any number: measures with intervals, beside a corpus without topics."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from analysis._checks import strings, whole_numbers
from analysis.textstats.counts import Sequences, count_terms, encode, shuffled
from analysis.topics.agreement import (
    exclusivity,
    one_hot,
    pairwise_ari,
    pairwise_jaccard,
    reliability,
    silhouette,
    unexplained,
)
from analysis.topics.clustering import term_weights, vectorise
from analysis.topics.coherence import coherences
from analysis.topics.models import one_thread
from analysis.topics.resampled import check_plan, check_vectors, matrices_for, models, task_key, tracked

MEASURES = (
    "ari",
    "jaccard",
    "omega",
    "ari_seeds",
    "jaccard_seeds",
    "npmi",
    "c_v",
    "silhouette",
    "exclusivity",
    "unexplained",
)
ENOUGH = 0.65
TOP = 10


class Choice(NamedTuple):
    """What :func:`choose_k` finds.

    ``k``: the number of topics, or None; ``reason``: why, in a sentence or two;
    ``measures``: tidy, every measure of every method and k; ``candidates``: the stability of
    each method and k and what stands against it.
    """

    k: int | None
    reason: str
    measures: pd.DataFrame
    candidates: pd.DataFrame


class Sample(NamedTuple):
    """What one method and k gives on one corpus: measures per fit, and agreement of fits."""

    single: dict[str, np.ndarray]
    pairs: dict[str, np.ndarray]
    omega: np.ndarray
    tops: list[list[np.ndarray]]


def choose_k(
    tokens: pd.Series,
    ks: Iterable[int],
    methods: Sequence[str] = ("nmf", "kmeans"),
    bootstraps: int = 20,
    seeds: int = 5,
    nulls: int = 19,
    seed: int = 0,
    min_df: int = 2,
    kind: str = "tfidf",
    n_jobs: int = 1,
    progress: bool | None = None,
) -> Choice:
    """Measure every number of topics, compare with shuffled tokens, and recommend one or none.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit.
    ks : numbers of topics, from 2 to half the number of units.
    methods : any of ``"nmf"``, ``"lda"``, ``"kmeans"``, ``"agglomerative"``.
    bootstraps : models fitted to units drawn with replacement, at least 3; each then places
        all units.
    seeds : models fitted to all units that differ in the seed alone, at least 2; NMF starts
        at random here, k-means once.
    nulls : null corpora, at least 1: all tokens dealt anew to the units, which keep their
        lengths. 19 make 0.05 the smallest p. Half the bootstraps (3 or more) on each.
    seed : of everything; every draw is keyed to its task, not to the process that does it.
    min_df, kind : as in :func:`vectorise`; NMF reads TF-IDF and LDA counts in any case.
    n_jobs : processes. The result is the same with any number.
    progress : True or False; by default a bar appears in a terminal only.

    Returns
    -------
    Choice
        ``measures`` has ``method``, ``k``, ``measure``, ``value``, ``low``, ``high``, and of
        the null corpora ``null`` (mean), ``null_low``, ``null_high`` (smallest, largest), 6
        decimals. Measures: over bootstraps ``ari`` (adjusted Rand index of pairs),
        ``jaccard`` (of the top ten terms of matched topics), ``omega`` (McDonald's);
        ``ari_seeds`` and ``jaccard_seeds``; ``npmi`` and ``c_v`` coherence, ``silhouette``
        (cosine), ``exclusivity``, ``unexplained`` (share of the squared TF-IDF weights that
        memberships leave; lower is better). Intervals: 95 % of the bootstrapped models; for
        agreement and omega the jackknife's 95 % interval over models.
        ``candidates`` has ``method``, ``k``, ``stability`` (``ari``), ``null``, ``excess``
        (``(ari - null) / (1 - null)``), ``p`` (against the largest excess that any method and
        k reaches on a null corpus), ``passes`` and ``rival`` (not told apart from the best of
        its method).

    Raises
    ------
    ValueError
        For a k below 2 or above half the units, an unknown method, too few repetitions, or
        tokens that :func:`vectorise` refuses.

    Examples
    --------
    >>> themes = [["创新", "研发", "转化", "专利"], ["养老", "医疗", "教育", "社保"]]
    >>> tokens = pd.Series([themes[i % 2][i % 3:] + themes[i % 2][:2] for i in range(12)])
    >>> choose_k(tokens, [2, 3], ["kmeans"], bootstraps=6, nulls=3).k
    2

    Notes
    -----
    A k is recommended if a method's models agree on it (mean ``ari`` of 0.65, Steinley's
    "moderate", or more), more than on any null corpus (p of 0.05, or the smallest that so few
    nulls allow), and if it is the only one: a k that passes and is as good as the best of its
    method within the jackknife error of the difference is a rival, and the methods that find
    anything must leave one k in common. Otherwise ``k`` is None: that is an answer, and on a
    few paragraphs the usual one. Stable is not meaningful: read :func:`representatives`.
    Bootstrapped models share units, so that their agreement flatters; the null corpora are
    flattered alike. Long units of unequal length are stable even when shuffled, since length
    shows in their vectors: ``null`` tells.

    Sources: Ben-Hur, Elisseeff and Guyon (2002); Fang and Wang (2012), CSDA 56; Steinley
    (2004), Psychological Methods 9; Schroeder and Wood-Doughty (2025), NAACL, for omega; Greene,
    O'Callaghan and Cunningham (2014) for top terms; Röder et al. (2015) for coherence.
    """
    ks = sorted(set(whole_numbers("ks", ks)))
    methods = list(dict.fromkeys(strings("methods", methods)))
    check_plan(len(tokens), ks, methods, bootstraps, seeds, nulls)
    check_vectors(vectorise(tokens, min_df, kind, seed=seed), max(ks), methods)
    sequences = encode(tokens)
    options = {"bootstraps": bootstraps, "seeds": seeds, "seed": seed}
    shapes = [(method, k) for method in methods for k in ks]
    bar = tracked(range(len(shapes) * (nulls + 1)), progress, "choose_k")
    samples = []
    with Parallel(n_jobs=n_jobs, return_as="generator") as pool:
        for number in range(nulls + 1):
            corpus = sequences
            if number:
                corpus = shuffled(sequences, task_key(seed, "null", number))
                options = {**options, "bootstraps": max(3, bootstraps // 2)}
            samples.append(_measure(pool, corpus, shapes, number, min_df, kind, options, bar))
    bar.close()
    measures = _table(shapes, samples)
    candidates = _candidates(shapes, samples)
    k, reason = _recommend(candidates, bootstraps, nulls)
    return Choice(k, reason, measures, candidates)


def _measure(
    pool, corpus: Sequences, shapes, number: int, min_df: int, kind: str, options: dict, bar
) -> list[tuple[Sample, dict]]:
    """Fit all methods and ks to one corpus, then measure the coherence of all topics at once."""
    counts, terms = count_terms(corpus, min_df)
    matrices = matrices_for(counts, kind, options["seed"])
    counts = matrices["lda"]
    tasks = (
        delayed(sample)(matrices[method], matrices["nmf"], counts, method, k, number, **options) for method, k in shapes
    )
    samples = []
    for found in pool(tasks):
        samples.append(found)
        bar.update()
    places = np.searchsorted(corpus.terms, terms)
    topics = [places[top] for found in samples for tops in found.tops for top in tops]
    lengths = [[len(tops) for tops in found.tops] for found in samples]
    coherent = {name: coherences(corpus, topics, name) for name in ("npmi", "c_v")}
    return [
        (found, {name: np.array([np.nanmean(values) for values in parts]) for name, parts in own.items()})
        for found, own in zip(samples, _split(coherent, lengths), strict=True)
    ]


def _split(values: dict[str, np.ndarray], lengths: list[list[int]]) -> Iterator[dict]:
    """Hand each sample its own coherences, fit by fit."""
    cuts = np.cumsum([size for sizes in lengths for size in sizes])[:-1]
    parts = {name: np.split(value, cuts) for name, value in values.items()}
    place = 0
    for sizes in lengths:
        yield {name: part[place : place + len(sizes)] for name, part in parts.items()}
        place += len(sizes)


def sample(matrix, tfidf, counts, method: str, k: int, number: int, bootstraps: int, seeds: int, seed: int) -> Sample:
    """Fit one method and k to bootstrapped units and from several seeds."""
    with one_thread():
        boots, again = models(matrix, method, k, number, bootstraps, seeds, seed)
        weights = [term_weights(model, tfidf, k) for model in [*boots, *again]]
        tops = [[_top(row) for row in rows] for rows in weights]
        hot = [one_hot(model.found, k).toarray() for model in boots]
        members = [
            model.strengths if method in ("nmf", "lda") else rows for model, rows in zip(boots, hot, strict=True)
        ]
        single = {
            "silhouette": [silhouette(tfidf, model.found, k) for model in boots],
            "exclusivity": [exclusivity(w, t) for w, t in zip(weights, tops[:bootstraps], strict=False)],
            "unexplained": [unexplained(tfidf, rows) for rows in members],
        }
        found = {"": boots, "_seeds": again}
        pairs = {f"ari{name}": pairwise_ari(np.array([m.found for m in models])) for name, models in found.items()}
        pairs["jaccard"] = pairwise_jaccard(tops[:bootstraps], counts.shape[1])
        pairs["jaccard_seeds"] = pairwise_jaccard(tops[bootstraps:], counts.shape[1])
        omegas = reliability([m.strengths for m in boots], weights[:bootstraps], not number)
    return Sample({name: np.array(values) for name, values in single.items()}, pairs, omegas, tops[:bootstraps])


def _top(weights: np.ndarray) -> np.ndarray:
    best = np.argsort(-weights.round(6), kind="stable")[:TOP]
    return best[weights[best] > 1e-6]


def _table(shapes, samples) -> pd.DataFrame:
    """Put every measure in a row, with its interval and what the null corpora give."""
    rows = []
    for place, (method, k) in enumerate(shapes):
        found = [_summary(*corpus[place]) for corpus in samples]
        for measure in MEASURES:
            null = [summary[measure][0] for summary in found[1:]]
            rows.append((method, k, measure, *found[0][measure], np.mean(null), min(null), max(null)))
    return pd.DataFrame(
        rows, columns=["method", "k", "measure", "value", "low", "high", "null", "null_low", "null_high"]
    ).round(6)


def _summary(found: Sample, coherent: dict[str, np.ndarray]) -> dict[str, tuple]:
    """Return value, low and high of each measure."""
    table = {}
    for measure, values in {**found.single, **coherent}.items():
        low, high = np.nanpercentile(values, [2.5, 97.5])
        table[measure] = (np.nanmean(values), low, high)
    for measure, matrix in found.pairs.items():
        table[measure] = _interval(*_leave_out(matrix))
    value, *others = found.omega
    table["omega"] = _interval(value, np.array(others or [value]))
    return table


def _leave_out(matrix: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean of all pairs, and the means without each fit."""
    fits = len(matrix)
    rows = matrix.sum(axis=1) - np.diag(matrix)
    total = rows.sum() / 2
    pairs = fits * (fits - 1) / 2
    return total / pairs, (total - rows) / max(pairs - (fits - 1), 1)


def _interval(value: float, others: np.ndarray) -> tuple[float, float, float]:
    reach = 1.96 * _jackknife(others)
    return value, max(value - reach, -1), min(value + reach, 1)


def _jackknife(others: np.ndarray) -> float:
    size = len(others)
    return float(np.sqrt((size - 1) / size * ((others - others.mean()) ** 2).sum()))


def _candidates(shapes, samples) -> pd.DataFrame:
    """Set the agreement of bootstrapped models against that on the null corpora."""
    nulls = np.array([[_leave_out(found.pairs["ari"])[0] for found, _ in corpus] for corpus in samples[1:]])
    value, others = zip(*(_leave_out(found.pairs["ari"]) for found, _ in samples[0]), strict=True)
    mean = nulls.mean(axis=0)
    scale = 1 - mean.clip(max=0.999)
    excess = (np.array(value) - mean) / scale
    largest = ((nulls - mean) / scale).max(axis=1)
    table = pd.DataFrame(shapes, columns=["method", "k"])
    table["stability"], table["null"], table["excess"] = value, mean, excess
    table["p"] = [(1 + (largest >= e).sum()) / (1 + len(largest)) for e in excess]
    table["passes"] = (table.stability.round(6) >= ENOUGH) & (table.p <= max(0.05, 1 / (1 + len(nulls))))
    table["rival"] = False
    jack = np.array(others) / scale[:, None]
    for _, part in table[table.passes].groupby("method"):
        best = part.excess.round(6).idxmax()
        for row in part.index.drop(best):
            error = _jackknife(jack[best] - jack[row])
            table.loc[row, "rival"] = excess[best] - excess[row] <= 1.96 * error
    return table.round(6)


def _recommend(table: pd.DataFrame, bootstraps: int, nulls: int) -> tuple[int | None, str]:
    """Say which k, or why none."""
    no = "k is not identifiable on these data: "
    if not table.passes.any():
        best = table.loc[table.excess.idxmax()]
        beyond = best.p <= max(0.05, 1 / (1 + nulls))
        below = "too little" if beyond else "no more than chance allows"
        return None, (
            f"{no}the best of all ({best.method}, k = {best.k}) agrees with itself over "
            f"{bootstraps} bootstraps with a mean ARI of {best.stability:.2f}, where "
            f"shuffled tokens give {best.null:.2f} (p = {best.p:.2f}): {below}."
        )
    best, close = {}, {}
    for method, part in table[table.passes].groupby("method", sort=False):
        best[method] = part.loc[part.excess.round(6).idxmax()]
        close[method] = {int(best[method].k), *part.k[part.rival].astype(int)}
    told = "; ".join(
        f"{method} k = {', '.join(map(str, sorted(close[method])))}, at best mean ARI "
        f"{row.stability:.2f} over {bootstraps} bootstraps, {row.null:.2f} on "
        f"shuffled tokens, p = {row.p:.2f}"
        for method, row in best.items()
    )
    common = set.intersection(*close.values())
    if len(common) == 1:
        return common.pop(), f"Most stable, and beyond {nulls} null corpora: {told}."
    return None, f"{no}{'several are equally stable' if common else 'methods disagree'} ({told})."
