"""Chinese policy text mining: verbs on tables.

>>> import analysis as pa
>>> corpus = pa.load_corpus()
>>> tokens = pa.segment(corpus.text, lexicon=pa.load_lexicon())
>>> tokens.index.equals(corpus.index)
True

A corpus is a ``DataFrame`` with one row per unit of text, tokens are a ``Series`` of
lists of words on the corpus's index, and a finding is a tidy ``DataFrame``. Names are
imported when first used, so that ``import analysis`` costs nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "DATA": "_paths",
    "ROOT": "_paths",
    "accept_terms": "segmentation.discovery",
    "align_kwic": "textstats.concordance",
    "article_name": "figures.common",
    "build_profile": "textstats.reference",
    "choose_k": "topics.choice",
    "cluster": "topics.clustering",
    "cluster_runs": "topics.agreement",
    "collocations": "textstats.concordance",
    "consensus": "textstats.keywords",
    "consensus_clusters": "topics.consensus",
    "discover_terms": "segmentation.discovery",
    "dispersion": "textstats.dispersion",
    "evaluate_segmentation": "segmentation.evaluation",
    "explore_seeds": "figures.topics",
    "figure": "figures.style",
    "filter_tokens": "textstats.counts",
    "find_coinages": "corpus.mentions",
    "find_documents": "corpus.mentions",
    "find_terms": "corpus.mentions",
    "frequencies": "textstats.counts",
    "headlines": "corpus.structure",
    "keyness": "textstats.keyness",
    "keywords": "textstats.keywords",
    "kwic": "textstats.concordance",
    "load_aliases": "segmentation.lexicon",
    "load_articles": "corpus.loading",
    "load_corpus": "corpus.loading",
    "load_glosses": "segmentation.lexicon",
    "load_lexicon": "segmentation.lexicon",
    "load_profile": "textstats.reference_files",
    "load_readings": "corpus.loading",
    "load_repairs": "corpus.loading",
    "load_stopwords": "segmentation.lexicon",
    "load_tokens": "segmentation.parts",
    "normalisation_report": "reading",
    "normalise": "reading",
    "outline": "corpus.structure",
    "page_layout": "figures.pages",
    "plot_agreement": "figures.common",
    "plot_choose_k": "figures.topics",
    "plot_consensus": "figures.clusters",
    "plot_dendrogram": "figures.clusters",
    "plot_flow": "figures.topics",
    "plot_heatmap": "figures.common",
    "plot_history": "figures.keywords",
    "plot_intervals": "figures.common",
    "plot_keyness": "figures.keywords",
    "plot_keywords": "figures.common",
    "plot_lexicon_effect": "figures.common",
    "plot_network": "figures.keywords",
    "plot_outline": "figures.pages",
    "plot_page": "figures.pages",
    "plot_positions": "figures.keywords",
    "plot_rates": "figures.pages",
    "plot_runs": "figures.topics",
    "plot_shares": "figures.common",
    "plot_topic_map": "figures.clusters",
    "plot_topic_shares": "figures.topics",
    "plot_topic_terms": "figures.topics",
    "plot_wordclouds": "figures.common",
    "read_folder": "reading",
    "read_text": "reading",
    "recovery": "topics.agreement",
    "representatives": "topics.description",
    "resolve_aliases": "segmentation.segment",
    "restoration_rates": "restoration",
    "restore": "restoration",
    "save_figure": "figures.style",
    "save_profile": "textstats.reference_files",
    "scramble": "restoration",
    "section_name": "figures.common",
    "section_starts": "textstats.dispersion",
    "seed_agreement": "topics.agreement",
    "segment": "segmentation.segment",
    "segmentation_errors": "segmentation.errors",
    "segment_files": "segmentation.streaming",
    "shares": "topics.description",
    "split_clauses": "corpus.sentences",
    "split_sentences": "corpus.sentences",
    "tag_tokens": "segmentation.tagging",
    "term_history": "textstats.reference",
    "term_matrix": "textstats.counts",
    "term_positions": "textstats.dispersion",
    "topic_coherence": "topics.coherence",
    "undo": "restoration",
    "use_style": "figures.style",
    "vectorise": "topics.clustering",
}

_STEPS = ("reading", "restoration", "corpus", "segmentation", "textstats", "topics", "figures")

__all__ = sorted(_HOME)


def __getattr__(name: str):
    if name in _STEPS:
        return import_module(f"analysis.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(f"analysis.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME, *_STEPS})
