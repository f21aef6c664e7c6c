"""What runs in the throw-away child: decoding untrusted bytes. Nothing of Django is imported here."""
