"""便民服务的页面: what halls offer, who asks, who goes, and the register."""
