"""体检: what can be wrong with an installation, and what should its keeper do?

Every check yields sentences in Chinese, one for each thing that is wrong: what it is, and what to do.
"""
