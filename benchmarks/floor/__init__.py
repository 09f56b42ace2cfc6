"""光秃秃的: what does Django itself cost, without anything of ours?"""
