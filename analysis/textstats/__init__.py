"""Tokens to findings: which words, how often, where, beside which others, and against what.

``counts`` (frequencies, matrices), ``keywords``, ``keyness``, ``association`` (G², log ratio and their kin),
``collocations``, ``concordance``, ``dispersion``, ``resampling``, ``reference`` (profiles of other corpora),
``history`` (terms over their documents).
"""

from analysis.textstats.association import log_likelihood, log_ratio, p_value
from analysis.textstats.dispersion import section_starts
from analysis.textstats.reference import unit_tokens
from analysis.textstats.resampling import passages

__all__ = ["log_likelihood", "log_ratio", "p_value", "passages", "section_starts", "unit_tokens"]
