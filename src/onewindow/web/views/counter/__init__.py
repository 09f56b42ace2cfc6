"""一窗收件: the clerk's one screen, from the paper in his hand to the receipt in the applicant's."""
