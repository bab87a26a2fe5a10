"""Wilson's interval, as published."""

import numpy as np
import pandas as pd
import pytest

from analysis._intervals import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_newcombes_examples(successes, trials, low, high):  # (1998), Statistics in Medicine 17, table I, method 3
    assert np.round(wilson(successes, trials), 4).tolist() == [low, high]


def test_series_keep_their_index_and_nothing_is_known_without_trials():
    low, high = wilson(pd.Series([0, 5], index=["a", "b"]), pd.Series([0, 5], index=["a", "b"]))
    assert low.index.tolist() == ["a", "b"] and low.isna().tolist() == [True, False] and high["b"] == 1
    assert np.isnan(wilson(0, 0)).all()
