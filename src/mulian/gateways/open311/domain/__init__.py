"""Rules of the standard: what is asked, what is answered, what may be refused. No Django, no clock."""
