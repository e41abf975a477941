"""An article with the images that may be fetched for it; the guard hears of each that came."""

from collections.abc import Generator

from exporter import export, fetch
from exporter.batch.jobs import Convert, Job, Message
from exporter.model import Article, Learned, Page


def prepared(
    job: Job, page: Page, learned: Learned, begin: Message
) -> Generator[Message, None, Article]:
    """Give the article of a page, with the images that may be fetched for it.

    Only the finished article tells which these are, so it is prepared once more with them. What
    was fetched begins it anew: the time one article may take is not that of a slow server.

    Raises:
        NoArticleError: the page holds no article.

    """
    article = export.prepare(page, job.settings, learned)
    if not isinstance(job, Convert) or job.network is None or not article.missing:
        return article
    yield begin
    fetched = []
    for one in fetch.gather(article.missing, job.network):
        fetched.append(one)
        yield begin
    return export.prepare(page, job.settings, learned, fetched)
