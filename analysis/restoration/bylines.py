"""The line under a title that names the authors, as newspapers print it."""

import re
from functools import lru_cache

from analysis.reading.names import OFFICE, PADDED, close_up, is_name, is_word

_LONGEST = 40
_MARKS = re.compile(r"[□■○●◎◆◇▲△★☆▪◼◾]\s*")
_ROLE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:(?:本报|本刊|本网|新华社|[\u4e00-\u9fff]{2,4}[日晚时周早]报|特约|特派|见习|实习|首席)*(?:记者|通讯员|评论员|撰稿人?|实习生)[:：/／|]?"
    r"|(?:作者|撰文|执笔|口述|整理|采写|策划|摄影|供稿|编辑)(?=[:：/／|\s])[:：/／|]?|[文图][/／][文图]\s|[文图]{1,2}[:：/／|])\s*"
    r"|(?<=[\u4e00-\u9fff])[/／\s](?:文|图|文图|摄|报道|整理)$"
)
_COLLECTIVE = re.compile(
    r"[■□●◆▲\s]*(?:(?:本报|本刊|新华社|[\u4e00-\u9fff]{2,4}[日晚时周早]报)?(?:特约|首席)?(?:评论员|编辑部)"
    r"|[\u4e00-\u9fff]{2,24}(?:课题组|编辑部|编写组|调研组|学习中心组|理论中心组|评论员))"
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
    names = [_name_in(token, marked) for token in tokens]
    known = marked or any(name is not None and is_name(name) for name in names)
    return tuple(filter(None, names)) if known and None not in names else ()


def _name_in(token: str, marked: bool) -> str | None:
    """The name in a token, nothing if it is an office or a unit, None if it is neither.

    A name whose surname is not in the list is believed beside another name or a mark, if it is no word.
    """
    if is_name(token) and (marked or not is_word(token)):
        return token
    office = OFFICE.match(token)
    if office and (office.end() == len(token) or is_name(token[office.end() :])):
        return token[office.end() :]
    return token if re.fullmatch("[\u3400-\u9fff]{2,6}", token) and not is_word(token) else None


def is_byline(block: str) -> bool:
    """Whether a block names authors, persons or a body such as 本报评论员."""
    return bool(byline_names(block)) or bool(_COLLECTIVE.fullmatch(block.strip()))


def _without_roles(block: str) -> tuple[str, bool]:
    """Take away marks, roles and brackets; and say whether there is a sign that names follow."""
    block = re.sub(r"^[（(]([^（）()]*)[）)]$", r"\1", block.strip())
    bare = _ROLE.sub(" ", _MARKS.sub("", block))
    return _BRACKETED.sub(" ", bare), bare != block or bool(PADDED.search(block))
