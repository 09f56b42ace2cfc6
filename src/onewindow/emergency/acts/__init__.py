"""应急的行为: a hall stops, plans are agreed to, incidents and drills written down, equipment looked at."""
