"""正文: what does each kind of letter say?"""
