"""Addresses for readers. They never change: what was published stays where it is."""

from django.urls import path

from reviews.publishing import feeds, views
from reviews.publishing.search import ClaimSearch

urlpatterns = [
    path("checks/", views.index, name="checks"),
    path("checks/about/", views.imprint_page, name="checks-about"),
    path("checks/feed.atom", feeds.atom, name="checks-atom"),
    path("checks/claimreview.json", feeds.claimreviews, name="checks-claimreview"),
    path("checks/<int:number>/", views.check, name="check-page"),
    path("checks/<int:number>/<int:edition>/", views.version, name="check-version"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("v1alpha1/claims:search", ClaimSearch.as_view(), name="claims-search"),
]
