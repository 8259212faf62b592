import pytest

from bench.reports import html, html_pair, run_data
from tests.browser.pages import DESK, PHONE, axe_violations, opened, wider_than_screen
from tests.reports.board_views import fair, gold, good, view

pytestmark = pytest.mark.slow
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def hostile(n, item):
    return HOSTILE if n % 5 == 0 else gold(item)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "report.html"
    path.write_text(html.render(view("mostly right", hostile)), encoding="utf-8")
    return path


@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (PHONE, True)])
def test_it_opens_without_a_word_and_axe_finds_nothing(file, size, dark):
    with opened(file, size, dark=dark) as page:
        page.wait_for_selector("#explorer:not([hidden])")
        assert not wider_than_screen(page)
        assert axe_violations(page) == []


def test_items_are_filtered_opened_and_walked_by_the_keyboard(file):
    with opened(file) as page:
        assert page.inner_text("#said") == "8 of 36 items"  # the misses first
        assert HOSTILE in page.inner_text("#detail")
        page.select_option("#by-verdict", "right")
        page.select_option("#by-type", "number")
        assert page.inner_text("#said").endswith("of 36 items")
        page.click("#list li:nth-child(2) button")
        question = page.inner_text("#detail .question")
        assert page.inner_text("#detail mark.said0").isdigit()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
        assert page.url != file.as_uri()
        assert page.inner_text("#detail .question") == question
        page.fill("#by-words", "no such words")
        assert page.inner_text("#said") == "0 of 36 items"
        assert "No item fits" in page.inner_text("#detail")


def test_an_item_has_an_address(file):
    with opened(file) as page:
        page.goto(f"{file.as_uri()}#a03-pay")
        page.reload()
        assert "a03-pay" in page.inner_text("#detail")


def test_misses_are_there_without_the_script(file):
    with opened(file, script=False) as page:
        text = page.inner_text("main")
        assert "8 of 8 misses" in text
        assert HOSTILE in text


def test_two_runs_open_on_what_got_worse(tmp_path):
    path = tmp_path / "items.html"
    path.write_text(html_pair.render(view("good", good), view("fair", fair)), encoding="utf-8")
    with opened(path) as page:
        assert page.input_value("#by-verdict") == "worse"
        text = page.inner_text("#detail")
        assert "a: good" in text
        assert "b: fair" in text
        assert axe_violations(page) == []


def test_a_packed_page_shows_what_a_plain_one_shows(file, tmp_path, monkeypatch):
    monkeypatch.setattr(run_data, "_PACKED_ABOVE", 100)
    path = tmp_path / "packed.html"
    path.write_text(html.render(view("mostly right", hostile)), encoding="utf-8")
    shown = []
    for one in (file, path):
        with opened(one) as page:
            page.wait_for_selector("#explorer:not([hidden])")
            page.select_option("#by-verdict", "")
            page.click("#list li:nth-child(2) button")
            shown.append([page.inner_text(part) for part in ("#said", "#list", "#detail")])
    assert shown[0] == shown[1]
    assert len(shown[0][1]) > 500
