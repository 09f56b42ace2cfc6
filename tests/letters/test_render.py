"""The printed sheet: exact words, signature never alone, nothing in the data read as code."""

import base64
import io
import re
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from pypdf import PdfReader

from onewindow.letters.codes import new_code, read_code
from onewindow.letters.data import Paper
from onewindow.letters.kinds import KINDS, title
from onewindow.letters.render import DEMO, NotSealed, render, typeset
from onewindow.letters.seals import loaded, specimen
from onewindow.rules.pack import Kind as ItemKind
from tests.letters.seals import seal_png
from tests.letters.story import ARTICLE_38, pages, story, text

HOSTILE = (
    '#panic("x") $x^2$ \\ `raw` ```typ #a``` @ref <b>x</b> *bold* _u_ = head // no /* no */ #{1+1} '
    '#image("/etc/passwd") --- ~ [a](b) &amp; "q"'
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("item_kind", list(ItemKind))
def test_every_letter_is_set_for_every_kind_of_item(kind: str, item_kind: str) -> None:
    words = text(render(kind, story(item_kind=item_kind)))
    assert title(kind, item_kind) in words
    assert words.count("罗山县市场监督管理局") >= 2
    assert "罗市监许受〔2026〕137号" in words
    assert "LS-260924-0137" in words


def test_a_letter_of_acceptance_says_exactly_this() -> None:
    words = text(render("accepted", story()))
    for sentence in (
        "王芳（罗山县芳邻小面馆）：",
        "你于2026年9月24日提出的食品经营许可（新办）申请，属于本机关职权范围，申请材料齐全、符合法定形式。"
        "依照《中华人民共和国行政许可法》第三十二条的规定，决定予以受理。",
        "一、办结期限。8个工作日，至2026年10月13日（星期二）。法定期限为10个工作日，至2026年10月15日（星期四）。",
        "第8个工作日是10月13日。检验、专家评审所需时间依法不计算在期限内，届时另行书面告知。",
        "二、收到的材料。共4项，其中提交3项、调取1项。",
        "三、费用。不收费。",
        "四、你的权利。可随时查询进度，对服务作出评价；认为本机关及工作人员有违规情形的，可拨打0000-0000000投诉。",
        "承办窗口：综合窗口3号",
        "验真码：7K3M-Q9XD-0TWB-52HC",
        "申请人签收：",
    ):
        assert re.sub(r"\s", "", sentence) in words


def test_a_refused_licence_says_exactly_this() -> None:
    words = text(render("denied", story(basis=(ARTICLE_38,))))
    for sentence in (
        "经审查，不符合法定条件、标准。依照《中华人民共和国行政许可法》第三十八条的规定，决定不予行政许可。",
        "（一）经营场所与申请书所载地址不一致。（二）布局图没有标明清洗水池。",
        "二、救济途径。你如不服本决定，可以自收到本文书之日起六十日内依法向罗山县人民政府申请行政复议，"
        "也可以自收到本文书之日起六个月内依法向罗山县人民法院提起行政诉讼。",
    ):
        assert sentence in words


def test_the_usual_letter_fits_one_page() -> None:
    assert [kind for kind in KINDS if len(pages(render(kind, story()))) != 1] == []


def test_forty_materials_run_over_and_the_table_head_is_repeated() -> None:
    papers = tuple(Paper(name=f"第{n}份材料") for n in range(1, 41))
    found = pages(render("accepted", story(papers=papers)))
    assert len(found) == 2
    assert all("序号材料份数来源" in page for page in found)
    assert all(f"第{n}份材料" in "".join(found) for n in range(1, 41))
    assert "第2页共2页" in found[1]
    assert "罗市监许受〔2026〕137号行政许可申请受理通知书" in found[1]


@pytest.mark.parametrize("count", range(8, 40))
def test_the_signature_never_stands_alone_on_a_page(count: int) -> None:
    """Whatever the length, the page with the date also holds the closing section and the foot."""
    papers = tuple(Paper(name=f"第{n}份材料") for n in range(count))
    last = pages(render("accepted", story(papers=papers)))[-1]
    closing, date = last.index("四、你的权利。"), last.index("2026年9月24日", last.index("四、你的权利。"))
    assert closing < date < last.index("验真码")


@pytest.mark.parametrize("count", [1, 12, 30])
def test_every_page_of_a_demonstration_says_so(count: int) -> None:
    papers = tuple(Paper(name=f"材料{n}" * 9) for n in range(count))
    found = pages(render("accepted", story(papers=papers)))
    assert all(DEMO in page for page in found)


def test_hostile_text_is_printed_letter_for_letter() -> None:
    data = story(
        organ="测" + HOSTILE[:20],
        addressee=HOSTILE,
        item=HOSTILE,
        reasons=(HOSTILE, HOSTILE),
        number=HOSTILE[:20],
        clerk=HOSTILE[:14],
        seal_words="<&#专用章",
        go_to=HOSTILE,
    )
    wanted = re.sub(r"\s", "", HOSTILE)
    for kind in ("refused", "not_ours"):
        assert text(render(kind, data)).count(wanted) >= 4


def test_a_table_prints_hostile_text_and_endless_words_inside_its_cells() -> None:
    data = story(papers=(Paper(name=HOSTILE, problem="A" * 200, how="汉" * 300),))
    words = text(render("correction", data))
    assert "A" * 60 in words.replace("汉", "")
    assert words.count("A") >= 200
    assert words.count("汉") == 300


def test_an_endless_word_stays_inside_the_margins() -> None:
    pdf = render("refused", story(reasons=("W" * 400,)))
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    lines = [line for line in page.extract_text().splitlines() if "WW" in line]
    assert len(lines) > 6
    assert sum(line.count("W") for line in lines) == 400


def test_an_unseen_direction_mark_cannot_turn_a_name_round() -> None:
    words = text(render("refused", story(addressee="王\u202e芳\u200b\x00")))
    assert "王芳：" in words


def test_a_rare_name_is_printed_and_a_missing_character_is_reported() -> None:
    rare = typeset("refused", story(addressee="王𰻝㛃"))
    assert rare.missing == ()
    assert "王𰻝㛃：" in text(rare.pdf)
    lacking = typeset("refused", story(addressee="王\ue863"))
    assert lacking.missing == ("\ue863",)
    assert "王〓：" in text(lacking.pdf)
    assert "文中〓为字库暂缺的字：U+E863" in text(lacking.pdf)


def test_a_long_name_of_an_office_is_set_smaller_and_whole() -> None:
    organ = "罗山县人力资源和社会保障局与住房和城乡建设局联合办公室"
    words = text(render("accepted", story(organ=organ)))
    assert words.count(organ) >= 2


def test_the_specimen_seal_stands_on_the_letter_and_says_what_it_is() -> None:
    words = text(render("accepted", story()))
    after = words[words.index("四、你的权利") :]
    assert "样章" in after
    assert "行政许可专用章" in after
    assert "演示" in after
    drawn = specimen("罗山县市场监督管理局", "行政许可专用章")
    assert "polygon" not in drawn
    assert drawn.count("stroke-dasharray") == 2  # the rings are broken


def test_a_demonstration_never_carries_a_real_seal() -> None:
    words = text(render("accepted", story(), seal=seal_png()))
    assert "样章" in words


def test_a_real_letter_needs_the_seal_of_its_office() -> None:
    with pytest.raises(NotSealed, match="罗山县市场监督管理局还没有加载印章"):
        render("accepted", story(demo=False))
    words = text(render("accepted", story(demo=False), seal=seal_png()))
    assert "样章" not in words
    assert "演示" not in words


def test_a_loaded_seal_is_kept_whole() -> None:
    picture = seal_png(640, 600)
    assert base64.b64encode(picture).decode() in loaded(picture)


def test_the_letter_is_an_archive_pdf_with_its_title_and_fonts_inside() -> None:
    pdf = render("accepted", story())
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "行政许可申请受理通知书"
    xmp = reader.root_object["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert inner
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in inner)


def test_the_same_data_make_the_same_bytes() -> None:
    assert render("accepted", story()) == render("accepted", story())


def test_letters_set_at_once_do_not_mix() -> None:
    names = [f"王芳{n}号店" for n in range(24)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda name: render("accepted", story(addressee=name)), names))
    for name, pdf in zip(names, made, strict=True):
        assert f"{name}：" in text(pdf)


def test_the_code_on_the_page_can_be_read_back() -> None:
    code = new_code(Random(3))
    words = text(render("accepted", story(verify_code=code)))
    printed = words[words.index("验真码：") + 4 :][: len(code)]
    assert read_code(printed) == code
