"""表单: what may be typed into the pages of the desks, and what is said when it does not fit?"""
