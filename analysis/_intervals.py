"""Intervals of shares."""

import numpy as np

Z = 1.959964  # 97.5 % of the normal distribution


def wilson(successes, trials):
    """Give the 95 % interval of a share.

    Parameters
    ----------
    successes, trials : int, float, array or Series
        Counts, or sums of weights; arrays are taken element by element.

    Returns
    -------
    low, high : float, array or Series
        Within 0 and 1; NaN where there were no trials.

    Examples
    --------
    >>> low, high = wilson(np.array([0, 8]), 10)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.4902], [0.2775, 0.9433])

    Notes
    -----
    Holds for independent trials. Source: Wilson (1927), JASA 22.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.true_divide(successes, trials)
        middle = share + Z**2 / np.multiply(2.0, trials)
        reach = Z * np.sqrt(share * (1 - share) / trials + (Z / np.multiply(2.0, trials)) ** 2)
        scale = 1 + np.true_divide(Z**2, trials)
        return np.clip((middle - reach) / scale, 0, 1), np.clip((middle + reach) / scale, 0, 1)
