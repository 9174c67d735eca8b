from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Reviews"

    def ready(self) -> None:
        from claims.signals import claim_assessed  # noqa: PLC0415  (models are not loaded before)
        from reviews.services.opening import on_claim_assessed  # noqa: PLC0415

        claim_assessed.connect(on_claim_assessed, dispatch_uid="reviews.open_review")
