"""The public portal: its first page. What stands behind it is the modules' own."""
