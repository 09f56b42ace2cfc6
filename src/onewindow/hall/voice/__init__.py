"""叫号语音: how is a number called aloud without anything from the internet?"""
