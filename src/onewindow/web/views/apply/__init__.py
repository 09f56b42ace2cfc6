"""在线申请: begin, say the situation, fill in, add the papers, look it over, submit once."""
