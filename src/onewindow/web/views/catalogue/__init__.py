"""事项管理: the screens of those who write, review and publish items."""
