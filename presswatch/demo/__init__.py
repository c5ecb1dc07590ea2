"""A rehearsal of the whole house against invented places, on this machine alone."""
