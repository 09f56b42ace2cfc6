"""演示事项: the demonstration county's items, kept as readable files beside the code."""
