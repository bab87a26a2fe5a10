"""How often which term stands where, and which terms set one group of units apart."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer


def term_matrix(tokens: pd.Series, min_df: int = 1) -> tuple[csr_matrix, np.ndarray]:
    """Count every token in every unit.

    Parameters
    ----------
    tokens : Series of lists of str.
    min_df : keep tokens that stand in at least so many units.

    Returns
    -------
    counts : sparse matrix, units × terms, int.
    terms : array of str, sorted by code point; one-character words are kept.

    Raises
    ------
    ValueError
        If the tokens are empty, or no term reaches ``min_df``.

    Examples
    --------
    >>> counts, terms = term_matrix(pd.Series([["创新", "创新", "链"], ["链"]]))
    >>> terms.tolist(), counts.toarray().tolist()
    (['创新', '链'], [[2, 1], [0, 1]])
    """
    if not len(tokens) or not tokens.str.len().sum():
        raise ValueError("There are no tokens to count: every unit is empty.")
    vectorizer = CountVectorizer(analyzer=lambda words: words, min_df=min_df)
    try:
        counts = vectorizer.fit_transform(tokens)
    except ValueError as error:
        raise ValueError(f"No term stands in {min_df} or more of the {len(tokens)} units; "
                         "lower min_df.") from error
    return counts, vectorizer.get_feature_names_out()


def frequencies(tokens: pd.Series, by: pd.Series | None = None) -> pd.DataFrame:
    """Count terms per group.

    Parameters
    ----------
    tokens : Series of lists of str.
    by : labels on the same index (``corpus.article``); all units are one group without it.

    Returns
    -------
    DataFrame
        Columns ``group``, ``term``, ``count``, ``units`` (units of the group with the term)
        and ``per_1000`` (tokens of the group, 3 decimals), sorted by group in order of first
        appearance, count descending, term.

    Examples
    --------
    >>> frequencies(pd.Series([["创新", "链"], ["创新"]])).values.tolist()
    [['all', '创新', 2, 2, 666.667], ['all', '链', 1, 1, 333.333]]
    """
    counts, terms = term_matrix(tokens)
    labels = _labels(tokens, by)
    frames = []
    for group in labels.unique():
        rows = counts[(labels == group).to_numpy()]
        count = rows.sum(axis=0).A1
        frame = pd.DataFrame({"group": group, "term": terms, "count": count,
                              "units": (rows > 0).sum(axis=0).A1,
                              "per_1000": (1000 * count / max(count.sum(), 1)).round(3)})
        frames.append(frame[frame["count"] > 0]
                      .sort_values(["count", "term"], ascending=[False, True]))
    return pd.concat(frames, ignore_index=True)


def keywords(tokens: pd.Series, by: pd.Series, top: int | None = 20) -> pd.DataFrame:
    """Rank the terms of each group by tf-idf.

    The weight of a term in a group is its share of the group's tokens times
    ``ln((1 + N) / (1 + df)) + 1`` (the smoothed idf of scikit-learn), where the ``N``
    documents are the units (paragraphs), not the groups: with two groups, every term that
    stands in both would have the same idf.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit.
    by : labels on the same index (``corpus.article``, or article and section joined).
    top : so many terms per group, or all of them with ``None``.

    Returns
    -------
    DataFrame
        Columns ``group``, ``rank`` (from 1), ``term``, ``count`` (in the group), ``df``
        (units with the term, in the whole corpus) and ``tfidf`` (per 1,000 tokens, 6
        decimals). Groups in order of first appearance; equal weights sorted by term.

    Raises
    ------
    ValueError
        If ``by`` is not on the index of ``tokens``, or has missing labels.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "创新", "链"], ["协同", "链"]])
    >>> keywords(tokens, pd.Series(["a", "b"]), top=1)[["group", "term", "count"]].values.tolist()
    [['a', '创新', 2], ['b', '协同', 1]]

    Notes
    -----
    A tf-idf weight is a description and has no error: it does not say that a difference
    between groups is larger than chance would make it. Weights of corpora cut with different
    lexicons are not comparable. Source: Spärck Jones (1972), Journal of Documentation 28.
    """
    table = frequencies(tokens, by)
    counts, terms = term_matrix(tokens)
    df = pd.Series((counts > 0).sum(axis=0).A1, index=terms)
    idf = np.log((1 + len(tokens)) / (1 + df)) + 1
    size = table.groupby("group")["count"].transform("sum")
    table["df"] = table.term.map(df)
    table["tfidf"] = (1000 * table["count"] / size * table.term.map(idf)).round(6)
    order = {group: place for place, group in enumerate(table.group.unique())}
    table = table.sort_values(["group", "tfidf", "term"], ascending=[True, False, True],
                              key=lambda s: s.map(order) if s.name == "group" else s)
    table["rank"] = table.groupby("group").cumcount() + 1
    table = table[["group", "rank", "term", "count", "df", "tfidf"]]
    chosen = table if top is None else table[table["rank"] <= top]
    return chosen.reset_index(drop=True)


def _labels(tokens: pd.Series, by: pd.Series | None) -> pd.Series:
    if by is None:
        return pd.Series("all", index=tokens.index)
    if not by.index.equals(tokens.index):
        raise ValueError("by and tokens are not on the same index: take both from one corpus.")
    if by.isna().any():
        raise ValueError(f"by has no label for unit {by.index[by.isna()][0]!r}.")
    return by
