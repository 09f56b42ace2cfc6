"""应急的页面: stopping a hall, plans, incidents, drills and safety equipment."""
