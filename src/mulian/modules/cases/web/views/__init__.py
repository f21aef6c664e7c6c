"""Views: read the request, call a query or an action, render."""
