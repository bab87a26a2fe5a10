"""All words that figures print, in English and Chinese."""

WORDS = {
    # columns of tables
    "tfidf": ("tf-idf weight (per 1,000 tokens)", "tf-idf 权重（每千词）"),
    "per_1000": ("per 1,000 tokens", "每千词次数"),
    "per_10k": ("per 10,000 characters", "每万字次数"),
    "count": ("occurrences", "出现次数"),
    "weight": ("weight", "权重"),
    "ctfidf": ("class-based tf-idf", "类别 tf-idf"),
    "frex": ("frequent and exclusive (FREX)", "高频且专属（FREX）"),
    "strength": ("strength", "强度"),
    "share": ("share of tokens, with 95 % interval", "词数占比及95%区间"),
    "rate": ("pages restored exactly", "完全修复的页面比例"),
    # pages
    "page": ("as extracted", "提取时的顺序"),
    "restored": ("restored", "修复后的顺序"),
    "joined": ("joined", "拼接"),
    "none": ("none", "无损"),
    "break after a comma": ("break after a comma", "逗号处断开"),
    "break in mid-clause": ("break in mid-clause", "句中断开"),
    "characters printed twice": ("characters printed twice", "断处重字"),
    "boxed lead": ("boxed lead", "导语框入正文"),
    "beginning after the end": ("beginning after the end", "首尾倒置"),
    "split title": ("split title", "标题分行"),
    "all": ("all", "全部叠加"),
    # segmentation
    "without": ("stock dictionary", "默认词典"),
    "with": ("with lexicon", "使用词表"),
    "printed": ("printed", "印刷次数"),
    # keywords
    "log_ratio": (
        "log ratio: ← more in {reference}   |   more in {target} →",
        "对数比率：← {reference}用得多   |   {target}用得多 →",
    ),
    "target": ("target", "目标语料"),
    "reference": ("reference", "参照语料"),
    "sure": ("interval without 0", "区间不含 0"),
    "unsure": ("interval with 0", "区间含 0"),
    "running": ("place in the text (share of its tokens)", "在文中的位置（词数占比）"),
    "first_document": ("first document with the term", "首次出现的文档"),
    # topics
    "topic": ("Topic", "主题"),
    "k": ("number of topics k", "主题数 k"),
    "null": ("shuffled tokens", "词语随机重排"),
    "from_first": ("share of the text's tokens, from first to last", "从首段到末段的词数累计占比"),
    "first_axis": ("first axis", "第一轴"),
    "second_axis": ("second axis", "第二轴"),
    "seed": ("seed", "随机种子"),
    "nmf": ("NMF", "NMF"),
    "lda": ("LDA", "LDA"),
    "kmeans": ("k-means", "k-means"),
    "agglomerative": ("Ward's tree", "Ward 聚类"),
    # measures of choose_k()
    "ari": ("Agreement (ARI)", "划分一致性（ARI）"),
    "jaccard": ("Top terms (Jaccard)", "主题词重合（Jaccard）"),
    "omega": ("McDonald's omega", "McDonald ω"),
    "ari_seeds": ("Agreement of seeds (ARI)", "不同种子的一致性（ARI）"),
    "npmi": ("Coherence (NPMI)", "连贯性（NPMI）"),
    "c_v": ("Coherence (c_v)", "连贯性（c_v）"),
    "silhouette": ("Silhouette (cosine)", "轮廓系数（余弦）"),
    "exclusivity": ("Exclusivity", "专属度"),
    # consensus
    "together": ("share of models that put both together", "两者归入同一主题的模型占比"),
    "apart": ("share of models that part the branches", "将两支分开的模型占比"),
    "back": ("{survival:.0%} · chance {null:.0%}", "{survival:.0%} · 随机 {null:.0%}"),
    "survives": ("survives", "稳定"),
    "borderline": ("borderline", "临界"),
    "dissolves": ("dissolves", "不稳定"),
}


def word(key: str, lang: str) -> str:
    """Return a word of the figures; what they have no word for is printed as it is.

    Examples
    --------
    >>> word("count", "en"), word("count", "zh"), word("my_measure", "zh")
    ('occurrences', '出现次数', 'my_measure')
    """
    return WORDS[key][lang == "zh"] if key in WORDS else key
