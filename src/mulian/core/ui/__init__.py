"""The console's foundations: tokens, templates, components, languages, headers and problem pages."""
