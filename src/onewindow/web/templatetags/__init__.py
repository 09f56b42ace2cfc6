"""模板标签: which words may a template use to draw a part?"""
