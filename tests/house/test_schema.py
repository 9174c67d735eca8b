"""The API describes itself without a warning."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from claims.api.filters import ArticleFilter
from reviews.api.filters import ReviewedClaimFilter


@pytest.mark.django_db
def test_the_schema_is_valid_and_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yaml"))
    assert capsys.readouterr().err == ""


def operations() -> dict[str, dict[str, Any]]:
    """Every operation of the schema by its method and address."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {f"{method} {path}": found for path, methods in paths.items() for method, found in methods.items()}


def test_the_schema_names_the_parameters_that_a_list_takes_and_no_others() -> None:
    queries = {
        name: {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
        for name, operation in operations().items()
    }
    pages = {"cursor", "page_size", "ordering"}
    listed = {name for name, query in queries.items() if query}
    assert all(pages <= queries[name] and name.startswith("get") for name in listed)
    assert queries["get /api/v1/claims/"] - pages == set(ReviewedClaimFilter.base_filters)
    assert queries["get /api/v1/articles/"] - pages == set(ArticleFilter.base_filters)
    assert queries["get /api/v1/bulk/"] == pages
    lists = "articles bulk candidates claims corrections notifications publications regroupings reviews sources stories"
    assert listed == {f"get /api/v1/{name}/" for name in lists.split(" ")}


def test_the_schema_says_what_values_a_parameter_takes() -> None:
    parameters = {p["name"]: p for p in operations()["get /api/v1/claims/"]["parameters"]}
    assert parameters["page_size"]["schema"]["maximum"] == 500
    assert set(parameters["ordering"]["schema"]["enum"]) >= {"id", "-id", "probability", "-articles"}
    assert (parameters["status"]["schema"]["type"], parameters["status"]["explode"]) == ("array", False)
    assert parameters["recheck"]["schema"] == {"type": "boolean"}
    assert parameters["probability_max"]["schema"] == {"type": "number", "minimum": 0, "maximum": 1}
    assert {one["format"] for one in parameters["created_after"]["schema"]["anyOf"]} == {"date", "date-time"}


def test_every_operation_may_be_answered_400() -> None:
    assert [name for name, operation in operations().items() if "400" not in operation["responses"]] == []
