"""The checks for programs: an Atom feed, a DataFeed of ClaimReview, a sitemap, and what robots may read."""

from __future__ import annotations

from io import BytesIO
from xml.etree.ElementTree import Element, ElementTree, SubElement

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed

from reviews.publishing.claimreview import RATINGS, data_feed
from reviews.publishing.views import for_everybody
from reviews.querysets import published, standing_by
from reviews.services.imprints import imprint

MOST_NEWS, MOST_ITEMS, MOST_ADDRESSES = 50, 1_000, 50_000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@for_everybody
def atom(request: HttpRequest) -> HttpResponse:
    """The newest checks as an Atom feed; one that was corrected has a newer ``updated``."""
    site, desk = settings.SITE_URL, imprint()
    feed = Atom1Feed(
        title=f"Checks of {desk.name}",
        link=f"{site}/checks/",
        description=f"What {desk.name} found out about claims in the news.",
        language="en",
        author_name=desk.name,
        feed_url=f"{site}/checks/feed.atom",
    )
    for row in published()[:MOST_NEWS]:
        snapshot = row.current.snapshot if row.current else {}
        address = f"{site}/checks/{row.pk}/"
        feed.add_item(
            title=f"{RATINGS[row.verdict].name}: {snapshot['headline']}",
            link=address,
            unique_id=address,
            description=snapshot["summary"],
            pubdate=row.published_at,
            updateddate=row.changed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@for_everybody
def claimreviews(request: HttpRequest) -> HttpResponse:
    """Every check that the desk stands by, as a DataFeed of ClaimReview; at most a thousand, the newest first."""
    rows = list(standing_by(published())[:MOST_ITEMS])
    feed = data_feed(rows, settings.SITE_URL, imprint().name)
    return JsonResponse(feed, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


@for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address with the moment of its last change."""
    root = Element("urlset", xmlns=_SITEMAP)
    for below in ("", "about/"):
        SubElement(SubElement(root, "url"), "loc").text = f"{settings.SITE_URL}/checks/{below}"
    for number, changed in published().values_list("pk", "changed_at")[: MOST_ADDRESSES - 2]:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = f"{settings.SITE_URL}/checks/{number}/"
        SubElement(entry, "lastmod").text = changed.isoformat(timespec="seconds")
    written = BytesIO()
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return HttpResponse(written.getvalue(), content_type="application/xml; charset=utf-8")


@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: what was published, and nothing of the desk."""
    lines = ["User-agent: *", "Allow: /checks/", "Disallow: /admin/", "Disallow: /api/"]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
