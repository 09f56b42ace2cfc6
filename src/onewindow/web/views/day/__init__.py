"""大厅运行: the pages of whoever manages a hall through its day."""
