"""Pure rules of forms: what a form is, what its expressions mean, what answers of it are worth."""
