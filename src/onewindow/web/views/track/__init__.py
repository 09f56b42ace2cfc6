"""进度查询: ask by number and code, read how far it is and why it is due when it is due, and answer the office."""
