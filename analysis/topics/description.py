"""What topics look like in a corpus: their shares with intervals, their typical sentences."""

import pandas as pd

from analysis._intervals import wilson
from analysis.corpus.sentences import split_sentences
from analysis.textstats.counts import check_same_index, group_labels
from analysis.topics.clustering import Topics


def shares(topics: Topics, by: pd.Series, *, weights: pd.Series | None = None) -> pd.DataFrame:
    """Give each topic's share of each group, with an interval.

    Parameters
    ----------
    topics : Topics
    by : Series
        Labels of the units (``corpus.article``, or article and section joined), on their index.
    weights : Series of float, optional
        Size of each unit (``tokens.str.len()``); units count alike without it.

    Returns
    -------
    DataFrame
        Every topic in every group: ``group``, ``topic``, ``label``, ``units``, ``share`` (0..1, 6 decimals, sums to 1
        over a group), ``low``, ``high`` (Wilson's 95 % interval; trials: the group's units' worth, ``(Σw)² / Σw²``).

    Raises
    ------
    ValueError
        If ``by`` or ``weights`` are not on the index of the topics, or ``by`` has missing labels.

    Examples
    --------
    >>> from analysis import cluster
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> shares(cluster(tokens, k=2), pd.Series(["a", "a", "a", "b"])).share.tolist()
    [0.666667, 0.333333, 0.0, 1.0]

    Notes
    -----
    The interval takes the units for a sample of what the author might have written, each wholly of one topic; it
    does not hold the doubt whether the topics exist. A section of one paragraph has an interval of four fifths of
    the line, and should. Source: Kish (1965), Survey Sampling, for the worth of weighted units.
    """
    by = group_labels(topics.units.topic, by)
    size = pd.Series(1, index=by.index) if weights is None else weights
    check_same_index("weights", size, by)
    frame = pd.DataFrame({"group": by, "topic": topics.units.topic, "size": size})
    grid = pd.MultiIndex.from_product([by.unique(), topics.labels.index], names=["group", "topic"])
    table = frame.groupby(["group", "topic"])["size"].agg(units="size", size="sum")
    table = table.reindex(grid, fill_value=0).reset_index()
    share = table["size"] / table.groupby("group")["size"].transform("sum")
    worth = table.group.map(frame.groupby("group")["size"].agg(lambda w: w.sum() ** 2 / (w**2).sum())).astype(float)
    low, high = wilson(share * worth, worth)
    table = table.assign(label=table.topic.map(topics.labels), share=share, low=low, high=high).round(6)
    return table[["group", "topic", "label", "units", "share", "low", "high"]]


def representatives(topics: Topics, texts: pd.Series, *, top: int = 3) -> pd.DataFrame:
    """Pick the strongest units of each topic, and in each the sentence that says most of it: read them.

    Parameters
    ----------
    topics : Topics
    texts : Series of str
        The corpus's texts, on its index.
    top : int, default 3
        Units per topic, among those that belong to it.

    Returns
    -------
    DataFrame
        ``topic``, ``label``, ``rank``, ``unit``, ``strength``, ``sentence`` (of the unit: the one whose listed terms,
        each counted once, weigh most; among equals the shorter, then the first), ``terms`` (those terms).

    Raises
    ------
    ValueError
        If ``texts`` is not on the index of the topics.

    Examples
    --------
    >>> from analysis import cluster
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> texts = pd.Series(["创新。创新链。", "创新链。", "养老。", "养老和医疗。"])
    >>> representatives(cluster(tokens, k=2), texts, top=1).sentence.tolist()
    ['创新链。', '养老。']
    """
    check_same_index("texts", texts, topics.units)
    rows = []
    for topic, units in topics.units.groupby("topic"):
        weights = topics.terms[topics.terms.topic == topic].set_index("term").weight
        # The sort is stable: equal strengths keep the order of the corpus.
        best = units.sort_values("strength", ascending=False, kind="stable").head(top)
        for rank, (unit, strength) in enumerate(best.strength.items(), start=1):
            sentence, terms = _best_sentence(texts[unit], weights)
            rows.append((topic, topics.labels[topic], rank, unit, strength, sentence, terms))
    return pd.DataFrame(rows, columns=["topic", "label", "rank", "unit", "strength", "sentence", "terms"])


def _best_sentence(text: str, weights: pd.Series) -> tuple[str, str]:
    sentences = [text[start:end] for start, end in split_sentences(text)] or [text]
    inside = [[term for term in weights.index if term in sentence] for sentence in sentences]
    order = sorted(range(len(sentences)), key=lambda i: (-round(weights[inside[i]].sum(), 6), len(sentences[i]), i))
    return sentences[order[0]].strip(), "、".join(inside[order[0]])
