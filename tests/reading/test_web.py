"""The article of a web page is read whole and without its furniture, whatever the page is like."""

import json
import time
import warnings

import pytest

from analysis import load_corpus, read_text
from analysis.reading.web.document import html_document, mht_document

PARAGRAPHS = load_corpus().text.tolist()[-5:]
ONE = "推进老旧小区改造，要坚持居民自愿、因地制宜。"
TWO = "各地要健全长效管护机制，明确资金来源和责任主体。"
OTHER = "各级财政要安排专项经费，支持公共图书馆和社区食堂建设。"
OWNER = (
    "<p>主办单位：某市人民政府办公室</p><p>网站标识码：0000000001 <a href='https://beian/'>某ICP备00000000号</a> "
    "某公网安备 00000000000001号</p><p>地址：某市人民路1号</p>"
)
MENU = "".join(f'<li><a href="/{n}/">栏目{n}</a></li>' for n in range(9))
PAGE = f"""<!DOCTYPE html><html><head><meta charset="x"><title>标题</title>
<style>p {{color: red}}</style><script>var a = "脚本";</script></head><body>
<header><a href="/">首页</a></header><nav><a href="#">导航</a></nav>
<div><a href=1>新闻</a> <a href=2>政策</a> <a href=3>服务</a></div>
<div id="c"><h1>推动协同发展</h1><!-- 注释 --><p>{PARAGRAPHS[0]}<p>第一行<br>第二行</p>
<p>创新
   驱动 发展 of <b>北京</b> &amp; 天津</p><p style="display:none">隐藏</p>
<table><tr><td>地区</td><td>目标</td></tr><tr><td>北京</td><td>创新</td></tr></table>
<pre>一行
两行</pre></div><footer>版权</footer></body></html>"""
PAGE_TEXT = "\n\n".join([
    "推动协同发展",
    PARAGRAPHS[0],
    "第一行\n第二行",
    "创新驱动 发展 of 北京 & 天津",
    "地区\t目标",
    "北京\t创新",
    "一行\n两行",
])


@pytest.fixture
def read(tmp_path):
    """Read a body, or a whole page, as paragraphs and notes."""

    def reader(body, head=""):
        path = tmp_path / "page.html"
        page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
        path.write_text(page if "<body" not in body else body, encoding="utf-8")
        document = html_document(path)
        return document.text.split("\n\n"), document.notes

    return reader


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page(tmp_path, encoding):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode(encoding))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_text(path) == PAGE_TEXT


@pytest.mark.parametrize(
    "claim", ['<meta charset="gb2312">', '<meta http-equiv="Content-Type" content="text/html; charset=big5">']
)
def test_what_a_page_says_of_its_encoding_has_no_effect(tmp_path, claim):
    path = tmp_path / "page.html"
    source = f'<?xml version="1.0" encoding="gb2312"?><html><head>{claim}</head><body><p>{ONE}</p></body></html>'
    path.write_text(source, encoding="utf-8")
    assert html_document(path).text == ONE


def test_the_article_of_a_web_page_that_has_one(tmp_path):
    path = tmp_path / "page.HTM"
    path.write_text(
        f"<p>相关阅读</p><article><header>题</header><p>{PARAGRAPHS[0]}</p></article><article>短</article>",
        encoding="utf-8",
    )
    assert read_text(path) == f"题\n\n{PARAGRAPHS[0]}"


def test_two_articles_are_read_both(read):
    assert read(f"<main><article><h1>标题</h1><p>{ONE}</p></article><article><p>{TWO}</p></article></main>")[0] == [
        "标题",
        ONE,
        TWO,
    ]


@pytest.mark.parametrize(
    "body, advice",
    [
        ("<script>load('正文')</script><div id=app></div>", "script"),
        ("<iframe src='body.htm'></iframe>", r"frames \(body\.htm\)"),
        (f"<ul>{MENU}</ul>", "links and no text beside them"),
    ],
)
def test_a_web_page_without_text_is_refused_with_what_to_do(read, body, advice):
    with pytest.raises(ValueError, match=rf"page\.html was read as html.*no text.*{advice}"):
        read(body)


def test_frames_are_named(read):
    frames = '<frameset><frame src="left.htm"><frame src="main.htm"></frameset>'
    source = f"<html>{frames}<noframes><body>请升级</body></noframes></html>"
    assert "left.htm, main.htm" in read(source)[1][0]


def test_an_article_that_a_script_shows_is_read(read):
    title = '<h1 class="rich_media_title">一图读懂</h1><div><span>某某发布</span> <em>2024-03-05</em></div>'
    hidden = f'<p>{ONE}</p><p style="display: none">不显示的话，不读出来。</p><p>{TWO}</p>'
    content = f'<div id="js_content" style="visibility: hidden; opacity: 0; ">{hidden}</div>'
    assert read(title + content) == (["一图读懂", "某某发布 2024-03-05", ONE, TWO], ())
    parts = "".join(f'<section style="visibility:hidden"><p>{text}</p></section>' for text in (ONE, TWO, OTHER))
    assert read(f"<h1>题目</h1><div>{parts}</div>") == (["题目", ONE, TWO, OTHER], ())
    for tag in ("template", "noscript"):
        assert read(f"<h1>题目</h1><{tag}><p>{ONE}</p><p>{TWO}</p></{tag}>") == (["题目", ONE, TWO], ())


@pytest.mark.parametrize(
    "form", ['<p style="display:none">{}</p>', "<p hidden>{}</p>", "<div style='visibility: hidden'><p>{}</div>"]
)
def test_hidden_sentences_are_left_out_and_told(read, form):
    text, notes = read(f"<h1>题目</h1><p>{ONE}</p>{form.format(OTHER)}<p>{TWO}</p>")
    assert text == ["题目", ONE, TWO]
    assert len(notes) == 1 and "page.html was read without" in notes[0] and "hidden in it (各级财政" in notes[0]


def test_hidden_words_and_hidden_copies_are_no_loss(read):
    body = f'<p>{ONE[:8]}<span style="display:none">隐藏</span>{ONE[8:]}</p><p>{TWO}</p>'
    assert read(f'{body}<div style="display:none">分享</div><div hidden>{TWO}</div>') == ([ONE, TWO], ())


def test_a_page_in_two_copies_is_read_once(read):
    one = f"<h1>题目</h1><p>{ONE}</p><p>{TWO}</p>"
    assert read(f"<div class=pc>{one}</div><div class=phone>{one}</div>") == (["题目", ONE, TWO], ())


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_paragraph_that_cites_linked_laws_stays(read, place):
    laws = "、".join(
        f'<a href="/{n}">《中华人民共和国{name}法》</a>' for n, name in enumerate(["土地管理", "农村土地承包", "森林"])
    )
    paragraphs = [ONE, TWO]
    paragraphs.insert(place, f"根据{laws}，制定本办法。")
    text, notes = read("<h1>题目</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    assert len(text) == 4 and not notes
    assert (
        text[1 + place]
        == "根据《中华人民共和国土地管理法》、《中华人民共和国农村土地承包法》、《中华人民共和国森林法》，制定本办法。"
    )


def test_links_between_sentences_stay_and_menus_go(read):
    body = f'<p>{ONE}</p><p>▶<a href="/1">一图读懂《办法》</a></p><p>{TWO}</p>'
    text, notes = read(f"<ul>{MENU}</ul><div><h1>题目</h1>{body}</div><div>相关阅读<ul>{MENU}</ul></div>")
    assert text == ["题目", ONE, "▶一图读懂《办法》", TWO] and not notes


def test_furniture_before_and_after_is_left_out(read):
    head = f'<ul>{MENU}</ul><p>当前位置：<a href="/">首页</a> &gt; <a href="/x">公告</a></p><h2>关于便民服务的通知</h2>'
    line = '<div>发布日期：2024-03-08</div><div>字号：大 中 小 <a href="javascript:window.print()">打印</a></div>'
    sign = "<p>某市人民政府</p><p>2024年3月5日</p><p>（此件公开发布）</p>"
    tail = (
        '<div>上一篇：<a href="/1">某某通知</a></div><div><span onclick="share()">分享到</span></div>'
        '<p><a href="/a/1.doc">1.名录.doc</a></p><div>扫一扫在手机打开当前页</div>'
    )
    text, notes = read(f"{head}{line}<div id=c><p>{ONE}</p><p>{TWO}</p>{sign}</div>{tail}<div>{OWNER}</div>")
    assert text == [
        *("关于便民服务的通知", "发布日期：2024-03-08", ONE, TWO),
        *("某市人民政府", "2024年3月5日", "（此件公开发布）", "1.名录.doc"),
    ]
    assert not notes


def test_a_flat_page_ends_before_its_owner(read):
    table = "<table><tr><td>粮食</td><td>1355亿斤</td></tr></table>"
    body = f"<div>分享到：微信 微博</div><h1>工作报告</h1><p>{ONE}</p>{table}"
    assert read(f"{body}<div>{OWNER}</div>") == (["工作报告", ONE, "粮食\t1355亿斤"], ())


def test_the_card_of_a_document_stays_with_its_title(read):
    card = "<table><tr><td>索引号</td><td>0001</td><td>发文机关</td><td>某市人民政府</td></tr></table>"
    text, _ = read(f"<ul>{MENU}</ul>{card}<h1>关于便民服务的通知</h1><div><p>{ONE}</p><p>{TWO}</p></div>")
    assert text == ["索引号\t0001\t发文机关\t某市人民政府", "关于便民服务的通知", ONE, TWO]


def test_a_title_is_known_by_the_name_of_the_page_or_its_place(read):
    body = f"<p>{ONE}</p><p>{TWO}</p>"
    named = read(
        f"<ul>{MENU}</ul>某市网<div class=t>便民服务办法</div><div>{body}</div>", "<title>便民服务办法_某市网</title>"
    )
    assert named[0] == ["便民服务办法", ONE, TWO]
    cut = read(f"<ul>{MENU}</ul><div>甲&amp;乙办法</div><div>{body}</div>", "<title>甲&amp;乙办法_某市网</title>")
    assert cut[0] == ["甲&乙办法", ONE, TWO]
    placed = read(f"<ul>{MENU}</ul><center>停车规定</center><div>{body}</div>", "<title>法规库</title>")
    assert placed[0] == ["停车规定", ONE, TWO]


def test_sentences_beside_the_article_are_told_once(read):
    body = f"<h1>题目</h1><div><p>{ONE * 9}</p><p>{TWO * 9}</p></div>"
    text, notes = read(f"{body}<aside><p>{OTHER}</p></aside><div><p>{TWO}</p></div>")
    assert text == ["题目", ONE * 9, TWO * 9]
    assert len(notes) == 1 and "beside the article (各级财政要安排专项经费，…)" in notes[0]


def test_a_list_of_articles_is_told(read):
    items = "".join(
        f'<li><a href="{n}">关于做好第{n}批小区改造的通知</a><span>2024-03-0{n}</span></li>' for n in range(1, 9)
    )
    text, notes = read(f"<h2>通知公告</h2><ul>{items}</ul><div>共 12 页</div>")
    assert "通知公告" in text and "lists articles" in notes[0]


def test_lines_without_sentences_are_an_article_too(read):
    lines = ["关于张某任职的通知", "市政府研究决定：", "任命张某为某市水务局副局长", "某市人民政府", "2024年2月1日"]
    body = "".join(f"<p>{line}</p>" for line in lines)
    assert read(f"<ul>{MENU}</ul><div>{body}</div><div>{OWNER}</div>", f"<title>{lines[0]}</title>") == (lines, ())


@pytest.mark.parametrize(
    "body, lines",
    [
        (
            f"<p><span>推进</span>\n<span>改造</span> and\nmore <i>words</i></p><p>{ONE}</p>",
            ["推进改造 and more words", ONE],
        ),
        (f"<div>{ONE}<br><br>{TWO}<br/>第二行</div>", [ONE, f"{TWO}\n第二行"]),
        (f"<div>　　{ONE}<br>　　{TWO}<br>&nbsp;&nbsp;&nbsp;&nbsp;{ONE}</div>", [ONE, TWO, ONE]),
        (f"<p>　　&nbsp;{ONE}<p>{TWO}　<p>完。", [ONE, TWO, "完。"]),
        (f"<pre>　　{ONE}\n续行\n\n{TWO}</pre>", [f"{ONE}\n续行", TWO]),
        (f"<p>{ONE}<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字</p>", [f"{ONE}汉字"]),
        (
            f"<p>10<sup>8</sup>m<sup>2</sup>，{ONE}<sup>[1]</sup></p><p>{TWO}</p><p>[1]见年鉴</p>",
            [f"10⁸m²，{ONE}[1]", TWO, "[1]见年鉴"],
        ),
        (f"<ol start=2><li>{ONE}</li><li>三、{TWO}</li></ol><ul><li>甲</ul>", [f"2. {ONE}", f"三、{TWO}", "甲"]),
        (f"<p>{ONE}</p></body></html><p>{TWO}</p>", [ONE, TWO]),
        (f"<p>{ONE}\0&#0;</p><p>A&B &lt;b&gt; a < b。</p>", [f"{ONE}\ufffd", "A&B <b> a < b。"]),
        (f"<p>{ONE}<a href='x'>见通知<p>{TWO}</p><p>{OTHER}</p>", [f"{ONE}见通知", TWO, OTHER]),
        (f"<a href='/'><img src=1><p>{ONE * 4}</p><p>{TWO * 9}</p>", [ONE * 4, TWO * 9]),
    ],
)
def test_lines_and_paragraphs(read, body, lines):
    assert read(body) == (lines, ())


def test_tables_of_data_are_rows_and_those_of_the_layout_prose(read):
    rows = "<tr><th>地区<th>目标<tr><td><p>北京</p><td><p>创新</p><p>发展</p><tr><td>天津<td><tr><td>a<td><td>c"
    text, _ = read(f"<p>{ONE}</p><table>{rows}</table>")
    assert text == [ONE, "地区\t目标", "北京\t创新 发展", "天津", "a\t\tc"]
    inner = f"<table><tr><td>{ONE}</td></tr><tr><td>{TWO}</td></tr></table>"
    menu = f"<td><table>{MENU}</table></td>"
    assert read(f"<table><tr>{menu}<td>{inner}</td></tr></table>")[0] == [ONE, TWO]
    assert read(f"<table><tr><td><a href=1>甲</a></td><td><p>{ONE}<p>{TWO}</td></tr></table>")[0] == [ONE, TWO]


def test_the_text_for_search_engines_is_read_where_there_is_no_other(read):
    article = {"@type": "NewsArticle", "headline": "题目", "articleBody": f"{ONE}\n{TWO}"}
    data = json.dumps({"@graph": [article]}, ensure_ascii=False)
    script = f'<script type="application/ld+json">{data}</script>'
    assert read(f"{script}<div id=app></div>") == (["题目", ONE, TWO], ())
    assert read(f"{script}<p>{OTHER}</p>") == ([OTHER], ())
    for wrong in ("[" * 9000, '{"@graph": 5}', '{"articleBody": {}}', "{"):
        with pytest.raises(ValueError, match="no text"):
            read(f'<script type="application/ld+json">{wrong}</script>')


def test_a_page_saved_in_one_file(tmp_path):
    path = tmp_path / "page.mht"
    page = f"<html><body><h1>题目</h1><p>{ONE}</p></body></html>".encode("gb18030")
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/'
    path.write_bytes(head + b"html\nContent-Transfer-Encoding: 8bit\n\n" + page + b"\n--b--\n")
    assert mht_document(path)[:2] == (f"题目\n\n{ONE}", "mht, gb18030")
    frames = b"html\n\n<frameset><frame src=a></frameset>\n--b\nContent-Type: text/html\n\n"
    path.write_bytes(head + frames + page + b"\n--b--\n")
    assert mht_document(path).text == f"题目\n\n{ONE}"
    for wrong in (
        head + b"css\n\na\n--b--\n",
        page,
        b"--b\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000,
    ):
        path.write_bytes(wrong)
        with pytest.raises(ValueError, match=r"page\.mht is no web page saved in one file"):
            mht_document(path)


def test_a_page_beyond_the_limit_is_refused_by_the_name_of_the_limit(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(f"<p>{ONE}</p>" * 40_000, encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.html has 3 MB: allow so much with megabytes="):
        read_text(path, megabytes=1)


HOSTILE = {
    "unclosed paragraphs": lambda size: "".join(f"<p>{ONE}" for _ in range(size)),
    "nested divisions": lambda size: f"{'<div>' * size}{ONE}{'</div>' * size}",
    "nested text": lambda size: "".join(f"<div>{ONE}" for _ in range(size)),
    "links": lambda size: f"<p>{ONE}</p>" + "".join(f'<a href="{n}">链接</a> ' for n in range(size)),
    "long links": lambda size: (
        "<p>" + f'<a href="/">{ONE * 12}</a>' * size + f'<p><a href="/">{ONE * 12}</a><br>' * size
    ),
    "nested tables": lambda size: "".join(f"<table><tr><td>{ONE}<td>1" for _ in range(size)),
    "owners": lambda size: f"<p>{ONE}</p>" + "<div>京ICP备123456号" * size,
    "hidden": lambda size: f"<p>{ONE}</p>" + f"<div hidden>{ONE}<p hidden>{TWO}</p></div>" * size,
    "spaces": lambda size: f"<p>{ONE}{' ' * size}。{chr(10) * size}</p>",
    "titles": lambda size: '<meta property="og:title" content="标题标题">' * size + "<p>标题标题" * size + f"<p>{ONE}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_page(read, name):
    def seconds(size):
        start = time.process_time()
        assert ONE in "".join(read(HOSTILE[name](size))[0])
        return time.process_time() - start

    assert seconds(4_000) < 7 * seconds(1_000) + 0.2


def test_a_limit_of_time_is_not_swallowed(read, monkeypatch):
    from analysis.reading.web import blocks

    class Late(BaseException):
        pass

    def late(self, text):
        raise Late

    monkeypatch.setattr(blocks.Page, "data", late)
    with pytest.raises(Late):
        read(f"<p>{ONE}</p>")
