"""Real bytes in every encoding come back as the text they were; everything else is refused."""

import random
import time

import opencc
import pandas as pd
import pytest

from analysis import DATA, load_corpus, normalisation_report, normalise
from analysis.reading.decoding import FREQUENT, PLAUSIBLE, decode, score

SIMPLIFIED = "\n\n".join(load_corpus().text)
TRADITIONAL = opencc.OpenCC("s2tw").convert(SIMPLIFIED)
READ_AS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "big5": "big5",
    "cp950": "big5",
    "big5hkscs": "big5",
}
MARKED = {
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
    "gb18030": b"\x84\x31\x95\x33",
}


def texts_for(encoding):
    """Give the articles as far as the encoding has their characters."""
    texts = [TRADITIONAL] if "5" in encoding or "950" in encoding else [SIMPLIFIED, TRADITIONAL]
    return [text.encode(encoding, "ignore").decode(encoding) for text in texts]


@pytest.mark.parametrize("encoding", READ_AS)
def test_whole_articles_in_every_encoding(encoding):
    for text in texts_for(encoding):
        document = decode(text.encode(encoding))
        assert (document.text, document.read_as) == (text, READ_AS[encoding])
        assert document.notes == ()


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_decides_and_is_taken_off(encoding):
    document = decode(MARKED[encoding] + "协同".encode(encoding))
    assert (document.text, document.read_as) == ("协同", encoding)


@pytest.mark.parametrize("encoding", READ_AS)
def test_slices_of_sixteen_characters_are_never_mistaken(encoding):
    rng = random.Random(11)
    for text in texts_for(encoding):
        for _ in range(150):
            start = rng.randrange(len(text) - 16)
            piece = text[start : start + 16]
            read = decode(piece.encode(encoding)).text
            # The old standard's middle dot and dash have two places in Unicode.
            assert read.translate({0xB7: 0x30FB, 0x2014: 0x2015}) == piece.translate({0xB7: 0x30FB, 0x2014: 0x2015})


@pytest.mark.parametrize(
    "encoding, lost",
    [
        ("utf-8", 1),
        ("utf-8", 2),
        ("utf-8-sig", 1),
        ("gb18030", 1),
        ("big5", 1),
        ("utf-16-le", 1),
        ("utf-16-be", 1),
        ("utf-16", 1),
    ],
)
@pytest.mark.parametrize("length", [20, 400])
def test_a_file_cut_off_in_mid_character_is_refused_as_such(encoding, lost, length):
    text = next(text for text in texts_for(encoding))[:length].rstrip() + "展"
    with pytest.raises(ValueError, match=r"a\.txt ends in the middle of a character.*cut off"):
        decode(text.encode(encoding)[:-lost], "a.txt")


@pytest.mark.parametrize(
    "data, message",
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"{\\rtf1\\ansi \\'d6\\'d0}", "RTF"),
        (bytes(range(256)) * 8, "not Chinese text"),
        ("une décision générale, adoptée à Genève".encode("cp1252"), "not Chinese text"),
        ("une décision générale, adoptée à Genève".encode(), "not Chinese text.*score"),
        ("정부는 지역 균형 발전을 위하여 새로운 정책을 추진하고 있다. ".encode("euc_kr") * 6, "not Chinese text"),
        (SIMPLIFIED.encode().decode("latin-1").encode(), "not Chinese text"),
        (SIMPLIFIED.encode().decode("gb18030", "ignore").encode(), "not Chinese text"),
        (SIMPLIFIED.encode("gbk") + SIMPLIFIED.encode("utf-8"), "not Chinese text"),
    ],
)
def test_what_is_not_chinese_text_is_refused(data, message):
    with pytest.raises(ValueError, match=rf"(?s)a\.txt .*{message}"):
        decode(data, "a.txt")


def test_random_bytes_are_refused():
    rng = random.Random(5)
    for _ in range(300):
        with pytest.raises(ValueError):
            decode(rng.randbytes(rng.randrange(32, 400)))


def test_a_refusal_says_what_was_tried():
    with pytest.raises(ValueError, match="utf-8 fails at byte 0 of .*gb18030.*big5.*utf-16-be"):
        decode("à la décision générale".encode("cp1252"))


def test_two_readings_that_are_as_good_are_refused():
    with pytest.raises(ValueError, match="may be gb18030 or big5: too short to tell"):
        decode(b"\xa1\xb6")  # 《 in one, another sign in the other


def test_plain_ascii_and_lists_of_names_pass():
    assert decode(b"Jing-Jin-Ji, 2014\n").read_as == "utf-8"
    names = "张贵、吕晓静、欧阳娜、诸葛琳、司马懿、夏侯惇、" * 20
    assert decode(names.encode()).text == names


def test_a_forced_encoding_is_taken_at_its_word():
    data = "décision".encode("cp1252")
    assert decode(data, encoding="cp1252").text == "décision"
    assert decode("协同".encode("utf-8-sig"), encoding="utf-8").text == "协同"
    with pytest.raises(ValueError, match=r"a\.txt is not utf-8: what stands in line 1, byte 1 .* leave encoding= out"):
        decode(data, "a.txt", "utf-8")
    with pytest.raises(ValueError, match="no encoding 'utf-9'"):
        decode(data, "a.txt", "utf-9")


def test_characters_lost_before_are_noted():
    notes = decode((SIMPLIFIED + "\ufffd锟斤拷").encode(), "a.txt").notes
    assert len(notes) == 2 and "a.txt has 1 replacement" in notes[0]


def test_the_score_tells_right_from_wrong_by_far():
    wrong = SIMPLIFIED.encode("gbk").decode("big5", "ignore")
    assert score(SIMPLIFIED) > 1.5 > PLAUSIBLE > 0.8 > score(wrong)
    assert len(FREQUENT) == len(set(FREQUENT)) > 250


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_twenty_megabytes_take_seconds(encoding):
    data = SIMPLIFIED.encode(encoding)
    data *= 20_000_000 // len(data) + 1
    start = time.perf_counter()
    assert decode(data).text.startswith(SIMPLIFIED)
    assert time.perf_counter() - start < 15


WRITTEN = "\ufeff２０３５年，Ｇ\u200bDP\u3000增长５．２％\r\n⼈⺠\u2003cafe\u0301\rＡ．１①，\u00ad"


def test_normalisation_by_step():
    assert normalise(WRITTEN) == "2035年，GDP 增长5.2％\n人民 café\nA．1①，"
    assert "２０３５年，ＧDP" in normalise(WRITTEN, half_width=False)
    report = normalisation_report(pd.Series({"x": WRITTEN, "y": "规划"}))
    assert report.loc["x"].to_dict() == {
        "line_ends": 2,
        "invisible": 3,
        "spaces": 2,
        "radicals": 2,
        "bullets": 0,
        "zeros": 0,
        "half_width": 10,
        "composed": 2,
    }
    assert report.loc["y"].sum() == 0


def test_normalising_again_changes_nothing():
    rng = random.Random(2)
    for _ in range(300):
        text = "".join(
            chr(rng.choice([rng.randrange(0xD800), rng.randrange(0xE000, 0x10FFFF), *map(ord, WRITTEN)]))
            for _ in range(60)
        )
        once = normalise(text)
        assert normalise(once) == once


def test_normalisation_leaves_the_page_and_traditional_characters_alone():
    page = (DATA / "raw" / "theory-page.txt").read_text(encoding="utf-8")
    assert normalise(page) == page
    assert normalise(TRADITIONAL) == TRADITIONAL


def test_conversion_is_asked_for_by_name():
    assert normalise("資訊與發展", convert="t2s") == "资讯与发展"
    assert normalise("發展", convert=None) == "發展"
    with pytest.raises(ValueError, match="convert must be one of .*'t2z'"):
        normalise("發展", convert="t2z")


def test_every_radical_is_the_character_it_stands_for():
    assert normalise("信用公⺬平台，⻪池县高浓⻧水，⼈⺠⻓期") == "信用公示平台，黾池县高浓卤水，人民长期"
    supplement = [chr(code) for code in range(0x2E81, 0x2EF4) if code != 0x2E9A]  # neither is assigned before and here
    assert not [sign for sign in supplement if "\u2e80" <= normalise(sign) <= "\u2fd5"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("二○二四年、二O二四年、二０二四年、二0二四年", "、".join(["二〇二四年"] * 4)),
        ("一九八○年、二○○○年", "一九八〇年、二〇〇〇年"),
        ("三○一医院", "三〇一医院"),
        ("一○推进，ＣＯ２，一O", "一○推进，CO2，一O"),
        ("推\u3164进\ufffc\ue5e5改", "推 进 改"),
    ],
)
def test_zeros_and_blanks_are_written_in_one_way(text, expected):
    assert normalise(text) == expected


KOREAN = "정부는 지역 균형 발전을 위하여 새로운 정책을 추진하고 있다. 국회는 예산안을 심의한다."
JAPANESE = "政府は地域の均衡ある発展を図るため、新しい政策を推進している。国会は予算案を審議する。"


@pytest.mark.parametrize(
    "text, encoding",
    [(KOREAN, "euc_kr"), (KOREAN, "cp949"), (JAPANESE, "euc_jp"), (JAPANESE, "cp932"), (JAPANESE, "utf-8")],
)
@pytest.mark.parametrize("length", [16, 24, 45])
def test_short_korean_and_japanese_is_not_taken_for_chinese(text, encoding, length):
    with pytest.raises(ValueError, match=r"a\.txt (is (Korean|Japanese)|is not Chinese|may be)"):
        decode(text[:length].encode(encoding), "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_is_told_with_its_line_and_the_rest_is_read(encoding):
    lines = SIMPLIFIED.split("\n")[:9]
    data = "\n".join(lines).encode(encoding)
    place = len("\n".join(lines[:4]).encode(encoding)) + 1
    read = decode(data[:place] + b"\xff" + data[place:], "a.txt")
    assert read.read_as == encoding and read.text.count("\ufffd") == 1
    assert "line 5" in read.notes[0]
    assert read.text.replace("\ufffd", "")[:200] == "\n".join(lines)[:200]


def test_a_list_in_another_language_is_not_mended_into_chinese():
    words = (
        "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque"
    )
    for encoding in ("utf-8", "cp1252"):
        with pytest.raises(ValueError, match="not Chinese text"):
            decode("\n".join((words + " señor también están había años").split()).encode(encoding))


def test_private_characters_are_no_reason_to_refuse():
    assert decode("\uf06c推进改造，\uf06c健全机制，\uf0d8落实。".encode()).read_as == "utf-8"
    indented = b"\xa3\xa0\xa3\xa0" + "推进老旧小区改造。".encode("gbk")
    assert normalise(decode(indented).text).strip() == "推进老旧小区改造。"


def test_a_text_of_which_a_part_was_misread_is_refused_or_told():
    garbled = SIMPLIFIED[:900].encode().decode("gb18030", "ignore")
    with pytest.raises(ValueError, match=r"% of a\.txt was read in a wrong encoding .*line"):
        decode((SIMPLIFIED[:2000] + "\n" + garbled).encode(), "a.txt")
    little = SIMPLIFIED + "\n" + SIMPLIFIED[:40].encode().decode("latin-1")
    assert "wrong encoding" in decode(little.encode(), "a.txt").notes[0]
    russian = SIMPLIFIED + "\nПравительство приняло программу развития регионов страны."
    assert decode(russian.encode(), "a.txt").notes == ()


def test_a_text_full_of_radicals_is_no_misread_one():
    text = "⼈⺠政府办公室⼤⼒推进⽼旧⼩区改造⼯作，⽅便⽣活。\n" * 3
    assert normalise(decode(text.encode()).text).startswith("人民政府办公室大力推进老旧小区改造工作，方便生活。")


def test_bullets_of_symbol_fonts_are_signs():
    assert normalise("\uf06c推进\uf0d8落实\uf0fc完成\uf0b7") == "●推进➢落实✓完成•"
    assert normalise("\ue123") == "\ue123"
