"""The staff's shell: signing in, home, notices, settings, about. The modules bring the work pages."""
