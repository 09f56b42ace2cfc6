"""办件的行为: everything that changes a case, one module per legal act."""
