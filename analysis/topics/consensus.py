"""What survives: which units stand together whatever the seed, the sample, k and the method."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from analysis.textstats.keywords import class_tfidf
from analysis.topics.agreement import stacked
from analysis.topics.models import one_hot
from analysis.topics.rates import rates
from analysis.topics.resampled import Resampled, check_runs

FOUND = 0.5  # Hennig's limit: a cluster whose best Jaccard index is lower has dissolved


class Consensus(NamedTuple):
    """What :func:`consensus_clusters` finds.

    ``matrix``: units × units, the share of models that put two together; ``tree``: scipy's linkage of the units,
    heights ``1 - matrix``; ``clusters`` and ``units`` are told there.
    """

    matrix: pd.DataFrame
    clusters: pd.DataFrame
    units: pd.DataFrame
    tree: np.ndarray
    threshold: float


def consensus_clusters(runs: Resampled, *, threshold: float = 0.5) -> Consensus:
    """Keep units together that many models put together, in as many clusters as there are.

    Parameters
    ----------
    runs : Resampled
        Result of :func:`resample_topics`; its null corpora go through the same.
    threshold : float, default 0.5
        Share of models, between 0 and 1, that units must exceed on average (average linkage).

    Returns
    -------
    Consensus
        ``clusters``: ``cluster`` (from 1, by first unit), ``label`` (three terms by c-TF-IDF), ``units``, ``survival``
        (share of models with a topic that has more than half of its union with the cluster in common, mean over
        settings of method and k), ``low``, ``high`` (worst and best setting), ``jaccard`` (mean over models of the
        best match), ``null`` (largest survival of any branch of a null corpus's tree that has two thirds to one and a
        half as many units; 0 if there is none), ``survives`` (survival above one half and above ``null``);
        ``clusters.attrs["rates"]``: how often that is right and wrong, :func:`analysis.topics.rates`.
        ``units``, on the index of ``tokens``: ``cluster`` (0: none), ``support`` (mean co-assignment with the
        cluster's other units; without cluster, with the best of them), ``next`` (with the next best), ``survival``
        (share of models in which most of its cluster is with it), ``belongs`` (its cluster survives, and it in it;
        a unit where this is False belongs nowhere). Numbers have 6 decimals.

    Raises
    ------
    TypeError, ValueError
        If ``runs`` are not the result of :func:`resample_topics`, or ``threshold`` is not a share.

    Examples
    --------
    >>> from analysis import resample_topics
    >>> themes = [["创新", "研发", "转化", "专利"], ["养老", "医疗", "教育", "社保"]]
    >>> tokens = pd.Series([themes[i % 2][i % 3:] + themes[i % 2][:2] for i in range(12)])
    >>> found = consensus_clusters(resample_topics(tokens, [2, 3], bootstraps=6, nulls=2))
    >>> found.units.cluster.tolist(), found.clusters.survives.tolist()
    ([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], [True, True])

    Notes
    -----
    A cluster that survives has words in common, and may be so because of a genre or a repeated sentence: read it. It
    may also be one end of a continuum, whose ends come back while nothing parts them: :func:`choose_k` asks that.
    Sources: Monti et al. (2003), Machine Learning 52, for consensus; Hennig (2007), CSDA 52, for survival.
    """
    check_runs(runs)
    if not 0 < threshold < 1:
        raise ValueError(f"threshold must lie between 0 and 1, not {threshold}.")
    together, tree, found = _clustered(runs.corpora[0], threshold)
    clusters = _clusters(runs, found, _chance(runs.corpora[1:], np.bincount(found)[1:]))
    units = _units(runs, found, together)
    units["belongs"] = units.cluster.isin(clusters.cluster[clusters.survives]) & (units.survival > FOUND)
    clusters.attrs["rates"] = rates(len(units), "consensus_clusters").to_dict("index")
    return Consensus(pd.DataFrame(together, runs.index, runs.index), clusters, units, tree, threshold)


def _clustered(corpus: list[np.ndarray], threshold: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the share of models that put two units together, its tree, and each unit's cluster (0: alone)."""
    topics = stacked(np.concatenate(corpus))
    models = sum(map(len, corpus))
    together = ((topics.T @ topics).toarray() / models).round(6)
    tree = linkage(squareform((1 - together).round(6), checks=False), "average")
    raw = fcluster(tree, round(1 - threshold, 6), "distance")
    alone = np.bincount(raw)[raw] < 2
    order = {cluster: place for place, cluster in enumerate(dict.fromkeys(raw[~alone]), start=1)}
    return together, tree, np.array([order.get(cluster, 0) for cluster in raw], dtype=int)


def _survival(corpus: list[np.ndarray], member: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, per cluster and setting, the share of models that find it; and its mean Jaccard."""
    best = [_jaccard(models, member) for models in corpus]
    again = np.stack([(index.round(6) > FOUND).mean(axis=0) for index in best], axis=1)
    return again, np.concatenate(best).mean(axis=0)


def _branches(tree: np.ndarray) -> np.ndarray:
    """Return the units of every branch of a tree (units × branches)."""
    units = len(tree) + 1
    member = np.eye(units, 2 * units - 1)
    for place, (one, other) in enumerate(tree[:, :2].astype(int), start=units):
        member[:, place] = member[:, one] + member[:, other]
    return member[:, units:]


def _chance(nulls: list[list[np.ndarray]], sizes: np.ndarray) -> np.ndarray:
    """Return, for clusters of these sizes, the best survival of branches of about the size in trees of null corpora.

    A branch of most units comes back by chance: what a cluster is compared with must have its size.
    """
    best = np.zeros(len(sizes))
    for corpus in nulls:
        member = _branches(_clustered(corpus, FOUND)[1])
        again, size = _survival(corpus, member)[0].mean(axis=1), member.sum(axis=0)
        near = (size >= sizes[:, None] * 2 / 3) & (size <= sizes[:, None] * 3 / 2)
        best = np.maximum(best, np.where(near, again, 0).max(axis=1))
    return best.round(6)


def _jaccard(models: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Return the Jaccard index of each cluster with the topic of each model that matches it best."""
    topics = stacked(models)
    shared = topics @ member
    union = member.sum(axis=0) + np.diff(topics.indptr)[:, None] - shared
    return (shared / union).reshape(len(models), len(shared) // len(models), member.shape[1]).max(axis=1)


def _clusters(runs: Resampled, found: np.ndarray, chance: np.ndarray) -> pd.DataFrame:
    again, jaccard = _survival(runs.corpora[0], one_hot(found, int(found.max()) + 1)[:, 1:].toarray())
    size = len(jaccard)
    weights = class_tfidf((runs.counts.T @ one_hot(found, size + 1).toarray()).T)[1:]
    best = np.argsort(-weights.round(6), axis=1, kind="stable")[:, :3]
    survival = again.mean(axis=1).round(6)
    return pd.DataFrame({
        "cluster": range(1, size + 1),
        "label": ["、".join(runs.terms[row]) for row in best],
        "units": np.bincount(found, minlength=size + 1)[1:],
        "survival": survival,
        "low": again.min(axis=1).round(6),
        "high": again.max(axis=1).round(6),
        "jaccard": jaccard.round(6),
        "null": chance,
        "survives": (survival > FOUND) & (survival > chance),
    })


def _units(runs: Resampled, found: np.ndarray, together: np.ndarray) -> pd.DataFrame:
    """Set each unit's support in its own cluster against that in the next best."""
    member = one_hot(found, int(found.max()) + 1).toarray()[:, 1:]
    others = member.sum(axis=0) - member
    support = np.where(others > 0, (together @ member - member) / np.maximum(others, 1), 0)
    own = np.where(found > 0, found - 1, support.argmax(axis=1) if member.shape[1] else 0)
    rows = np.arange(len(found))
    table = np.column_stack([support, np.zeros((len(found), 2))])
    best = table[rows, own]  # a copy
    table[rows, own] = -1
    models, stay = np.concatenate(runs.corpora[0]), np.zeros(len(found))
    for unit in np.flatnonzero(found):
        mates = models[:, (found == found[unit]) & (rows != unit)]
        stay[unit] = np.mean((mates == models[:, [unit]]).mean(axis=1) > 0.5)
    columns = {"cluster": found, "support": best, "next": table.max(axis=1), "survival": stay}
    return pd.DataFrame(columns, index=runs.index).round(6)
