"""`mulian backup` and `mulian restore`: one folder that proves itself by being restored (guarantee G18)."""
