"""视图: one module per screen or group of screens."""
