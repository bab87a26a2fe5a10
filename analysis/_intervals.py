"""Intervals of shares."""

import numpy as np

Z = 1.959964  # 97.5 % of the normal distribution


def wilson(successes, trials):
    """Give low and high of the 95 % interval of a share, from counts or sums of weights; NaN without trials.

    Holds for independent trials. Source: Wilson (1927), JASA 22.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.true_divide(successes, trials)
        middle = share + Z**2 / np.multiply(2.0, trials)
        reach = Z * np.sqrt(share * (1 - share) / trials + (Z / np.multiply(2.0, trials)) ** 2)
        scale = 1 + np.true_divide(Z**2, trials)
        return np.clip((middle - reach) / scale, 0, 1), np.clip((middle + reach) / scale, 0, 1)
