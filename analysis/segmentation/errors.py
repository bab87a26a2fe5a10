"""Where a segmentation goes wrong: every error, and the worst sentences."""

import numpy as np
import pandas as pd

from analysis.segmentation.alignment import check_tokens, cuts_of, level_marks, notation, spans_of
from analysis.segmentation.gold import CUT, JOIN


def segmentation_errors(gold, tokens, level="word"):
    """List every wrong join and wrong cut.

    Parameters
    ----------
    gold, tokens, level
        As in :func:`evaluate_segmentation`.

    Returns
    -------
    DataFrame
        A row for each boundary in error: ``id``, ``position`` (the boundary is before
        this character of the text), ``kind`` (``"wrong join"`` or ``"wrong cut"``),
        ``predicted`` (the token, or the two tokens with ``/`` between) and ``gold``
        (the same stretch, widened to whole units, in the gold's notation).

    Raises
    ------
    ValueError
        As in :func:`evaluate_segmentation`.

    Examples
    --------
    >>> from analysis import load_gold
    >>> gold = load_gold().loc[["lu-029"]]
    >>> tokens = pd.Series([["一是", "推进", "创新", "链与", "产业链", "双向", "赋能", "。"]],
    ...                    index=gold.index)
    >>> segmentation_errors(gold, tokens)[["kind", "predicted", "gold"]]
             kind predicted   gold
    0   wrong cut     创新/链与  创新链 与
    1  wrong join        链与  创新链 与
    """
    tokens = check_tokens(gold, tokens, level)
    rows = []
    for row, words in zip(gold.itertuples(), tokens, strict=False):
        marks, cuts = level_marks(row, level), cuts_of(words)
        for gap in np.flatnonzero(((marks == CUT) & ~cuts) | ((marks == JOIN) & cuts)):
            kind = "wrong cut" if cuts[gap] else "wrong join"
            rows.append((row.Index, gap + 1, kind, *_stretch(row.text, marks, cuts, gap)))
    return pd.DataFrame(rows, columns=["id", "position", "kind", "predicted", "gold"])


def worst_sentences(gold, tokens, n=10, level="word"):
    """Show the sentences with most errors, gold and prediction side by side.

    Parameters
    ----------
    gold, tokens, level
        As in :func:`evaluate_segmentation`.
    n : int
        How many sentences; those without error are never shown.

    Returns
    -------
    DataFrame
        Index ``id``, worst first (ties in the order of the gold); columns ``errors``,
        ``wrong_joins``, ``wrong_cuts``, ``gold`` (in its notation, with terms compounded
        at the level of terms) and ``predicted`` (tokens between spaces).

    Raises
    ------
    ValueError
        As in :func:`evaluate_segmentation`.

    Examples
    --------
    >>> from analysis import load_gold
    >>> gold = load_gold().loc[["lu-009", "lu-011"]]
    >>> tokens = pd.Series([["一", "是", "进一步", "完善", "京津冀", "协同创新", "机制", "。"],
    ...                     ["二是", "推动", "创新要素合理", "有序", "流动", "。"]],
    ...                    index=gold.index)
    >>> worst_sentences(gold, tokens)["predicted"].to_dict()
    {'lu-011': '二是 推动 创新要素合理 有序 流动 。'}
    """
    tokens = check_tokens(gold, tokens, level)
    rows = []
    for row, words in zip(gold.itertuples(), tokens, strict=False):
        marks, cuts = level_marks(row, level), cuts_of(words)
        joins, cut = int(((marks == CUT) & ~cuts).sum()), int(((marks == JOIN) & cuts).sum())
        rows.append((row.Index, joins + cut, joins, cut, notation(row.text, marks), " ".join(words)))
    columns = ["id", "errors", "wrong_joins", "wrong_cuts", "gold", "predicted"]
    table = pd.DataFrame(rows, columns=columns).set_index("id").query("errors > 0")
    return table.sort_values("errors", ascending=False, kind="stable").head(n)


def _stretch(text, marks, cuts, gap):
    """The predicted token or tokens at a gap, and the gold units they touch."""
    starts, ends = spans_of(cuts)
    touched = (starts <= gap + 1) & (ends >= gap + 1)
    left, right = starts[touched].min(), ends[touched].max()
    predicted = "/".join(text[s:e] for s, e in zip(starts[touched], ends[touched], strict=False))
    edges = np.flatnonzero(np.concatenate(([True], marks == CUT, [True])))
    left, right = edges[edges <= left].max(), edges[edges >= right].min()
    return predicted, notation(text[left:right], marks[left : right - 1])
