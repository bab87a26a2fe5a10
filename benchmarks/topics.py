"""Speed, memory and recovery of known branches on thousands of laws, beside plain scripts.

    python benchmarks/topics.py LAWS.jsonl.gz [--parts speed,known,choose]

Each line of the file is a JSON object with ``id`` (``branch/title(date)``) and ``text``. Every
run is a process of its own, with its peak memory and that of its children. tomotopy is timed
where it is installed (pip install tomotopy).

Known answers, from the ids alone:
branch   the folder of a national law (行政法, 经济法, ...), seven of them
subject  laws whose title has a word of one subject below, and of no other
"""

import argparse
import gzip
import json
import re
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

BRANCHES = ("宪法相关法", "行政法", "经济法", "社会法", "民法商法", "诉讼与非诉讼程序法", "刑法")
SUBJECTS = {
    "tax": "税",
    "customs": "海关",
    "environment": "环境|污染",
    "labour": "劳动|工会|就业",
    "education": "教育|学校|教师",
    "transport": "道路|交通|公路|铁路",
    "food and drugs": "食品|药",
    "housing": "物业|住宅|房屋",
    "heritage": "文物|古城|历史文化|遗产",
    "congresses": "人民代表大会|选举",
    "nature": "森林|林业|湿地|野生",
    "groups of people": "老年|未成年|妇女|残疾",
    "safety": "安全生产|消防",
}
TOPICS = 20


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["id"] for row in rows], [row["text"] for row in rows]


def plain(path, cut):
    """The usual script: segment, TfidfVectorizer, NMF, top ten words."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = read(path)[1]
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(" ".join(cut(text)) for text in texts)
    model = NMF(TOPICS, random_state=0).fit(matrix)
    words = vectorizer.get_feature_names_out()
    return [[words[i] for i in row.argsort()[::-1][:10]] for row in model.components_]


def plain_jieba(path):
    import jieba

    return plain(path, jieba.cut)


def plain_rjieba(path):
    import rjieba

    return plain(path, rjieba.cut)


def by_tomotopy(path):
    """Collapsed Gibbs sampling, 200 rounds, on the package's tokens."""
    import tomotopy

    from analysis import segment

    model = tomotopy.LDAModel(k=TOPICS, min_df=2, rm_top=50, seed=0)
    for words in segment(_series(path)):
        model.add_doc(words)
    model.train(200, workers=2)
    return [[word for word, _ in model.get_topic_words(k, top_n=10)] for k in range(TOPICS)]


def package(path):
    import analysis as pa

    tokens = pa.segment(_series(path), stopwords=pa.load_stopwords())
    return _words(pa.cluster(tokens, TOPICS))


def package_kmeans(path):
    import analysis as pa

    tokens = pa.segment(_series(path), stopwords=pa.load_stopwords())
    return _words(pa.cluster(pa.vectorise(tokens, kind="lsa"), TOPICS, method="kmeans"))


def _series(path):
    import pandas as pd

    return pd.Series(read(path)[1], dtype=object)


def _words(topics):
    return topics.terms.groupby("topic").term.agg(list).tolist()


def choose(path):
    from joblib.externals.loky import get_reusable_executor

    import analysis as pa

    tokens = pa.segment(_series(path), stopwords=pa.load_stopwords())
    plan = {"bootstraps": 5, "null_bootstraps": 3, "seeds": 2, "nulls": 1}
    runs = pa.resample_topics(tokens, [5, 10, 15, 20, 30], kind="lsa", min_df=5, n_jobs=2, progress=True, **plan)
    get_reusable_executor().shutdown(wait=True)  # workers are measured once they have ended
    return [pa.choose_k(runs).reason]


def choose_articles(path):
    import analysis as pa

    corpus = pa.load_corpus()
    tokens = pa.segment(corpus.text, pa.load_lexicon(), stopwords=pa.load_stopwords())
    return [pa.choose_k(pa.resample_topics(tokens, range(2, 7), null_bootstraps=10)).reason]


RUNS = {
    run.__name__: run
    for run in (plain_jieba, plain_rjieba, by_tomotopy, package, package_kmeans, choose, choose_articles)
}


def measured(path, name):
    """Run in a process of its own; return seconds by clock and processor, peak MB, result.

    The peak is that of the process; of its workers, the largest.
    """
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(
        [sys.executable, __file__, path, "--run", name], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = json.loads(out.splitlines()[-1])
    return seconds, processor, found["own"], found["children"], found["result"]


def run_here(path, name):
    result = RUNS[name](path)
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"result": result, "own": own, "children": children}, ensure_ascii=False))


def speed(path):
    import pandas as pd

    import analysis as pa

    names = ["plain_jieba", "plain_rjieba", "package", "package_kmeans"]
    names += ["by_tomotopy"] if find_spec("tomotopy") else []
    found = {name: measured(path, name) for name in names}
    tokens = pa.segment(_series(path))  # all words, so that every script's top words are there
    known = set().union(*tokens)
    rows = []
    for name, (seconds, processor, own, _, topics) in found.items():
        topics = [[word for word in topic if word in known] for topic in topics]
        npmi = pa.topic_coherence(tokens, topics).mean()
        rows.append((
            name,
            seconds,
            processor,
            seconds / found["plain_jieba"][0],
            seconds / found["plain_rjieba"][0],
            own,
            npmi,
        ))
    print(
        pd
        .DataFrame(rows, columns=["run", "seconds", "processor s", "of jieba", "of rjieba", "peak MB", "NPMI"])
        .round(3)
        .to_string(index=False),
        "\n",
    )


def choices(path):
    for name in ("choose_articles", "choose"):
        seconds, processor, own, children, reason = measured(path, name)
        print(
            f"{name}: {seconds:.1f} s ({processor:.1f} s of processors), {own:.0f} MB, workers "
            f"up to {children:.0f} MB each\n  {reason[0]}"
        )
    print()


def known(path):
    import pandas as pd
    import rjieba
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    import analysis as pa

    ids, texts = read(path)
    rows = []
    for case, labels in known_labels(ids).items():
        keep = [i for i, label in enumerate(labels) if label]
        answer, part = pd.Series([labels[i] for i in keep]), pd.Series([texts[i] for i in keep])
        k = answer.nunique()
        matrix = TfidfVectorizer().fit_transform(" ".join(rjieba.cut(text)) for text in part)
        for seed in range(5):
            found = pd.Series(KMeans(k, random_state=seed).fit_predict(matrix))
            rows.append((case, k, len(keep), "plain script", pa.topics.recovery(found, answer)))
        tokens = pa.segment(part, stopwords=pa.load_stopwords())
        vectors = pa.vectorise(tokens)
        reduced = pa.vectorise(tokens, kind="lsa")
        for method in ("nmf", "lda", "kmeans", "agglomerative"):
            for seed in range(5 if method in ("lda", "kmeans") else 1):
                space = reduced if method in ("kmeans", "agglomerative") else vectors
                found = pa.cluster(space, k, method=method, seed=seed).units.topic
                rows.append((case, k, len(keep), method, pa.topics.recovery(found, answer)))
    table = pd.DataFrame(
        [(*row[:4], row[4]["ari"], row[4]["nmi"]) for row in rows],
        columns=["known", "k", "laws", "method", "ARI", "NMI"],
    )
    groups = table.groupby(["known", "k", "laws", "method"], sort=False)
    print(
        groups
        .agg(runs=("ARI", "size"), ARI=("ARI", "mean"), lowest=("ARI", "min"), NMI=("NMI", "mean"))
        .round(3)
        .reset_index()
        .to_string(index=False),
        "\n",
    )


def known_labels(ids):
    """Return, for each known answer, the label of every law or None."""
    titles = [re.sub(r"\(.*$", "", name.split("/")[1]) for name in ids]
    hits = [[subject for subject, words in SUBJECTS.items() if re.search(words, title)] for title in titles]
    folders = [name.split("/")[0] for name in ids]
    return {
        "branch": [folder if folder in BRANCHES else None for folder in folders],
        "subject": [hit[0] if len(hit) == 1 else None for hit in hits],
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("laws")
    parser.add_argument("--parts", default="speed,known,choose")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        run_here(arguments.laws, arguments.run)
    else:
        for part in arguments.parts.split(","):
            {"speed": speed, "known": known, "choose": choices}[part](arguments.laws)
