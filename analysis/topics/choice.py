"""How many topics, if any number: the dimensions beyond chance, and whether units lie in groups there."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import check_number, whole_numbers
from analysis._intervals import wilson
from analysis.textstats.counts import count_terms, encode
from analysis.topics.agreement import recovery
from analysis.topics.clustering import cluster
from analysis.topics.models import one_thread
from analysis.topics.planting import plant
from analysis.topics.rates import rates
from analysis.topics.spectrum import deal, grouped, spectrum
from analysis.topics.vectors import check_units, vectorise, weigh

BEYOND = 3.0  # standard deviations of the nulls
APART = 2.0, 1 / 20  # log likelihood for each dimension: at least, and for each unit
GAP = 2.0  # times as much as the next: what follows is minor
EACH = 6  # units for each group at least, to be tried
SMALLEST = 4  # units of the smallest group, to be called one
READ = 200  # units


class Choice(NamedTuple):
    """What :func:`choose_k` finds: ``k`` or None, why (``reason``), and a table that is told there."""

    k: int | None
    reason: str
    candidates: pd.DataFrame


def choose_k(tokens: pd.Series, *, most: int = 8, nulls: int = 19, min_df: int = 2, seed: int = 0) -> Choice:
    """Count the groups that units fall into, or say that no number can be told.

    Parameters
    ----------
    tokens : Series of lists of str
        One list per unit, for 12 units or more; of more than 200 units, 200 drawn at random are read.
    most : int, default 8
        Largest number tried, and never more than one for six units.
    nulls : int, default 19
        Corpora dealt anew for each number tried, at least 5.
    min_df : int, default 2
        Units that a term must stand in.
    seed : int, default 0

    Returns
    -------
    Choice
        ``candidates``, a row for each number tried, up to the first that is enough: ``k``; ``left`` (the eigenvalue
        of the next dimension, which k groups do not have), ``null``, ``null_high`` (mean and largest of the same where
        the terms of each group are dealt anew to its units), ``z`` (``left`` in their standard deviations), ``enough``
        (z of 3 or less), ``gap`` (how many times as much beyond its null the dimension before has), ``apart`` (log
        likelihood of k points over that of all the places between them), ``needed`` (of it: for each dimension a
        twentieth of the number of units, at least 2), ``smallest`` (units of the smallest group, 4 at
        least), ``passes``. Numbers
        have 6 decimals.
        ``candidates.attrs["rates"]``: how often such verdicts are right and wrong, :func:`analysis.topics.rates`.

    Raises
    ------
    TypeError, ValueError
        For fewer than 12 units, ``most`` below 2, too few ``nulls``, or tokens that :func:`vectorise` refuses.

    Examples
    --------
    >>> from analysis.topics import plant
    >>> tokens = plant(pd.Series([40] * 36), 3, seed=1).tokens
    >>> choice = choose_k(tokens)
    >>> choice.k, choice.candidates.attrs["rates"]["no topics"]["wrong"]
    (3, 0)

    Notes
    -----
    Two questions. How many dimensions of the vocabulary are beyond chance? k groups have k - 1, and where the terms
    inside each group are dealt anew, nothing else is left. Real texts always have minor dimensions besides (a genre, a
    repeated sentence): one with twice as much as the next also counts as the last. And do units lie in k groups, or
    anywhere between k poles? Of the numbers that pass both, k is the one whose groups are most apart.
    A number of topics with units that mix them freely is not looked for. Read :func:`representatives` before you
    believe one, and :func:`analysis.topics.power` before you believe None. Sources: Horn (1965), Psychometrika 30, and
    Buja and Eyuboglu (1992), MBR 27, for dimensions beyond shuffled data; McLachlan (1987), Applied Statistics 36, for
    k against k + 1.
    """
    check_number("most", most, 2)
    check_number("nulls", nulls, 5)
    vectors = vectorise(tokens, min_df=min_df)
    units = len(tokens)
    check_units(units, 2 * EACH, f"a number of topics needs {2 * EACH}")
    rows = np.sort(np.random.default_rng(seed).permutation(units)[:READ])
    with one_thread():
        table = _candidates(vectors.counts[rows], min(most, len(rows) // EACH), nulls, seed)
    k, reason = _recommend(table)
    known = rates(len(rows))
    table.attrs["rates"] = known.to_dict("index")
    return Choice(k, reason + _odds(known, k), table)


def _candidates(counts: csr_matrix, most: int, nulls: int, seed: int) -> pd.DataFrame:
    """Try numbers from one on until the groups leave nothing."""
    random = np.random.default_rng(seed)
    values, places = spectrum(weigh(counts, "tfidf"), most)
    found, apart, rows = np.zeros(counts.shape[0], int), 0.0, []
    for k in range(1, most + 1):
        if k > 1:
            found, apart = grouped(places[:, : k - 1], k)
        dealt = [weigh(deal(counts, found, random), "tfidf") for _ in range(nulls)]
        null = np.array([spectrum(matrix, k)[0][-1] for matrix in dealt])
        spread = max(null.std(ddof=1), 1e-6)
        rows.append((k, values[k - 1], null.mean(), null.max(), spread, apart, np.bincount(found).min()))
        if round((values[k - 1] - null.mean()) / spread, 6) <= BEYOND:
            break
    table = pd.DataFrame(rows, columns="k left null null_high z apart smallest".split())
    beyond, spread = table.left - table.null, table.z
    table["z"] = beyond / spread
    table.insert(5, "enough", table.z.round(6) <= BEYOND)
    table.insert(6, "gap", beyond.shift() / np.maximum(beyond, spread))
    table.insert(8, "needed", max(APART[0], APART[1] * counts.shape[0]) * (table.k - 1))
    table["passes"] = (table.k > 1) & (table.enough | (table.gap.round(6) >= GAP)) & (table.apart >= table.needed)
    table["passes"] &= table.smallest >= SMALLEST
    return table.round(6)


def _recommend(table: pd.DataFrame) -> tuple[int | None, str]:
    """Say which k, or why none."""
    row = table.loc[table.apart[table.passes].idxmax()] if table.passes.any() else table.iloc[-1]
    left = f"({row.left:.2f}, by chance {row.null:.2f})"
    apart = f"(log likelihood {row.apart:+.1f}, needed {row.needed:.1f})"
    if row.passes:
        told = "what is left is no more than chance" if row.enough else "what is left is minor"
        return int(row.k), f"{row.k} groups: {told} {left}, and units lie in groups, not between them {apart}."
    if row.enough and row.k == 1:
        why = f"not even one dimension is more than chance {left}"
    elif row.enough and row.smallest < SMALLEST and row.apart >= row.needed:
        why = f"the smallest of {row.k} groups would have {row.smallest} units, and fewer than {SMALLEST} make none"
    elif row.enough:
        why = f"{row.k} poles are enough, but units lie between them as well as at them {apart}"
    else:
        why = f"{row.k} groups, the most tried, leave more than chance {left}, and no fewer are clearly ahead"
    return None, f"k is not identifiable on these data: {why}."


def _odds(table: pd.DataFrame, k: int | None) -> str:
    """Say how often a verdict of this kind is wrong."""
    truths, wrong = (table.index[table.none > 0], table.none) if k is None else (table.index, table.wrong)
    told = [f"{wrong[truth]} of {table.cases[truth]} with {truth}" for truth in truths]
    return f" Where the answer is known, such a verdict was wrong on {', '.join(told)}."


def power(
    tokens: pd.Series,
    ks: Iterable[int],
    *,
    shares: Iterable[float] = (0.3, 0.5, 0.7),
    kind: str = "pure",
    corpora: int = 20,
    most: int = 8,
    min_df: int = 2,
    seed: int = 0,
) -> pd.DataFrame:
    """Count in how many planted corpora of these sizes and words :func:`choose_k` finds the topics.

    Parameters
    ----------
    tokens : Series of lists of str, or of int
        The corpus whose ``None`` is in doubt; or lengths alone, for a corpus that is still to come.
    ks : iterable of int
        Numbers of topics that are planted.
    shares : iterable of float, default (0.3, 0.5, 0.7)
        Separations: the part of its tokens that a unit draws from words of its topic alone.
    kind : {"pure", "unequal", "mixed"}, default "pure"
        As in :func:`analysis.topics.plant`.
    corpora : int, default 20
        For each k and share.
    most, min_df, seed
        As in :func:`choose_k`.

    Returns
    -------
    DataFrame
        ``k``, ``share``, ``corpora``, ``found`` (in how many choose_k said k), ``other`` (another number), ``rate``
        (of found), ``low``, ``high`` (Wilson's 95 % interval), ``ari`` (mean agreement of NMF that is told k with the
        planted topics: how far they can be recovered at all). 6 decimals.

    Raises
    ------
    TypeError, ValueError
        For arguments that :func:`choose_k` or :func:`analysis.topics.plant` refuse.

    Examples
    --------
    >>> power(pd.Series([40] * 30), [2], shares=[0.9], corpora=3)[["k", "share", "corpora", "found"]].values.tolist()
    [[2.0, 0.9, 3.0, 3.0]]

    Notes
    -----
    Planted words are drawn one by one: a real corpus of this size, where words come in phrases and units resemble
    each other for many reasons, holds less evidence. The table is what could be found at best. It takes some 0.5 s
    for each corpus of forty units.
    """
    check_number("corpora", corpora, 1)
    rows = []
    for k in whole_numbers("ks", ks):
        for share in shares:
            found = [_tried(tokens, k, share, kind, most, min_df, [seed, k, number]) for number in range(corpora)]
            said, agreement = zip(*found, strict=True)
            hits = said.count(k)
            rate = (hits / corpora, *wilson(hits, corpora))
            rows.append((k, share, corpora, hits, corpora - hits - said.count(None), *rate, np.mean(agreement)))
    return pd.DataFrame(rows, columns="k share corpora found other rate low high ari".split()).round(6)


def _tried(corpus: pd.Series, k: int, share: float, kind: str, most: int, min_df: int, seeds: list[int]) -> tuple:
    """Return what is said of one planted corpus, and how well its topics are recovered by one who knows k."""
    seed = int(np.random.SeedSequence(seeds).generate_state(1)[0])
    tokens, labels, _ = plant(corpus, k, kind=kind, share=share, seed=seed)
    kept = count_terms(encode(tokens), min_df)[0].getnnz(axis=1) > 0
    told = cluster(tokens[kept], k, min_df=min_df).units.topic
    said = choose_k(tokens[kept], most=most, min_df=min_df, seed=seed).k
    return said, recovery(told, labels[kept])["ari"]
