"""大厅本机的行为: a machine is registered, what it did is copied, a number is wished of it."""
