"""读办件: which cases may one see, which wait for whom, and what does one case look like whole?"""
