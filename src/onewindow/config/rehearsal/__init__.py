"""模拟大厅的一天: what does a rehearsed day of a hall assume, what happens in it, and what is said of it afterwards?"""
