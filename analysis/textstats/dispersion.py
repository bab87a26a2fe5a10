"""How evenly terms are spread over the parts of a corpus."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.special import xlogy

from analysis._checks import check_number, strings
from analysis.textstats.counts import encode, group_labels

MEASURES = ("juilland_d", "rosengren_s", "dp", "dp_norm", "kl", "arf", "carroll_d2", "lyne_d3")


def dispersion(tokens: pd.Series, parts: pd.Series | None = None, *, draws: int = 0, seed: int = 2026) -> pd.DataFrame:
    """Measure how evenly each term is spread over the parts of a corpus.

    Parameters
    ----------
    tokens : Series of list of str
        One list per unit, in reading order.
    parts : Series, optional
        Label of each unit's part (``corpus.article``); every unit is a part of its own without it.
    draws, seed : int, default 0 and 2026
        How often as many occurrences are thrown at random over the parts, for the last three columns.

    Returns
    -------
    DataFrame
        One row per term, sorted by count descending, then term; floats have 6 decimals.

        - ``term``, ``count``; ``range`` (parts with the term); ``parts``.
        - ``juilland_d``: of the rates per part; 1 even, 0 in one part, and never below, however unequal the parts.
        - ``rosengren_s``: 1 even, the part's share of the corpus if in one part only.
        - ``dp``: Gries's deviation of proportions, **0 even**, towards 1 uneven.
        - ``dp_norm``: the same over its largest value, ``1 - smallest part``.
        - ``kl``: divergence from the parts' sizes in bits, **0 even**, no upper limit.
        - ``arf``: average reduced frequency in running order: ``count`` if even, near 1 if all in one place.
        - ``carroll_d2``: entropy of the rates over its largest value, 1 even.
        - ``lyne_d3``: 1 less chi-squared over four times the count, 1 even.
        - ``dp_expected``, ``dp_low``, ``dp_high``: with draws, mean and 95 % range of DP by chance. Each occurrence
          falls into a part with the probability of the part's share of the tokens (multinomial).

    Raises
    ------
    ValueError
        For fewer than two parts, a part without tokens, or labels on another index.

    Examples
    --------
    >>> tokens = pd.Series([["链", "链", "创新"], ["链", "协同"], ["协同", "协同"]])
    >>> dispersion(tokens).set_index("term").loc["链", ["count", "range", "dp"]].tolist()
    [3.0, 2.0, 0.285714]

    Notes
    -----
    Comparable only between terms of similar frequency over the same parts: a term seen once has the worst
    value whatever it means. With its few occurrences no term can be even: beside a DP read what chance gives.
    Juilland's D takes the rates of the parts, each counting the same, with the population SD: its coefficient of
    variation is at most ``sqrt(parts - 1)`` (Katsnelson and Kotz 1957, Archiv für Meteorologie, Geophysik und
    Bioklimatologie B 8). Sources: Gries (2008), International Journal of Corpus Linguistics 13; Lijffijt and Gries
    (2012), ibid. 17 (``dp_norm``); Juilland, Brodin and Davidovitch (1970); Rosengren (1971); Carroll (1970);
    Lyne (1985); Savický and Hlaváčová (2002), Journal of Quantitative Linguistics 9.
    """
    check_number("draws", draws, 0)
    codes, lengths, terms = encode(tokens)
    parts = tokens.index.to_series() if parts is None else parts
    labels, names = pd.factorize(group_labels(tokens, parts, "parts"))
    if len(names) < 2:
        raise ValueError("Dispersion needs two parts or more; a corpus in one part has none.")
    shape = len(names), len(terms)
    counts = csr_matrix((np.ones(len(codes)), (np.repeat(labels, lengths), codes)), shape=shape)
    sizes = counts.sum(axis=1).A1
    if (sizes == 0).any():
        raise ValueError(f"Part {names[sizes == 0].tolist()[0]!r} has no tokens: leave it out.")
    count = counts.sum(axis=0).A1.astype(int)
    table = pd.DataFrame({"term": terms, "count": count, "range": counts.getnnz(axis=0), "parts": len(names)})
    found = evenness(counts, sizes) | {"arf": reduced_frequency(codes, len(terms))}
    table = table.assign(**{measure: found[measure].round(6) + 0.0 for measure in MEASURES})  # no -0.0
    if draws:
        table = table.join(_chance(count, sizes, draws, seed).round(6), on="count")
    return table.sort_values(["count", "term"], ascending=[False, True], ignore_index=True)


def _chance(count: np.ndarray, sizes: np.ndarray, draws: int, seed: int) -> pd.DataFrame:
    """Return mean and 95 % range of DP by chance for each different count: terms of one count share theirs."""
    rng = np.random.default_rng(seed)
    share = sizes / sizes.sum()
    rows = {}
    for number in np.unique(count):
        thrown = rng.multinomial(number, share, size=draws) / number
        dp = np.abs(thrown - share).sum(axis=1) / 2
        rows[number] = [dp.mean(), *np.quantile(dp, [0.025, 0.975])]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["dp_expected", "dp_low", "dp_high"])


def evenness(counts: csr_matrix, sizes: np.ndarray) -> dict[str, np.ndarray]:
    """Return every measure that needs only counts (parts × terms) and the sizes of the parts.

    Each part must have tokens and each term a count. Works on the filled cells alone.
    """
    cells = counts.tocoo()
    n, terms = cells.shape

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(cells.col, weights=values, minlength=terms)

    frequency = total(cells.data)
    share = (sizes / sizes.sum())[cells.row]
    part_of_term = cells.data / frequency[cells.col]
    rate = cells.data / sizes[cells.row]
    rates = total(rate)
    variance = np.maximum(total(rate**2) / n - (rates / n) ** 2, 0)
    dp = deviation_of_proportions(counts, sizes)
    surprise = np.log2(rates) - total(xlogy(rate, rate)) / np.log(2) / rates
    chi2 = total(cells.data**2 / (frequency[cells.col] * share)) - frequency
    return {
        "juilland_d": np.maximum(1 - np.sqrt(variance) / (rates / n) / np.sqrt(n - 1), 0),  # less by rounding only
        "rosengren_s": total(np.sqrt(share * cells.data)) ** 2 / frequency,
        "dp": dp,
        "dp_norm": dp / (1 - sizes.min() / sizes.sum()),
        "kl": np.maximum(total(part_of_term * np.log2(part_of_term / share)), 0),
        "carroll_d2": surprise / np.log2(n),
        "lyne_d3": 1 - chi2 / (4 * frequency),
    }


def deviation_of_proportions(counts: csr_matrix, sizes: np.ndarray) -> np.ndarray:
    """Return Gries's DP per term, NaN without a count, or with a single part; empty parts do no harm."""
    cells = counts.tocoo()
    frequency = np.bincount(cells.col, weights=cells.data, minlength=cells.shape[1])
    share = (sizes / sizes.sum())[cells.row]
    # Parts without the term each add their share: all shares less those of the filled cells.
    gap = np.abs(cells.data / frequency[cells.col] - share) - share
    gaps = np.bincount(cells.col, weights=gap, minlength=cells.shape[1])
    return np.where((frequency > 0) & (len(sizes) > 1), np.maximum((1 + gaps) / 2, 0), np.nan)


def reduced_frequency(codes: np.ndarray, terms: int) -> np.ndarray:
    """Return the average reduced frequency of each term from the running order of tokens."""
    order = np.argsort(codes, kind="stable")
    owner = codes[order]
    frequency = np.bincount(codes, minlength=terms)
    first = np.cumsum(frequency) - frequency
    distance = np.diff(order, prepend=0)
    last = order[first + frequency - 1]
    distance[first] = order[first] - last + len(codes)  # the corpus closed to a ring
    stretch = len(codes) / frequency
    near = np.minimum(distance, stretch[owner])
    return np.bincount(owner, weights=near, minlength=terms) / stretch


def term_positions(tokens: pd.Series, terms: Sequence[str], by: pd.Series) -> pd.DataFrame:
    """Find where in the running text of each group each term stands.

    Parameters
    ----------
    tokens : Series of list of str
        One list per unit, in reading order.
    terms : sequence of str
        Tokens to look for.
    by : Series
        Labels on the same index (``corpus.article``).

    Returns
    -------
    DataFrame
        One row per occurrence: ``group``, ``term``, ``unit``, ``position`` (token of the group, from 0) and
        ``share`` (position over the group's tokens, 6 decimals); by group in order of first appearance, term
        as given, position. Tokens that were left out take no room.

    Raises
    ------
    ValueError
        If ``by`` does not fit, or none of the terms occurs.

    Examples
    --------
    >>> tokens = pd.Series([["链", "创新"], ["链"], ["链"]])
    >>> term_positions(tokens, ["链"], pd.Series(["a", "a", "b"])).position.tolist()
    [0, 2, 0]
    """
    labels, terms = group_labels(tokens, by), strings("terms", terms)
    frames = []
    for group in labels.unique():
        words = tokens[labels == group].explode().dropna()
        places = pd.DataFrame({"group": group, "term": words.to_numpy(), "unit": words.index})
        places["position"] = np.arange(len(words))
        places["share"] = (places.position / len(words)).round(6)
        frames += [places[places.term == term] for term in dict.fromkeys(terms)]
    found = pd.concat(frames, ignore_index=True)
    if found.empty:
        raise ValueError(f"None of the terms {list(terms)} occurs as a token.")
    return found


def section_starts(tokens: pd.Series, sections: pd.Series, by: pd.Series) -> pd.DataFrame:
    """Find where in the running text of each group its sections begin.

    Parameters
    ----------
    tokens : Series of list of str
        One list per unit, in reading order.
    sections, by : Series
        Section (``corpus.section``) and group of each unit, on the same index.

    Returns
    -------
    DataFrame
        ``group``, ``section``, ``share`` (tokens of the group before it, 0..1, 6 decimals), in reading order.

    Examples
    --------
    >>> tokens = pd.Series([["链", "创新"], ["链"], ["链"]])
    >>> section_starts(tokens, pd.Series([0, 1, 1]), pd.Series(["a", "a", "a"])).share.tolist()
    [0.0, 0.5]
    """
    labels, sections = group_labels(tokens, by), group_labels(tokens, sections, "sections")
    table = pd.DataFrame({"group": labels, "section": sections, "size": tokens.str.len()})
    size = table.groupby("group", sort=False)["size"]
    table["share"] = ((size.cumsum() - table["size"]) / size.transform("sum")).round(6)
    return table.drop_duplicates(["group", "section"])[["group", "section", "share"]].reset_index(drop=True)
