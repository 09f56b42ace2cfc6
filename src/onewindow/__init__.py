"""OneWindow 一窗: an open government-service platform."""
