"""Speed, memory and recovery of known branches on thousands of laws, beside plain scripts.

    python benchmarks/topics.py LAWS.jsonl.gz [--parts speed,known,choose,verdicts]

Each line of the file is a JSON object with ``id`` (``branch/title(date)``) and ``text``. Every
run is a process of its own, with its peak memory and that of its children. tomotopy is timed
where it is installed (pip install tomotopy).

Known answers, from the ids alone:
branch   the folder of a national law (行政法, 经济法, ...), seven of them
subject  laws whose title has a word of one subject below, and of no other

``--parts verdicts`` counts how often choose_k and consensus_clusters are right on corpora whose answer is known, and
writes topics.csv beside this script and the sums of it to analysis/data/topic_rates.csv. It takes half an hour. Nothing
was tuned on these settings and seeds.
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
    import analysis as pa

    tokens = pa.segment(_series(path), stopwords=pa.load_stopwords())
    return [pa.choose_k(tokens, min_df=5).reason]


def choose_articles(path):
    import analysis as pa

    corpus = pa.load_corpus()
    tokens = pa.segment(corpus.text, pa.load_lexicon(), stopwords=pa.load_stopwords())
    return [pa.choose_k(tokens).reason]


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


# Settings of plant(), and topics of another making: "dirichlet" is the concentration around a common law of Zipf.
SETTINGS = {
    "half": {"share": 0.55, "vocabulary": 500, "exponent": 0.9},
    "three quarters": {"share": 0.75, "vocabulary": 1500, "exponent": 1.1},
    "overlap": {"share": 0.8, "overlap": 0.2, "vocabulary": 600, "exponent": 0.8},
    "bursts": {"share": 0.75, "burst": 80, "vocabulary": 1000, "exponent": 1.0},
    "words of the articles": {"share": 0.7},
    "Dirichlet topics": {"dirichlet": 250},
}
CASES = [(kind, k) for kind in ("pure", "unequal", "mixed") for k in (2, 3, 4, 5)]
CASES += [("continuum", 2), ("continuum", 3), ("continuum", 4), ("unigram", 2), ("bursty", 2), ("shuffled", 2)]
TRUTHS = {"continuum": "continuum", "unigram": "no topics", "bursty": "no topics", "shuffled": "no topics"}
FIRST = 800_000  # seed


def _articles():
    import analysis as pa

    stopwords = pa.load_stopwords() | pa.load_stopwords(["policy_verb"])
    return pa.segment(pa.load_corpus(level="measure").text, pa.load_lexicon(), stopwords=stopwords, level="word")


def _corpus(articles, units, setting, kind, k, seed):
    """Return tokens and labels; 43 units have the lengths of the articles, others 80 words."""
    import pandas as pd

    from analysis.topics import plant

    sizes = articles.str.len() if units == len(articles) else pd.Series([80] * units)
    options = dict(SETTINGS[setting])
    if kind == "shuffled":
        return _shuffled(articles, sizes, seed), None
    if "dirichlet" in options:
        return _dirichlet(sizes, kind, k, options["dirichlet"], seed)
    if setting == "words of the articles":
        pool = [word for row in articles for word in row]
        sizes = articles if units == len(articles) else pd.Series([pool[i : i + 80] for i in range(units)])
    planted = plant(sizes, k, kind=kind, seed=seed, **options)
    return planted.tokens, planted.labels


def _shuffled(articles, sizes, seed):
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(seed)
    words = np.array([word for row in articles for word in row], dtype=object)
    drawn = random.permutation(np.tile(words, -(-sizes.sum() // len(words))))[: sizes.sum()]
    return pd.Series([part.tolist() for part in np.split(drawn, sizes.cumsum()[:-1])], sizes.index)


def _dirichlet(sizes, kind, k, concentration, seed):
    """Topics that are Dirichlet draws around one law of Zipf, as in a generative topic model."""
    import numpy as np
    import pandas as pd

    from analysis.topics.planting import BURST, GROUPED, KINDS

    random = np.random.default_rng(seed)
    base = 1 / np.arange(1, 901)
    topics = random.gamma(np.maximum(concentration * base / base.sum(), 1e-3), size=(k, 900))
    mixture = KINDS[kind](len(sizes), k, random)[random.permutation(len(sizes))]
    chances = mixture @ (topics / topics.sum(axis=1, keepdims=True))
    if kind == "bursty":
        chances = random.gamma(np.maximum(BURST * chances, 1e-3))
    rows = [random.multinomial(n, p / p.sum()) for n, p in zip(sizes, chances, strict=True)]
    tokens = pd.Series([[f"w{i}" for i in np.repeat(np.arange(900), row)] for row in rows], sizes.index)
    return tokens, pd.Series(mixture.argmax(axis=1), sizes.index) if kind in GROUPED else None


def _usable(tokens, labels, k):
    """Return what has terms at all, and whether NMF that is told k finds the planted groups."""
    import analysis as pa
    from analysis.textstats.counts import count_terms, encode

    kept = count_terms(encode(tokens), 2)[0].getnnz(axis=1) > 0
    tokens = tokens[kept]
    if labels is None or labels.isna().any():
        return tokens, None, True
    found = pa.cluster(tokens, k).units.topic
    return tokens, labels[kept], pa.topics.recovery(found, labels[kept])["ari"] >= 0.9


def _planted(units, repeats, judge):
    """Yield what ``judge`` counts in each corpus that counts."""
    articles = _articles()
    for place, setting in enumerate(SETTINGS):
        for kind, k in CASES:
            if kind == "shuffled" and setting != "words of the articles":
                continue
            for repeat in range(repeats * (3 if kind == "shuffled" else 1)):
                seed = FIRST + 10_000 * place + 1000 * k + repeat
                tokens, labels, usable = _usable(*_corpus(articles, units, setting, kind, k, seed), k)
                if usable:
                    yield (TRUTHS.get(kind, "groups"), units, setting, kind, k, *judge(tokens, labels, k, seed))


def _judge_choice(tokens, labels, k, seed):
    import analysis as pa

    said = pa.choose_k(tokens, seed=seed).k
    truth = k if labels is not None else None
    return 1, int(said == truth), int(said is None and truth is not None), int(said not in (None, truth))


def _judge_consensus(tokens, labels, k, seed):
    """Count clusters: a planted one that is found survives or not, and another that survives is wrong."""
    import analysis as pa

    runs = pa.resample_topics(tokens, range(2, 7), bootstraps=10, seeds=3, nulls=4, seed=seed)
    found = pa.consensus_clusters(runs)
    survives = found.clusters.survives
    if labels is None:
        return len(survives), int((~survives).sum()), 0, int(survives.sum())
    inside = [found.units.cluster == cluster for cluster in found.clusters.cluster[survives]]
    groups = [labels == group for group in set(labels)]
    planted = [max((one & other).sum() / (one | other).sum() for other in groups) > 0.5 for one in inside]
    right, wrong = sum(planted), len(planted) - sum(planted)
    return k + wrong, right, k - right, wrong


def _laws(path, repeats):
    """Yield the verdict on laws of two to five subjects."""
    import numpy as np
    import pandas as pd

    import analysis as pa

    ids, texts = read(path)
    labels = known_labels(ids)["subject"]
    keep = [i for i, label in enumerate(labels) if label]
    tokens = pa.segment(pd.Series([texts[i] for i in keep]), stopwords=pa.load_stopwords())
    label = pd.Series([labels[i] for i in keep])
    subjects = [name for name, count in label.value_counts().sort_index().items() if count >= 20]
    for repeat in range(repeats):
        random = np.random.default_rng(FIRST + repeat)
        k, each = 2 + repeat % 4, (6, 9, 15, 20)[repeat // 4 % 4]
        rows = [random.permutation(label.index[label == s])[:each] for s in random.permutation(subjects)[:k]]
        part = tokens[np.concatenate(rows)].reset_index(drop=True)
        yield "laws of several subjects", 40, "subjects in titles", "laws", k, *_judge_choice(part, label, k, repeat)


def verdicts(path):
    import pandas as pd

    choice = [*_planted(43, 5, _judge_choice), *_laws(path, 48), *_planted(120, 3, _judge_choice)]
    again = _planted(43, 1, _judge_consensus)
    rows = [("choose_k", *row) for row in choice] + [("consensus_clusters", *row) for row in again]
    columns = "verdict truth units setting kind k cases right none wrong".split()
    _write(pd.DataFrame(rows, columns=columns).groupby(columns[:6], sort=False).sum().reset_index())


def _write(table):
    """Write the counts by setting beside this script, and their sums into the package."""
    from analysis.topics.rates import TABLE

    table.to_csv(Path(__file__).with_suffix(".csv"), index=False, lineterminator="\n")
    sums = table.groupby(["verdict", "truth", "units"])[["cases", "right", "none", "wrong"]].sum().reset_index()
    sums.to_csv(TABLE, index=False, lineterminator="\n")
    print(sums.to_string(index=False))


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
            {"speed": speed, "known": known, "choose": choices, "verdicts": verdicts}[part](arguments.laws)
