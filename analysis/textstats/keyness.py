"""What a target says more, and less, than a reference."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype
from scipy.sparse import csr_matrix, vstack
from scipy.stats import false_discovery_control

from analysis._checks import check_number, check_series, check_token_lists
from analysis.segmentation.provenance import require_same_segmentation
from analysis.textstats import association
from analysis.textstats.counts import term_matrix
from analysis.textstats.dispersion import deviation_of_proportions
from analysis.textstats.reference import Profile
from analysis.textstats.resampling import bootstrap_log_ratio, holm, permutation_p

PAIRS = [f"{name}_{side}" for name in ("count", "rate", "df") for side in ("target", "reference")]
DP = ["dp_target", "dp_reference"]  # behind the measures of one table
SMALL = 5  # expected count below which the chi-squared distribution of G² is not trusted


class _Sides(NamedTuple):
    """Target and reference: ``counts`` (units × the same terms), ``sizes`` of all units; the ``terms``."""

    counts: list[csr_matrix]
    sizes: list[np.ndarray]
    terms: np.ndarray


def keyness(
    tokens: pd.Series,
    target: pd.Series | None = None,
    *,
    reference: pd.Series | Profile | None = None,
    documents: pd.Series | None = None,
    min_count: int = 1,
    draws: int = 1000,
    seed: int = 2026,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the words of a target with those of a reference.

    Parameters
    ----------
    tokens : Series of list of str
        One list per unit (paragraph).
    target : Series of bool, optional
        True for the units of the target (``corpus.article == "a"``); all of them if there is a reference.
    reference : Series of bool, Series of list of str or Profile, optional
        What to compare with: by default the other units; True for some of them; the tokens of another corpus;
        or what :func:`analysis.load_profile` gives.
    documents : Series, optional
        The document of each unit (``corpus.article``), which must lie on one side as a whole. Documents are then what
        is relabelled, redrawn and counted (``df``, ``dp``): needed where ``target`` is a fact about documents, as a
        region or a year, since paragraphs of one document share its words. Tokens given as the reference stay
        units; of a profile its documents are taken then, and else its paragraphs.
    min_count : int, default 1
        Leave out terms with a smaller count in both sides together: the rest is tested and adjusted for.
    draws, seed : int, default 1000 and 2026
        Relabellings and samples for the last four columns, which are not there with 0 draws.
    confidence : float, default 0.95
        Of both kinds of interval, and of LRC.

    Returns
    -------
    DataFrame
        One row per term: positive keywords, then negative ones, each by G² descending, then term. Floats have
        6 decimals, so that a p of 0 is one below 0.0000005.

        - ``term``, ``keyword`` (``positive``: more frequent in the target; ``negative``; ``neither``).
        - ``count_``, ``rate_`` (per 10,000 tokens), ``df_`` (units or documents with the term), ``dp_``
          (Gries's DP over them, 0 even; NaN for one unit or none with the term): ``target``, ``reference``.
        - ``g2`` (four-term G²) and ``g2_two_term``, with the sign of the difference.
        - ``test`` and ``p``: Fisher's exact test, two-sided, if an expected count is below 5, else G² with
          one degree of freedom; ``p_holm``, ``p_bh``: adjusted.
        - ``bic``: two-term G² less ln N; below 0 is evidence against a difference.
        - ``log_ratio`` (binary; a zero count taken as 0.5), ``log_ratio_low``, ``log_ratio_high`` (exact;
          infinite for a zero count); ``lrc``, the conservative one, unadjusted; ``diff_percent``; ``odds_ratio``.
        - ``p_permutation``: units relabelled, two-sided, on the difference of rates; ``p_permutation_bh``:
          adjusted. At least ``1 / (draws + 1)``, or one over all relabellings if they are fewer. NaN against a profile
          without counts by paragraph, where documents are not the units.
        - ``boot_low``, ``boot_high``: percentile interval of the log ratio, units of each side redrawn; a
          reference of one document is taken as it is. NaN for a term that one side lacks.

    Raises
    ------
    TypeError, ValueError
        For an argument of another kind, an empty side, a mask on another index, a target that is all, sides
        that overlap, a reference cut in another way, a document on both sides, no term of ``min_count``.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "创新"], ["协同", "链"], ["协同"]])
    >>> table = keyness(tokens, pd.Series([True, True, False, False]))
    >>> table[["term", "keyword", "log_ratio", "p", "p_permutation"]].values.tolist()[0]
    ['创新', 'positive', 2.169925, 0.142857, 0.333333]

    Notes
    -----
    ``p``, ``p_holm``, ``p_bh``, ``bic`` and the exact interval take tokens as independent draws; tokens of
    one paragraph are not, so they overstate the evidence. Trust a keyword that also holds under relabelled
    and redrawn paragraphs, and read ``dp_target``: one paragraph can make a keyword. Units of the reference that
    are much shorter than the target's (headings, items) make the permutation conservative. How often a filter
    finds words where there are none: :func:`analysis.textstats.passages`. G², BIC and p are not comparable
    between corpora of different sizes; effects of rare terms are large by chance: use ``lrc``.
    Sources: :mod:`analysis.textstats.association`; Lijffijt et al. (2016), DSH 31, for resampling texts.
    """
    check_series("tokens", tokens, "a list of tokens per unit, from segment()")
    check_number("min_count", min_count, 1)
    check_number("draws", draws, 0)
    if documents is not None:
        tokens, target, reference = _by_document(tokens, target, reference, documents)
    exchangeable = documents is not None or not isinstance(reference, Profile) or reference.units is not None
    if isinstance(reference, Profile) and reference.units is not None and documents is None:
        reference = reference._replace(counts=reference.units)
    sides = _sides(tokens, target, reference, min_count)
    table = pd.concat([_describe(sides), _compare(sides, confidence)], axis=1)
    first = ["term", "keyword", *PAIRS]
    table = table[[*first, *table.columns.drop([*first, *DP]), *DP]]
    if draws:
        table = table.assign(**_resample(sides, exchangeable, draws, seed, confidence))
    numbers = table.select_dtypes("number").columns
    table[numbers] = table[numbers].round(6) + 0  # -0.0 becomes 0.0
    order = table.keyword.map({"positive": 0, "neither": 1, "negative": 2})
    return table.iloc[np.lexsort((-table.g2.abs(), order))].reset_index(drop=True)


def _by_document(tokens: pd.Series, target: pd.Series | None, reference, documents: pd.Series) -> tuple:
    """Join the units of each document, and say for each document whether it is on a side."""
    check_token_lists(tokens)
    check_series("documents", documents, "the document of each unit, such as corpus.article")
    if not documents.index.equals(tokens.index):
        raise ValueError("documents is not on the index of tokens: take both from one corpus.")
    if documents.isna().any():
        raise ValueError(f"Unit {tokens.index[documents.isna()][0]!r} has no document: name one, or drop the unit.")
    groups = tokens.groupby(documents.to_numpy(), sort=False)
    joined = groups.agg(lambda units: [token for unit in units for token in unit])
    joined.attrs = tokens.attrs

    def side(mask: object, what: str) -> object:
        if not isinstance(mask, pd.Series) or not is_bool_dtype(mask) or not mask.index.equals(tokens.index):
            return mask
        shares = mask.groupby(documents.to_numpy(), sort=False).mean()
        if len(mixed := shares.index[shares.between(0, 1, inclusive="neither")]):
            raise ValueError(f"Some units of the document {mixed[0]!r} are in the {what} and some are not.")
        return shares == 1

    return joined, side(target, "target"), side(reference, "reference")


def _describe(sides: _Sides) -> pd.DataFrame:
    table = {"term": sides.terms}
    for side, counts, sizes in zip(("target", "reference"), sides.counts, sides.sizes, strict=True):
        total = counts.sum(axis=0).A1
        table |= {f"count_{side}": total, f"rate_{side}": 1e4 * total / sizes.sum()}
        table |= {f"df_{side}": counts.getnnz(axis=0), f"dp_{side}": deviation_of_proportions(counts, sizes)}
    return pd.DataFrame(table)


def _compare(sides: _Sides, confidence: float) -> pd.DataFrame:
    """Measure every distinct pair of counts once: most terms share theirs with many others."""
    counts = [side.sum(axis=0).A1.astype(np.int64) for side in sides.counts]
    key = counts[0] * (counts[1].max() + 1) + counts[1]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    a, b = counts[0][first], counts[1][first]
    cells = a, b, sides.sizes[0].sum() - a, sides.sizes[1].sum() - b
    table = _measures(cells, confidence).iloc[which].reset_index(drop=True)
    p = table.p.to_numpy()
    table.insert(table.columns.get_loc("p") + 1, "p_holm", holm(p))
    table.insert(table.columns.get_loc("p") + 2, "p_bh", false_discovery_control(p))
    return table


def _measures(cells: tuple, confidence: float) -> pd.DataFrame:
    side = association.sign(*cells)
    g2 = association.log_likelihood(*cells)
    small = np.minimum.reduce(association.expected(*cells)) < SMALL
    p = association.p_value(g2)
    p[small] = association.fisher_exact(*(cell[small] for cell in cells))
    low, high = association.log_ratio_interval(*cells, confidence=confidence)
    return pd.DataFrame({
        "keyword": np.select([side > 0, side < 0], ["positive", "negative"], "neither"),
        "g2": side * g2,
        "g2_two_term": side * association.log_likelihood(*cells, cells=2),
        "test": np.where(small, "Fisher", "G2"),
        "p": p,
        "bic": association.bic(*cells),
        "log_ratio": association.log_ratio(*cells),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "lrc": association.conservative_log_ratio(low, high),
        "diff_percent": association.percent_difference(*cells),
        "odds_ratio": association.odds_ratio(*cells),
    })


def _resample(sides: _Sides, exchangeable: bool, draws: int, seed: int, confidence: float) -> dict[str, np.ndarray]:
    """Relabel units if those of the reference could have stood in the target, and redraw them in any case."""
    both, sizes = sides.counts, sides.sizes
    p = adjusted = np.full(len(sides.terms), np.nan)
    if exchangeable:
        is_target = np.arange(sum(map(len, sizes))) < len(sizes[0])
        p = permutation_p(vstack(both), np.concatenate(sizes), is_target, draws, seed)
        adjusted = false_discovery_control(p)
    low, high = bootstrap_log_ratio(both, sizes, draws, seed, confidence)
    return {"p_permutation": p, "p_permutation_bh": adjusted, "boot_low": low, "boot_high": high}


def _sides(tokens: pd.Series, target: pd.Series | None, reference, min_count: int) -> _Sides:
    """Count both sides on one list of terms, without the rare ones."""
    ours = _chosen(tokens, target, "target")
    own = tokens[ours]
    if not own.str.len().sum():
        raise ValueError(f"The target is empty: of {len(tokens)} units it chooses {len(own)}, and they have no token.")
    found = [term_matrix(own), _reference(tokens, ours, reference)]
    terms = pd.Index(found[0][1], dtype=object).union(pd.Index(found[1][1], dtype=object))
    both = []
    for counts, words in found:
        places = terms.get_indexer(words)[counts.indices]
        both.append(csr_matrix((counts.data, places, counts.indptr), shape=(counts.shape[0], len(terms))))
    keep = sum(counts.sum(axis=0).A1 for counts in both) >= min_count
    if not keep.any():
        raise ValueError(f"No term has a count of {min_count} or more; lower min_count.")
    sizes = [counts.sum(axis=1).A1 for counts in both]
    return _Sides([counts[:, keep] for counts in both], sizes, terms.to_numpy()[keep])


def _reference(tokens: pd.Series, ours: np.ndarray, reference: pd.Series | Profile | None) -> tuple:
    if isinstance(reference, Profile):
        require_same_segmentation(tokens, reference.segmentation, f"The profile {reference.name}")
        return reference.counts, reference.terms.index.to_numpy(dtype=object)
    if reference is not None and not is_bool_dtype(reference):
        check_series("reference", reference, "True or False, or tokens, per unit; or a profile, from load_profile()")
        check_token_lists(reference)
        require_same_segmentation(tokens, reference.attrs.get("segmentation"), "The reference")
        return term_matrix(reference)
    theirs = ~ours if reference is None else _chosen(tokens, reference, "reference")
    if (ours & theirs).any():
        raise ValueError(f"Unit {tokens.index[ours & theirs][0]!r} is in target and reference.")
    if ours.all():
        raise ValueError("The target is every unit, so that nothing is left to compare it with: give a reference.")
    if not tokens[theirs].str.len().sum():
        raise ValueError("The reference is empty: no unit of it has a token.")
    return term_matrix(tokens[theirs])


def _chosen(tokens: pd.Series, mask: pd.Series | None, what: str) -> np.ndarray:
    if mask is None:
        return np.ones(len(tokens), dtype=bool)
    wanted = "True or False for each unit, such as corpus.article == 'a'"
    check_series(what, mask, wanted)
    if not mask.index.equals(tokens.index):
        raise ValueError(f"{what} is not on the index of tokens: take both from one corpus.")
    if not is_bool_dtype(mask) or mask.isna().any():
        raise ValueError(f"{what} must be {wanted}, not {mask.unique()[:3].tolist()} ({mask.dtype}).")
    return mask.to_numpy(dtype=bool)
