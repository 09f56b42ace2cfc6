"""读便民导办: who asked for what beside the windows, whom the guides look after, and what was said in the hall?"""
