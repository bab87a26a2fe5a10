"""The line under a title that names the authors, as newspapers print it."""

import re
from functools import lru_cache

from analysis.reading.names import OFFICE, PADDED, close_up, is_name, is_word

_LONGEST = 40
_MARKS = re.compile(r"[□■○●◎◆◇▲△★☆▪◼◾]\s*")
_ROLE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:(?:本报|本刊|本网|新华社|特约|特派|见习|实习|首席)*(?:记者|通讯员|评论员|撰稿人?)[:：/／|]?"
    r"|(?:作者|撰文|执笔)(?=[:：/／|\s])[:：/／|]?|[文图][/／][文图]\s|[文图]{1,2}[:：/／|])\s*"
)
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


@lru_cache(maxsize=4096)
def byline_names(block: str) -> tuple[str, ...]:
    """The names in a byline, or none when the block is not one.

    Besides names there may be marks (■), what announces them (本报记者, 文/), and offices or units; a name of two
    characters may be padded with a space.
    """
    if len(block) > _LONGEST or re.search("[。；！？…《》“”]", block):
        return ()
    bare, marked = _without_roles(block)
    tokens = list(filter(None, re.split(r"[\s、，,;；/／]+", close_up(bare))))
    marked = marked or any(OFFICE.fullmatch(token) for token in tokens)
    names: list[str] = []
    for token in tokens:
        office = OFFICE.match(token)
        if is_name(token) and (marked or not is_word(token)):
            names.append(token)
        elif office and (office.end() == len(token) or is_name(token[office.end() :])):
            names += [token[office.end() :]] if office.end() < len(token) else []
        else:
            return ()
    return tuple(names)


def _without_roles(block: str) -> tuple[str, bool]:
    """Take away marks, roles and brackets; and say whether there is a sign that names follow."""
    bare = _ROLE.sub(" ", _MARKS.sub("", block.strip()))
    return _BRACKETED.sub(" ", bare), bare != block.strip() or bool(PADDED.search(block))
