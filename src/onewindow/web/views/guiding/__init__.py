"""导办员的页: find, send, accompany, hand over, write down, announce – on a telephone, standing."""
