"""The guard of figures: a stretch that is over is never written again."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER segment_guard BEFORE UPDATE ON insight_segment WHEN OLD.until IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a stretch that is over is not written again'); END
    """
]
POSTGRESQL = [
    """
    CREATE FUNCTION segment_guard() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'a stretch that is over is not written again'; END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER segment_guard BEFORE UPDATE ON insight_segment
    FOR EACH ROW WHEN (OLD.until IS NOT NULL) EXECUTE FUNCTION segment_guard()
    """,
]


def guard(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
