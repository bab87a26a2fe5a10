"""How often verdicts are right, counted on corpora whose answer is known."""

import numpy as np
import pandas as pd

from analysis._checks import check_choice, check_number
from analysis._intervals import wilson
from analysis._paths import LISTS

VERDICTS = ("choose_k", "consensus_clusters")
TABLE = LISTS / "topic_rates.csv"  # written by benchmarks/topics.py, with benchmarks/topics.csv for each setting


def rates(units: int, verdict: str = "choose_k") -> pd.DataFrame:
    """Tell how often a verdict is right on corpora of about this size.

    Parameters
    ----------
    units : int
        Size of a corpus; rates are those of the simulated size that is nearest, by ratio.
    verdict : {"choose_k", "consensus_clusters"}, default "choose_k"

    Returns
    -------
    DataFrame
        On ``truth``, what was planted: ``"groups"`` (that NMF recovers at an adjusted Rand index of 0.9 if told
        their number), a ``"continuum"``, ``"no topics"``, ``"laws of several subjects"`` (by their titles). ``units``;
        ``cases`` (corpora; for consensus_clusters clusters); how many verdicts were ``right``, ``none`` (no number is
        given, a group does not survive) and ``wrong``; the share of wrong with Wilson's 95 % interval: ``rate``,
        ``low``, ``high``.

    Examples
    --------
    >>> rates(43).rate.to_dict()
    {'continuum': 0.033333, 'groups': 0.031056, 'laws of several subjects': 0.020833, 'no topics': 0.0}
    >>> rates(43).loc["groups", ["cases", "right", "none"]].astype(int).tolist()
    [322, 299, 13]

    Notes
    -----
    Simulated by settings that nothing was tuned on; the code is ``benchmarks/topics.py``.
    """
    check_number("units", units, 1)
    check_choice("verdict", verdict, VERDICTS)
    table = pd.read_csv(TABLE).query("verdict == @verdict").drop(columns="verdict")
    far = np.abs(np.log(table.units / units)).round(6)
    table = table[far == far.groupby(table.truth).transform("min")].set_index("truth")
    low, high = wilson(table.wrong, table.cases)
    return table.assign(rate=table.wrong / table.cases, low=low, high=high).round(6)
