"""The log's guard: nothing but the stamp may change an event, nothing may delete one; and the head row."""

from django.db import migrations

COLUMNS = (
    "id name version subject_kind subject_id occurred_at recorded_at actor posting device areas feeds rev fields "
    "data commitment cause"
).split()

SQLITE = [
    f"""
    CREATE TRIGGER event_guard_update BEFORE UPDATE ON events_event
    WHEN OLD.pos IS NOT NULL OR {" OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in COLUMNS)}
    BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END
    """,
    """
    CREATE TRIGGER event_guard_delete BEFORE DELETE ON events_event
    BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION event_guard() RETURNS trigger AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.pos IS NULL AND NOT (
        {" OR ".join(f'OLD."{c}" IS DISTINCT FROM NEW."{c}"' for c in COLUMNS)}
      ) THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'the event log is append-only';
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER event_guard BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION event_guard()
    """,
]


def guard(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def head(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        apps.get_model("events", "Head").objects.get_or_create(id=1)


def both(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        guard(apps, schema_editor)
        head(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(both, migrations.RunPython.noop)]
