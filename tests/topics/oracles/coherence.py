"""Write coherence.json: coherence of four topics of the page, by gensim and by tomotopy.

Tokens are the page's characters, block by block, so that no lexicon moves the numbers. Both
libraries are given the sliding windows as documents of their own. Given the texts, gensim 4.4.0
drops a term that stands twice in a window as soon as the window leaves its first occurrence,
and tomotopy 0.14.0 does not form every window of a text; the definition allows neither.

    pip install gensim==4.4.0 tomotopy==0.14.0
    python tests/topics/oracles/coherence.py
"""

import json
from pathlib import Path

WINDOWS = {"npmi": 10, "c_v": 110}
TOPICS = ["创新科技", "安全风险", "协同区域发展", "京津冀产业"]
ROOT = Path(__file__).resolve().parents[3]


def blocks() -> list[list[str]]:
    page = (ROOT / "data" / "raw" / "theory-page.txt").read_text(encoding="utf-8")
    return [list("".join(block.split())) for block in page.split("\n\n") if block.strip()]


def windows(texts: list[list[str]], size: int) -> list[list[str]]:
    return [text[i : i + size] for text in texts for i in range(max(len(text) - size + 1, 1))]


def by_gensim(documents: list[list[str]], measure: str) -> list[float]:
    from gensim.corpora import Dictionary
    from gensim.models.coherencemodel import CoherenceModel

    dictionary = Dictionary(documents)
    everything = list(dictionary.token2id)  # else windows without a term of a topic do not count
    model = CoherenceModel(
        topics=[*map(list, TOPICS), everything],
        texts=documents,
        dictionary=dictionary,
        coherence="c_npmi" if measure == "npmi" else measure,
        window_size=10**6,
        topn=10**6,
        processes=1,
    )
    return [round(float(value), 9) for value in model.get_coherence_per_topic()[: len(TOPICS)]]


def by_tomotopy(documents: list[list[str]], measure: str) -> list[float]:
    from tomotopy import coherence, utils

    corpus = utils.Corpus()
    for document in documents:
        corpus.add_doc(document)
    kinds = (
        (coherence.Segmentation.ONE_ONE, coherence.ConfirmMeasure.NPMI)
        if measure == "npmi"
        else (coherence.Segmentation.ONE_SET, coherence.ConfirmMeasure.NPMI, coherence.IndirectMeasure.COSINE)
    )
    found = coherence.Coherence(
        corpus, (coherence.ProbEstimation.DOCUMENT, *kinds), targets=sorted(set("".join(TOPICS)))
    )
    return [round(found.get_score(words=list(topic)), 9) for topic in TOPICS]


if __name__ == "__main__":
    cut = {measure: windows(blocks(), size) for measure, size in WINDOWS.items()}
    table = {
        name: {measure: by(documents, measure) for measure, documents in cut.items()}
        for name, by in (("gensim 4.4.0", by_gensim), ("tomotopy 0.14.0", by_tomotopy))
    }
    target = Path(__file__).with_suffix(".json")
    target.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
