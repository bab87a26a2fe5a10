"""Texts into words: the terms of a lexicon whole, free phrases cut, and how right it is.

``segment`` is what users call, and ``streaming`` the same for more than fits into memory, in the
folder of ``parts``; ``tokenizer`` cuts a text with an engine, ``standard`` is the table of rules
about its dictionary and ``affixes`` mends its tokens; ``provenance`` records how tokens were made.
``lexicon`` loads terms, stopwords, aliases and glosses, ``discovery`` proposes new terms with the
counts of ``ngrams``. ``tagging`` gives parts of speech. ``gold`` holds sentences segmented by
hand, ``evaluation`` measures a segmentation against them and ``errors`` shows where it goes wrong;
``guessing`` explains how jieba cuts what its dictionary lacks.
"""

from analysis.segmentation.gold import load_gold
from analysis.segmentation.guessing import explain_guess
from analysis.segmentation.lexicon import terms_in

__all__ = ["explain_guess", "load_gold", "terms_in"]
