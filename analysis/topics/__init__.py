"""Themes of a corpus: found, described, and doubted.

``vectors`` and ``models`` under ``clustering`` (one model), ``description`` (shares, sentences) and ``coherence``;
``choice`` says how many topics there are, from the ``spectrum`` of the units, ``planting`` makes corpora to try that
on, and ``rates`` knows how often it is right; ``resampled`` fits many models, from which ``consensus`` reads which
units stay together; ``agreement`` compares models.
"""

from analysis.topics.agreement import cluster_runs as cluster_runs
from analysis.topics.agreement import recovery as recovery
from analysis.topics.agreement import seed_agreement as seed_agreement
from analysis.topics.choice import choose_k as choose_k
from analysis.topics.choice import power as power
from analysis.topics.clustering import cluster as cluster
from analysis.topics.coherence import topic_coherence as topic_coherence
from analysis.topics.consensus import consensus_clusters as consensus_clusters
from analysis.topics.description import representatives as representatives
from analysis.topics.description import shares as shares
from analysis.topics.planting import plant as plant
from analysis.topics.rates import rates as rates
from analysis.topics.resampled import resample_topics as resample_topics
from analysis.topics.vectors import vectorise as vectorise
