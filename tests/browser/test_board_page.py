import pytest

from bench.comparing.board import Entry, make_board
from bench.reports import board_html
from bench.reports.board_columns import Layout
from bench.store.bundles import About
from tests.browser.pages import DESK, PHONE, axe_violations, opened, wider_than_screen
from tests.reports.board_views import fair, good, poor, silent, view

pytestmark = pytest.mark.slow
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"onmouseover="alert(3)'
ROWS = "rows => rows.map(row => row.dataset.name)"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    entries = [
        Entry(view=view("good", good), about=About(name="Good", link="https://example.org/good")),
        Entry(view=view("fair", fair)),
        Entry(view=view("poor", poor, pinned=False), about=About(name=HOSTILE, self_reported=True)),
        Entry(view=view("abstain_all", silent)),
        Entry(view=view("broken", good, failed=3)),
    ]
    path = tmp_path_factory.mktemp("board") / "leaderboard.html"
    path.write_text(board_html.render(make_board(entries), Layout()), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_it_opens_without_a_word_and_axe_finds_nothing(file, size, dark):
    with opened(file, size, dark=dark) as page:
        assert not wider_than_screen(page)
        assert axe_violations(page) == []


def test_it_sorts_by_a_click_and_by_the_keyboard(file):
    with opened(file) as page:
        assert page.eval_on_selector_all("#board tbody tr", ROWS)[0] == "Good"
        page.click("th[data-key=unanswerable] button")
        assert page.eval_on_selector_all("#board tbody tr", ROWS)[:2] == ["Good", "abstain_all"]
        page.focus("th[data-key=headline] button")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert page.eval_on_selector_all("#board tbody tr", ROWS)[-1] == "Good"
        assert page.get_attribute("th[data-key=headline]", "aria-sort") == "ascending"
        assert page.inner_text("#said") == "sorted by headline, lowest first"


def test_a_slice_takes_the_place_of_the_headline_and_gives_it_back(file):
    with opened(file) as page:
        before = page.inner_text("#board tbody")
        page.select_option("#slice", "unanswerable")
        assert page.eval_on_selector_all("#board tbody tr", ROWS)[:2] == ["Good", "abstain_all"]
        assert page.inner_text("tr[data-name=abstain_all] [data-c=headline]") == "100.0"
        assert page.inner_text("#said").startswith("unanswerable: 12 items")
        page.select_option("#slice", "")
        assert page.inner_text("#board tbody") == before


def test_it_is_whole_without_its_script(file):
    with opened(file, script=False) as page:
        assert page.is_hidden("#choice")
        text = page.inner_text("main")
        for words in ("By slice", "Pairs", "Not on the board", "dateline run model=good", HOSTILE):
            assert words in text


def test_the_keyboard_reaches_the_content_first(file):
    with opened(file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
