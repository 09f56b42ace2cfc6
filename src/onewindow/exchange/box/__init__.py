"""大厅本机: how do the machine that owns the queue of a hall and the county keep each other informed?"""
