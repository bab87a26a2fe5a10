"""Chinese policy text mining: verbs on tables.

>>> import analysis as pa
>>> import pandas as pd
>>> lexicon = pa.load_lexicon()
>>> texts = pd.Series({"a": "推动京津冀协同发展。"})
>>> pa.segment(texts, lexicon)["a"]
['推动', '京津冀协同发展']

A corpus is a ``DataFrame`` with one row per unit of text, tokens are a ``Series`` of
lists of words on the corpus's index, and a finding is a tidy ``DataFrame``. The public names
stand in ``__init__.pyi``, by step, and are imported when first used; what one step alone has need
of is found as ``pa.STEP.name``, such as ``pa.topics.recovery``.
"""

import lazy_loader

__version__ = "0.2.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
