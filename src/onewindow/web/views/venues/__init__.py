"""场所档案的页面: the county's tree, one venue, its map and its signs."""
