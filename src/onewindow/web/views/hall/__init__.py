"""大厅的屏: the pages that people in a hall see, touch and hear."""
