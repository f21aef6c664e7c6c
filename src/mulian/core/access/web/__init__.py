"""Screens of people, duties, phones and places."""
