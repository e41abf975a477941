# ruff: noqa: E501  (a page's lines are long)
"""The page text that started the project, and a sample of our own with the same traps."""

from pathlib import Path

import pytest

from exporter import dom, read
from exporter.clean import clean
from exporter.model import Article, Learned
from exporter.settings import Settings

SEED = Path(__file__).parent.parent.parent / "shared" / "seed" / "article.txt"
TAIL = 5  # blocks of pleas at the end of either text

OWN = """Ferry That Outlived Two Bridges Makes Its Last Crossing

The ferry Alma leaves the north bank for the last time on Sunday morning. (Photo by Ines Carvalho/AFP via Getty Images)

The ferry Alma leaves the north bank for the last time on Sunday morning. (Photo by Ines Carvalho/AFP via Getty Images)

Porto Velho ( – The ferry that carried three generations of orchard workers across the river made its last crossing on Sunday, eleven days after the council voted to stop the service.

“We ask you to share this article with your friends,” the ferryman's leaflet had said in spring, and for a while the crossing was full again, mostly with people from the city.

The council says the bridge upstream carries forty times as many people for a tenth of the cost. It paid for the ferry by selling the landing stage, which is to become a café.

Nobody rang the bell on Monday. The rope still hangs there, and the river, which has never read a decision of the council, went on pulling at it.

Vous avez aimer ce texte ? Partagez-le avec un ami !


Vous pouvez lire l’article original ici


Votre soutien est indispensable pour que nous puissions vous offrir une information libre. Soutenez-nous !

Parce que les réseaux nous censurent, je vous invite à vous inscrire à ma newsletter gratuite ➡️ ICI

Nous avons besoin de vos dons pour faire vivre ce site. N’hésitez pas à regarder les offres de nos annonceurs ou à nous envoyer votre contribution via Paypal.
"""


def cleaned(text: bytes) -> Article:
    source = read.Source(path=None, data=text, name="article.txt", url=None)
    (page,) = read.read(source)
    return clean(page, Settings(), Learned())


@pytest.fixture(scope="module", params=["seed", "own"])
def text(request: pytest.FixtureRequest) -> str:
    if request.param == "own":
        return OWN
    if not SEED.exists():
        pytest.skip("needs ../shared/seed/article.txt")
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def article(text: str) -> Article:
    return cleaned(text.encode())


def test_the_first_line_is_the_title(article: Article, paragraphs: list[str]) -> None:
    assert article.metadata.title == paragraphs[0]
    assert paragraphs[0] not in dom.plain_text(article.body)


def test_the_caption_stands_once_with_its_credit_marked(
    article: Article, paragraphs: list[str]
) -> None:
    assert dom.plain_text(article.body).count(paragraphs[1][:60]) == 1
    captions = list(dom.parse(article.body).iter("figcaption"))
    assert [dom.text_of(caption) for caption in captions] == [paragraphs[1]]
    assert "Getty Images" in "".join(dom.text_of(span) for span in captions[0].iter("span"))


def test_every_paragraph_is_kept_to_the_letter(article: Article, paragraphs: list[str]) -> None:
    kept = [dom.text_of(p) for p in dom.parse(article.body).iter("p")]
    assert kept == paragraphs[3:-TAIL]


def test_the_pleas_are_in_the_ledger_and_not_in_the_body(
    article: Article, paragraphs: list[str]
) -> None:
    removed = [removal.text for removal in article.ledger]
    for plea in paragraphs[-TAIL:]:
        assert plea in removed
        assert plea[:30] not in dom.plain_text(article.body)


def test_the_lost_link_is_noted(article: Article) -> None:
    assert "original-link-unknown" in {note.code for note in article.notes}
    assert article.metadata.original_url is None


def test_the_language_is_that_of_the_article_not_of_its_tail(article: Article) -> None:
    assert article.metadata.language == "en"
