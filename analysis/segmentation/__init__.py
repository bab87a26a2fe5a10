"""Texts into words: the terms of a lexicon whole, free phrases cut, and how right it is.

``segment`` is what users call; ``tokenizer`` cuts a text, by the rules of ``standard`` and ``affixes``.
"""

from analysis.segmentation.gold import load_gold
from analysis.segmentation.guessing import explain_guess
from analysis.segmentation.lexicon import terms_in

__all__ = ["explain_guess", "load_gold", "terms_in"]
