"""Every test runs on a real PostgreSQL that knows Chinese letters."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_test_database_is_postgresql_and_its_trigrams_see_chinese() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT array_length(show_trgm('户口迁移'), 1), current_setting('server_encoding')")
        assert cursor.fetchone() == (5, "UTF8")


@pytest.mark.django_db
def test_the_product_works_as_a_role_that_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
