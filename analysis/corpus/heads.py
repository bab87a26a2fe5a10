"""What the head and the foot of an official document say of it: issuer, number, date, addressee."""

import re
from collections.abc import Sequence

import pandas as pd

from analysis._checks import check_texts
from analysis.corpus.recognition import recognise
from analysis.reading.lines import DATE, line_kind

COLUMNS = ("issuer", "number", "date", "addressee")


def document_heads(texts: pd.Series) -> pd.DataFrame:
    """Read issuer, number, date and addressee where documents print them.

    Parameters
    ----------
    texts : Series of str
        One document each.

    Returns
    -------
    DataFrame
        On the same index; ``issuer`` (above the text, else the first signature), ``number`` (国发〔2018〕41号),
        ``date`` (below the signature, else above the text) and ``addressee`` (without its colon), as printed; ``""``
        where there is none.

    Examples
    --------
    >>> text = "关于修渠的通知\\n河府发〔2024〕12号\\n各乡镇人民政府：\\n请认真执行。\\n河口县人民政府\\n2024年5月6日"
    >>> document_heads(pd.Series({"a": text})).loc["a"].tolist()
    ['河口县人民政府', '河府发〔2024〕12号', '2024年5月6日', '各乡镇人民政府']

    Notes
    -----
    A document that forwards another has the head of the letter, not of what it forwards.
    """
    check_texts(texts)
    rows = [_head(text) for text in texts]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=texts.index)


def _head(text: str) -> tuple[str, str, str, str]:
    lines = recognise(text)
    first = next((i for i, line in enumerate(lines) if line.kind in ("annex", "title")), len(lines))
    front = [(line_kind(line.text), line.text) for line in lines if line.kind == "front"]
    foot = [(line.kind, line.text) for line in lines[:first] if line.kind in ("signature", "date")]
    issuer = _first("signature", front) or _first("signature", foot)
    date = _first("date", foot) or _first("date", front)
    adopted = re.search(DATE, _first("adopted", front))
    return (
        issuer,
        _first("number", front),
        date or (adopted[0] if adopted else ""),
        _first("addressee", front).rstrip("：:"),
    )


def _first(kind: str, lines: Sequence[tuple[str | None, str]]) -> str:
    return next((text.strip("（）()") if kind == "date" else text for found, text in lines if found == kind), "")
