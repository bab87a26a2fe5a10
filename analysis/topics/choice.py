"""How many topics, if any number: measures with intervals, beside a corpus without topics."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.topics.resampled import Resampled, Sample, check_runs

MEASURES = "ari jaccard omega ari_seeds jaccard_seeds npmi c_v silhouette exclusivity unexplained".split()
ENOUGH = 0.65  # Steinley's "moderate" agreement


class Choice(NamedTuple):
    """What :func:`choose_k` finds: ``k`` or None, why (``reason``), and two tables that are told there."""

    k: int | None
    reason: str
    measures: pd.DataFrame
    candidates: pd.DataFrame


def choose_k(runs: Resampled) -> Choice:
    """Measure every number of topics, compare with shuffled tokens, and recommend one or none.

    Parameters
    ----------
    runs : Resampled
        Result of :func:`resample_topics`; of the null corpora, half as many bootstraps count.

    Returns
    -------
    Choice
        ``measures``: ``method``, ``k``, ``measure``, ``value``, ``low``, ``high``, and of the null corpora ``null``
        (mean), ``null_low``, ``null_high`` (smallest, largest), 6 decimals. Measures: over bootstraps ``ari``
        (adjusted Rand index of pairs), ``jaccard`` (of the top ten terms of matched topics), ``omega`` (McDonald's);
        ``ari_seeds`` and ``jaccard_seeds``; ``npmi`` and ``c_v`` coherence, ``silhouette`` (cosine), ``exclusivity``,
        ``unexplained`` (share of the squared TF-IDF weights that memberships leave; lower is better). Intervals:
        95 % of the bootstrapped models; for agreement and omega the jackknife's over models.
        ``candidates``: ``method``, ``k``, ``stability`` (ari), ``null``, ``excess`` (``(ari - null) / (1 - null)``),
        ``p`` (against the largest excess that any method and k reaches on a null corpus), ``passes`` and ``rival``
        (not told apart from the best of its method).

    Raises
    ------
    TypeError, ValueError
        If ``runs`` are not the result of :func:`resample_topics`, or were made with ``measures=False``.

    Examples
    --------
    >>> from analysis import resample_topics
    >>> themes = [["创新", "研发", "转化", "专利"], ["养老", "医疗", "教育", "社保"]]
    >>> tokens = pd.Series([themes[i % 2][i % 3:] + themes[i % 2][:2] for i in range(12)])
    >>> choose_k(resample_topics(tokens, [2, 3], methods=["kmeans"], bootstraps=6, nulls=3)).k
    2

    Notes
    -----
    A k is recommended if a method's models agree on it (mean ``ari`` of 0.65, Steinley's "moderate", or more), more
    than on any null corpus (p of 0.05, or the smallest that so few nulls allow), and if it is the only one: one as
    good as the best of its method within the jackknife error of the difference is a rival, and methods must leave
    one k in common. Else ``k`` is None: that is an answer, and on a few paragraphs the usual one. Stable is not
    meaningful: read :func:`representatives`. Long units of unequal length are stable even when shuffled: see ``null``.
    Sources: Steinley (2004), Psychological Methods 9; Schroeder and Wood-Doughty (2025), NAACL, for omega; Greene,
    O'Callaghan and Cunningham (2014) for top terms; Röder et al. (2015) for coherence.
    """
    check_runs(runs)
    if not runs.corpora[0][0].single:
        raise ValueError("runs were made with measures=False: choose_k() needs resample_topics(measures=True).")
    candidates = _candidates(runs)
    k, reason = _recommend(candidates, runs.bootstraps, len(runs.corpora) - 1)
    return Choice(k, reason, _table(runs), candidates)


def _table(runs: Resampled) -> pd.DataFrame:
    """Put every measure in a row, with its interval and what the null corpora give."""
    rows = []
    for place, (method, k) in enumerate(runs.shapes):
        found = [_summary(corpus[place]) for corpus in runs.corpora]
        for measure in MEASURES:
            null = [summary[measure][0] for summary in found[1:]]
            rows.append((method, k, measure, *found[0][measure], np.mean(null), min(null), max(null)))
    columns = "method k measure value low high null null_low null_high".split()
    return pd.DataFrame(rows, columns=columns).round(6)


def _summary(found: Sample) -> dict[str, tuple]:
    """Return value, low and high of each measure."""
    single = {name: (np.nanmean(v), *np.nanpercentile(v, [2.5, 97.5])) for name, v in found.single.items()}
    pairs = {name: _interval(*_leave_out(matrix)) for name, matrix in found.pairs.items()}
    return {**single, **pairs, "omega": _interval(found.omega[0], found.omega[1:])}


def _leave_out(matrix: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean of all pairs, and the means without each fit."""
    fits = len(matrix)
    rows = matrix.sum(axis=1) - np.diag(matrix)
    total = rows.sum() / 2
    pairs = fits * (fits - 1) / 2
    return total / pairs, (total - rows) / max(pairs - (fits - 1), 1)


def _interval(value: float, others: np.ndarray) -> tuple[float, float, float]:
    reach = 1.96 * _jackknife(others) if len(others) else 0.0  # of a null corpus only the value is read
    return value, max(value - reach, -1), min(value + reach, 1)


def _jackknife(others: np.ndarray) -> float:
    return float(np.sqrt((len(others) - 1) * others.var()))


def _candidates(runs: Resampled) -> pd.DataFrame:
    """Set the agreement of bootstrapped models against that on the null corpora.

    An excess is a part of the way from chance to perfect agreement, so that numbers of topics with unequal chances
    compare; the largest of each null corpus makes p hold for all at once.
    """
    value, others = zip(*[_leave_out(found.pairs["ari"]) for found in runs.corpora[0]], strict=True)
    nulls = np.array([[_leave_out(found.pairs["ari"])[0] for found in corpus] for corpus in runs.corpora[1:]])
    mean = nulls.mean(axis=0)
    scale = 1 - mean.clip(max=0.999)
    excess = (np.array(value) - mean) / scale
    largest = ((nulls - mean) / scale).max(axis=1)
    table = pd.DataFrame(runs.shapes, columns=["method", "k"])
    table["stability"], table["null"], table["excess"] = value, mean, excess
    table["p"] = [(1 + (largest >= e).sum()) / (1 + len(largest)) for e in excess]
    table["passes"] = (table.stability.round(6) >= ENOUGH) & (table.p <= max(0.05, 1 / (1 + len(nulls))))
    table["rival"] = False
    jack = np.array(others) / scale[:, None]
    for _, part in table[table.passes].groupby("method"):
        best = part.excess.round(6).idxmax()
        for row in part.index.drop(best):
            table.loc[row, "rival"] = excess[best] - excess[row] <= 1.96 * _jackknife(jack[best] - jack[row])
    return table.round(6)


def _recommend(table: pd.DataFrame, bootstraps: int, nulls: int) -> tuple[int | None, str]:
    """Say which k, or why none."""
    no = "k is not identifiable on these data: "
    if not table.passes.any():
        best = table.loc[table.excess.idxmax()]
        below = "too little" if best.p <= max(0.05, 1 / (1 + nulls)) else "no more than chance allows"
        return None, (
            f"{no}the best of all ({best.method}, k = {best.k}) agrees with itself over {bootstraps} bootstraps with a "
            f"mean ARI of {best.stability:.2f}, where shuffled tokens give {best.null:.2f} (p = {best.p:.2f}): {below}."
        )
    best, close = {}, {}
    for method, part in table[table.passes].groupby("method", sort=False):
        best[method] = part.loc[part.excess.round(6).idxmax()]
        close[method] = {int(best[method].k), *part.k[part.rival].astype(int)}
    told = "; ".join(
        f"{method} k = {', '.join(map(str, sorted(close[method])))}, at best mean ARI {row.stability:.2f} over "
        f"{bootstraps} bootstraps, {row.null:.2f} on shuffled tokens, p = {row.p:.2f}"
        for method, row in best.items()
    )
    common = set.intersection(*close.values())
    if len(common) == 1:
        return common.pop(), f"Most stable, and beyond {nulls} null corpora: {told}."
    return None, f"{no}{'several are equally stable' if common else 'methods disagree'} ({told})."
