"""工作制度的页面: the register, who has read it, and how a version is issued."""
