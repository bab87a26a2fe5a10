"""Tokens to findings: which words, how often, where, beside which others, and against what.

``counts`` numbers tokens and counts them in units; ``association`` measures 2 × 2 tables (tests,
effect sizes, pairs of words) and ``resampling`` whole units; ``dispersion`` tells how evenly
terms are spread, and where they stand. Of these are made ``keywords`` (the leading terms of each
group), ``keyness`` (a target against a reference) and ``collocations``. ``reference`` keeps a
corpus as counts, ``history`` reads them by year. ``concordance`` goes back to the sentences.

What users call is in :mod:`analysis`; here is what takes a formula apart.
"""

from analysis.textstats.association import log_likelihood, log_ratio, p_value
from analysis.textstats.dispersion import section_starts

__all__ = ["log_likelihood", "log_ratio", "p_value", "section_starts"]
