"""大厅的行为: numbers are taken, called and served."""
