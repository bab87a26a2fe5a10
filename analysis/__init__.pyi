"""The public names, by step. They are imported when first used: see ``__init__.py``."""

from . import corpus as corpus
from . import figures as figures
from . import reading as reading
from . import restoration as restoration
from . import segmentation as segmentation
from . import textstats as textstats
from . import topics as topics

# Say what holds, and where things lie
from ._claims import claim as claim
from ._paths import DATA as DATA
from ._paths import ROOT as ROOT

# Load and cut the corpus
from .corpus.loading import load_articles as load_articles
from .corpus.loading import load_corpus as load_corpus
from .corpus.mentions import find_mentions as find_mentions
from .corpus.regions import load_regions as load_regions
from .corpus.sentences import split_clauses as split_clauses
from .corpus.sentences import split_sentences as split_sentences
from .corpus.structure import outline as outline

# Draw
from .figures.clusters import plot_consensus as plot_consensus
from .figures.clusters import plot_dendrogram as plot_dendrogram
from .figures.clusters import plot_topic_map as plot_topic_map
from .figures.common import plot_heatmap as plot_heatmap
from .figures.common import plot_intervals as plot_intervals
from .figures.keywords import plot_history as plot_history
from .figures.keywords import plot_keyness as plot_keyness
from .figures.keywords import plot_keywords as plot_keywords
from .figures.keywords import plot_network as plot_network
from .figures.keywords import plot_positions as plot_positions
from .figures.keywords import plot_wordclouds as plot_wordclouds
from .figures.pages import plot_outline as plot_outline
from .figures.pages import plot_page as plot_page
from .figures.publishing import publish_figure as publish_figure
from .figures.publishing import save_figure as save_figure
from .figures.style import figure as figure
from .figures.style import use_style as use_style
from .figures.topics import explore_seeds as explore_seeds
from .figures.topics import plot_choose_k as plot_choose_k
from .figures.topics import plot_flow as plot_flow
from .figures.topics import plot_runs as plot_runs
from .figures.topics import plot_topic_shares as plot_topic_shares
from .figures.topics import plot_topic_terms as plot_topic_terms

# Read documents
from .reading.documents import read_text as read_text
from .reading.folders import read_folder as read_folder
from .reading.normalisation import normalisation_report as normalisation_report
from .reading.normalisation import normalise as normalise

# Restore pages
from .restoration.page import restore as restore
from .restoration.page import undo as undo

# Segment
from .segmentation.discovery import accept_terms as accept_terms
from .segmentation.discovery import discover_terms as discover_terms
from .segmentation.errors import segmentation_errors as segmentation_errors
from .segmentation.evaluation import evaluate_segmentation as evaluate_segmentation
from .segmentation.lexicon import load_aliases as load_aliases
from .segmentation.lexicon import load_glosses as load_glosses
from .segmentation.lexicon import load_lexicon as load_lexicon
from .segmentation.lexicon import load_stopwords as load_stopwords
from .segmentation.parts import load_tokens as load_tokens
from .segmentation.segment import resolve_aliases as resolve_aliases
from .segmentation.segment import segment as segment
from .segmentation.streaming import segment_files as segment_files
from .segmentation.tagging import tag_tokens as tag_tokens

# Count and compare
from .textstats.collocations import collocations as collocations
from .textstats.concordance import align_kwic as align_kwic
from .textstats.concordance import kwic as kwic
from .textstats.counts import filter_tokens as filter_tokens
from .textstats.counts import frequencies as frequencies
from .textstats.counts import term_matrix as term_matrix
from .textstats.dispersion import dispersion as dispersion
from .textstats.dispersion import term_positions as term_positions
from .textstats.history import term_history as term_history
from .textstats.keyness import keyness as keyness
from .textstats.keywords import keywords as keywords
from .textstats.reference import build_profile as build_profile
from .textstats.reference import load_profile as load_profile
from .textstats.reference import save_profile as save_profile

# Find themes
from .topics.choice import choose_k as choose_k
from .topics.choice import power as power
from .topics.clustering import cluster as cluster
from .topics.coherence import topic_coherence as topic_coherence
from .topics.consensus import consensus_clusters as consensus_clusters
from .topics.description import representatives as representatives
from .topics.description import shares as shares
from .topics.planting import plant as plant
from .topics.resampled import resample_topics as resample_topics
from .topics.vectors import vectorise as vectorise

__version__: str
