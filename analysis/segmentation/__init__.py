"""Texts into words: the terms of a lexicon whole, free phrases cut, and how right it is.

``segment`` is what users call; ``tokenizer`` cuts a text, by the rules of ``standard``, ``guessing`` and ``affixes``;
``tagging`` gives parts of speech, ``lexicon`` loads lists, ``provenance`` records how tokens were made. ``streaming``
and ``parts`` do it for any number of documents; ``discovery`` and ``ngrams`` propose terms; ``gold``, ``evaluation``
and ``errors`` measure.
"""

from analysis.segmentation.gold import load_gold
from analysis.segmentation.guessing import explain_guess
from analysis.segmentation.lexicon import terms_in

__all__ = ["explain_guess", "load_gold", "terms_in"]
