"""Parts of speech, of the words that a text was cut into."""

import re
import sys
import unicodedata
from collections.abc import Collection

import pandas as pd

from analysis._checks import check_token_lists
from analysis._jieba import read_dictionary
from analysis.segmentation.provenance import fingerprint_of, settings_of
from analysis.segmentation.standard import is_punctuation

NUMERAL = re.compile(
    r"第?[0-9.]+(万亿|[万亿])?[%‰]?(°C|年度?|年代|月份?|日)?"
    r"|第?[一二三四五六七八九十百千万亿零〇两几]+"
)
SUFFIX_TAGS = {"化": "v", "性": "n", "率": "n", "型": "b", "式": "b", "级": "b"}


def tag_tokens(tokens: pd.Series, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Give every token its part of speech.

    Parameters
    ----------
    tokens : Series of lists of str
        What :func:`analysis.segment` returns.
    lexicon : DataFrame, optional
        Its terms get the tag in its column ``tag``, or ``nz`` where neither it nor the dictionary has one.

    Returns
    -------
    Series of lists of str
        Tags of the same lengths on the same index, in jieba's tag set (ICTCLAS): ``n``, ``v``, ``vn``, ….

    Examples
    --------
    >>> tag_tokens(pd.Series([["推动", "协同", "发展", "常态化", "2035年"]]))[0]
    ['v', 'n', 'vn', 'v', 'm']

    Notes
    -----
    A word has the tag that it most often has in jieba's dictionary, whatever its context (发展 is
    always ``vn``); a word that it lacks has the tag of its end. Too coarse for a claim about nouns and verbs.
    """
    check_token_lists(tokens)
    words = read_dictionary()
    names = {} if lexicon is None else dict.fromkeys(lexicon.index, "nz")
    own = own_tags(lexicon)
    tags: dict[str, str] = {}

    def tag(token: str) -> str:
        if token not in tags:
            known = words[token][1] if token in words else None
            tags[token] = own.get(token) or known or names.get(token) or _guess_tag(token, words)
        return tags[token]

    return tokens.map(lambda row: [tag(token) for token in row])


def own_tags(lexicon: pd.DataFrame | None) -> dict[str, str]:
    """Return the tags that a lexicon gives to its terms."""
    if not isinstance(lexicon, pd.DataFrame) or "tag" not in lexicon:
        return {}
    return {term: tag for term, tag in lexicon.tag.items() if isinstance(tag, str) and tag}


def _guess_tag(token: str, words: dict[str, tuple[int, str]]) -> str:
    """Tag a word that neither dictionary nor lexicon has by its signs, or by its end."""
    plain = unicodedata.normalize("NFKC", token)  # ＡＩ, １０, ％, ① and Ⅲ as AI, 10, %, 1 and III
    if NUMERAL.fullmatch(plain) or token and (unicodedata.category(token[0]) in ("No", "Nl")):
        return "m"
    if is_punctuation(token):
        return "x"
    if plain.isascii():
        return "eng"
    if token[-1] in SUFFIX_TAGS:
        return SUFFIX_TAGS[token[-1]]
    ends = (token[i:] for i in range(1, len(token)))
    return next((words[end][1] for end in ends if end in words), "n")


def check_pos(pos: Collection[str], lexicon: pd.DataFrame | None) -> None:
    """Refuse a part of speech that no word can have, before all is cut for nothing."""
    if not pos:
        return
    tags = sorted({tag for _, tag in read_dictionary().values()} | {"eng", "nz"} | set(own_tags(lexicon).values()))
    if unknown := [one for one in pos if not one or not any(tag.startswith(one) for tag in tags)]:
        raise ValueError(f"pos has {unknown}, which no tag begins with; tags are jieba's (ICTCLAS): {', '.join(tags)}.")


def keep_pos(tokens: pd.Series, pos: Collection[str], lexicon: pd.DataFrame | None) -> pd.Series:
    """Keep the tokens whose part of speech begins with one of those given."""
    pairs, wanted = zip(tokens, tag_tokens(tokens, lexicon), strict=True), tuple(pos)
    rows = [[token for token, tag in zip(*pair, strict=True) if tag.startswith(wanted)] for pair in pairs]
    return pd.Series(rows, index=tokens.index, name="tokens", dtype=object)


def fingerprint_of_tags(lexicon: pd.DataFrame | None) -> str:
    """Tell apart tokens chosen by other tags."""
    return fingerprint_of([settings_of(sys.modules[__name__]), *sorted(own_tags(lexicon).items())])
