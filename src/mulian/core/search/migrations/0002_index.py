"""The engine's own index: FTS5 kept in step by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE search_tokens USING fts5(
        tokens, content='search_searchentry', content_rowid='id', detail='none', columnsize=0, tokenize='ascii')""",
    """CREATE TRIGGER search_tokens_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER search_tokens_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER search_tokens_update AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens); END""",
)
POSTGRESQL = ("CREATE INDEX search_tokens_gin ON search_searchentry USING gin (tokens)",)
UNDO_SQLITE = (
    "DROP TRIGGER search_tokens_update",
    "DROP TRIGGER search_tokens_delete",
    "DROP TRIGGER search_tokens_insert",
    "DROP TABLE search_tokens",
)
UNDO_POSTGRESQL = ("DROP INDEX search_tokens_gin",)


def make(apps, editor):
    run(editor, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def undo(apps, editor):
    run(editor, UNDO_POSTGRESQL if editor.connection.vendor == "postgresql" else UNDO_SQLITE)


def run(editor, statements):
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, undo)]
