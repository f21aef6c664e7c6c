"""The standard's addresses, and the console's pages about programs outside."""
