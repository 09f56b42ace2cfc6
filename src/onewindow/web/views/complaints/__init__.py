"""投诉的页面: how somebody complains and reads the answer, and how the supervisor looks into it."""
