"""What templates make of a text."""

from strategy.templatetags.strategy import prose
from strategy.text.markdown import to_html

BOX = '<div class="table-scroll" role="group" aria-label="Tabelle" tabindex="0"><table>'


def test_each_table_has_a_box_that_scrolls():
    html = prose(to_html("| A |\n|---|\n| 1 |\n\nText\n\n| B |\n|---|\n| 2 |"))

    assert html.count(BOX) == html.count("</table></div>") == html.count("<table>") == 2


def test_text_without_a_table_stays_as_it_is():
    assert prose(to_html("nur <table> genannt")) == "<p>nur &lt;table&gt; genannt</p>\n"
