"""Tokens to findings: which words, how often, where, beside which others, and against what.

What users call is in :mod:`analysis`; here is what takes a formula apart.
"""

from analysis.textstats.association import log_likelihood, log_ratio, p_value
from analysis.textstats.dispersion import section_starts

__all__ = ["log_likelihood", "log_ratio", "p_value", "section_starts"]
