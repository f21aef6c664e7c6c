"""Tables that people bring in and take away: XLSX and CSV, read in a throw-away child, written inert."""
