"""How jieba cuts what its dictionary does not cover."""

import re
from itertools import accumulate, pairwise, product

import pandas as pd

from analysis._jieba import import_jieba


def explain_guess(text: str, *, top: int = 5) -> pd.DataFrame:
    """Show how jieba's hidden Markov model weighs the ways of cutting a run of characters.

    Parameters
    ----------
    text : str
        Two to eight characters that the dictionary does not cover.
    top : int, default 5
        So many ways, the most probable first.

    Returns
    -------
    DataFrame
        ``tokens`` (the way of cutting), ``states`` (B begins a word, M is in its middle, E ends it, S is a
        word alone) and ``log_probability`` (3 decimals).

    Examples
    --------
    >>> explain_guess("但三地", top=1).values.tolist()
    [['但三地', 'BME', -19.649]]

    Notes
    -----
    The model knows nothing about meaning; jieba asks it only about runs of characters in which no word of its
    dictionary is found. Source: jieba's ``finalseg``.
    """
    if not re.fullmatch("[一-鿕]{2,8}", text):
        raise ValueError(f"Give two to eight Chinese characters, not {text!r}.")
    import_jieba()
    from jieba.finalseg import MIN_FLOAT, emit_P, start_P, trans_P

    rows = []
    for states in product("BMES", repeat=len(text)):
        path = "".join(states)
        if re.fullmatch(r"(?:S|BM*E)+", path):
            steps = [start_P[path[0]], *(trans_P[a].get(b, MIN_FLOAT) for a, b in pairwise(path))]
            steps += [emit_P[state].get(sign, MIN_FLOAT) for state, sign in zip(path, text, strict=True)]
            words = re.findall(r"S|BM*E", path)
            cuts = [0, *accumulate(map(len, words))]
            rows.append((" / ".join(text[a:b] for a, b in pairwise(cuts)), path, sum(steps)))
    table = pd.DataFrame(rows, columns=["tokens", "states", "log_probability"])
    table = table.sort_values(["log_probability", "states"], ascending=[False, True])
    return table.head(top).round(3).reset_index(drop=True)
