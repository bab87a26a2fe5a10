"""What survives: which units stand together whatever the seed, the sample, k and the method."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from analysis._checks import strings, whole_numbers
from analysis.textstats.counts import Sequences, count_terms, encode, shuffled
from analysis.topics.agreement import one_hot
from analysis.topics.clustering import class_tfidf, vectorise
from analysis.topics.models import one_thread
from analysis.topics.resampled import check_plan, check_vectors, matrices_for, models, task_key, tracked

FOUND = 0.5  # Hennig's limit: a cluster whose best Jaccard index is lower has dissolved


class Consensus(NamedTuple):
    """What :func:`consensus_clusters` finds.

    ``matrix``: units × units, the share of models that put two units together.
    ``clusters``: one row per cluster that holds; ``units``: one row per unit.
    ``tree``: scipy's linkage of the units, heights ``1 - co-assignment``.
    ``threshold``: the co-assignment that counts as together, as asked for.
    """

    matrix: pd.DataFrame
    clusters: pd.DataFrame
    units: pd.DataFrame
    tree: np.ndarray
    threshold: float


class Runs(NamedTuple):
    """Partitions (models × units) and, for each model, the number of its setting."""

    found: np.ndarray
    setting: np.ndarray


def consensus_clusters(
    tokens: pd.Series,
    ks: Iterable[int],
    methods: Sequence[str] = ("nmf", "kmeans"),
    bootstraps: int = 20,
    seeds: int = 5,
    nulls: int = 19,
    seed: int = 0,
    min_df: int = 2,
    kind: str = "tfidf",
    threshold: float = 0.5,
    n_jobs: int = 1,
    progress: bool | None = None,
) -> Consensus:
    """Cluster many times, and keep what the models have in common.

    Models: every method and k, on bootstrapped units and from several seeds; each places all
    units. Units that are together in more than ``threshold`` of the models, on average, form
    the clusters (average linkage), as many as there are; k is not asked for.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit.
    ks, methods, bootstraps, seeds, nulls, seed, min_df, kind, n_jobs, progress : as in
        :func:`choose_k`; ``nulls`` null corpora go through the same models.
    threshold : share of models, between 0 and 1.

    Returns
    -------
    Consensus
        ``clusters``: ``cluster`` (from 1, by first unit), ``label`` (three terms by c-TF-IDF),
        ``units``, ``survival`` (share of models with a topic that has more than half of its
        union with the cluster in common, mean over settings of method and k), ``low``,
        ``high`` (worst and best setting), ``jaccard`` (mean over models of the best match),
        ``null`` (largest survival of any cluster of a null corpus; 0 if there is none) and
        ``survives`` (survival above one half and above ``null``).
        ``units``, on the index of ``tokens``: ``cluster`` (0: none), ``support`` (mean
        co-assignment with the cluster's other units; for a unit without cluster, with the best
        of them), ``next`` (with the next best), ``survival`` (share of models in which most of
        its cluster is with it) and ``belongs``: its cluster survives, and it in it. Units
        where this is False belong nowhere. Numbers have 6 decimals.

    Raises
    ------
    ValueError
        As :func:`choose_k`; for a ``threshold`` that is not a share.

    Examples
    --------
    >>> themes = [["创新", "研发", "转化", "专利"], ["养老", "医疗", "教育", "社保"]]
    >>> tokens = pd.Series([themes[i % 2][i % 3:] + themes[i % 2][:2] for i in range(12)])
    >>> found = consensus_clusters(tokens, [2, 3], bootstraps=6, nulls=2)
    >>> found.units.cluster.tolist(), found.clusters.survives.tolist()
    ([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], [True, True])

    Notes
    -----
    A cluster that survives is a group of units with words in common, and may be so because of
    a genre or a repeated sentence: read it. Sources: Monti et al. (2003), Machine Learning 52,
    for consensus; Hennig (2007), CSDA 52, for survival.
    """
    ks = sorted(set(whole_numbers("ks", ks)))
    methods = list(dict.fromkeys(strings("methods", methods)))
    check_plan(len(tokens), ks, methods, bootstraps, seeds, nulls)
    if not 0 < threshold < 1:
        raise ValueError(f"threshold must lie between 0 and 1, not {threshold}.")
    vectors = vectorise(tokens, min_df, kind, seed=seed)
    check_vectors(vectors, max(ks), methods)
    sequences = encode(tokens)
    shapes = [(method, k) for method in methods for k in ks]
    bar = tracked(range(len(shapes) * (nulls + 1)), progress, "consensus")
    corpora = [sequences, *(shuffled(sequences, task_key(seed, "null", number + 1)) for number in range(nulls))]
    with Parallel(n_jobs=n_jobs, return_as="generator") as pool:
        runs = [
            _runs(pool, corpus, number, shapes, min_df, kind, (bootstraps, seeds, seed), bar)
            for number, corpus in enumerate(corpora)
        ]
    bar.close()
    together = [_together(run) for run in runs]
    trees = [_tree(table) for table in together]
    found = [_cut(tree, table, threshold) for tree, table in zip(trees, together, strict=True)]
    chance = max(
        (
            value
            for run, part in zip(runs[1:], found[1:], strict=True)
            for value in _survival(run, part)[0].mean(axis=1)
        ),
        default=0.0,
    )
    matrix = pd.DataFrame(together[0], index=tokens.index, columns=tokens.index)
    clusters = _clusters(runs[0], found[0], chance, vectors.counts, vectors.terms)
    units = _units(runs[0], found[0], together[0], tokens.index)
    lasting = clusters.cluster[clusters.survives]
    units["belongs"] = units.cluster.isin(lasting) & (units.survival > FOUND)
    return Consensus(matrix, clusters, units, trees[0], threshold)


def _runs(pool, corpus: Sequences, number: int, shapes, min_df: int, kind: str, options, bar) -> Runs:
    matrices = matrices_for(count_terms(corpus, min_df)[0], kind, options[-1])
    tasks = (delayed(_partitions)(matrices[method], method, k, number, *options) for method, k in shapes)
    parts = []
    for part in pool(tasks):
        parts.append(part)
        bar.update()
    return Runs(np.concatenate(parts), np.repeat(np.arange(len(shapes)), len(parts[0])))


def _partitions(matrix, method: str, k: int, number: int, *options) -> np.ndarray:
    with one_thread():
        boots, again = models(matrix, method, k, number, *options)
    return np.array([model.found for model in [*boots, *again]], dtype=np.int16)


def _together(runs: Runs) -> np.ndarray:
    """Return the share of models that put two units together, 6 decimals."""
    total = np.zeros((runs.found.shape[1],) * 2)
    for found in runs.found:
        total += found[:, None] == found
    return (total / len(runs.found)).round(6)


def _tree(together: np.ndarray) -> np.ndarray:
    return linkage(squareform((1 - together).round(6), checks=False), "average")


def _cut(tree: np.ndarray, together: np.ndarray, threshold: float) -> np.ndarray:
    """Number the clusters by their first unit; units alone get 0."""
    raw = fcluster(tree, round(1 - threshold, 6), "distance")
    alone = np.bincount(raw)[raw] < 2
    order = {cluster: place for place, cluster in enumerate(dict.fromkeys(raw[~alone]), start=1)}
    return np.array([0 if single else order[cluster] for cluster, single in zip(raw, alone, strict=True)], dtype=int)


def _survival(runs: Runs, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, per cluster and setting, the share of models that find it; and its mean Jaccard."""
    settings = int(runs.setting.max()) + 1
    member = one_hot(found, int(found.max()) + 1)[:, 1:]
    sizes = member.sum(axis=0).A1
    best = np.zeros((len(sizes), len(runs.found)))
    for place, partition in enumerate(runs.found):
        topics = one_hot(partition, int(partition.max()) + 1)
        shared = (member.T @ topics).toarray()
        union = sizes[:, None] + topics.sum(axis=0).A1 - shared
        best[:, place] = (shared / union).max(axis=1)
    again = [(best[:, runs.setting == s].round(6) > FOUND).mean(axis=1) for s in range(settings)]
    return np.stack(again, axis=1), best.mean(axis=1)


def _clusters(runs: Runs, found: np.ndarray, chance: float, counts, terms) -> pd.DataFrame:
    again, jaccard = _survival(runs, found)
    size = len(jaccard)
    weights = class_tfidf((counts.T @ one_hot(found, size + 1).toarray()).T)[1:]
    best = np.argsort(-weights.round(6), axis=1, kind="stable")[:, :3]
    survival = again.mean(axis=1).round(6)
    return pd.DataFrame({
        "cluster": range(1, size + 1),
        "label": ["、".join(terms[row]) for row in best],
        "units": np.bincount(found, minlength=size + 1)[1:],
        "survival": survival,
        "low": again.min(axis=1).round(6),
        "high": again.max(axis=1).round(6),
        "jaccard": jaccard.round(6),
        "null": round(float(chance), 6),
        "survives": (survival > FOUND) & (survival > chance),
    })


def _units(runs: Runs, found: np.ndarray, together: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """Set each unit's support in its own cluster against that in the next best."""
    member = one_hot(found, int(found.max()) + 1).toarray()[:, 1:]
    others = member.sum(axis=0) - member
    support = np.where(others > 0, (together @ member - member) / np.maximum(others, 1), 0)
    own = np.where(found > 0, found - 1, support.argmax(axis=1) if member.shape[1] else 0)
    rows = np.arange(len(found))
    table = np.column_stack([support, np.zeros((len(found), 2))])
    best = table[rows, own].copy()
    table[rows, own] = -1
    mates = [np.flatnonzero((found == found[unit]) & (rows != unit)) for unit in rows]
    stay = [
        np.mean((runs.found[:, others] == runs.found[:, [unit]]).mean(axis=1) > 0.5) if found[unit] else 0.0
        for unit, others in enumerate(mates)
    ]
    return pd.DataFrame(
        {"cluster": found, "support": best, "next": table.max(axis=1), "survival": stay}, index=index
    ).round(6)
