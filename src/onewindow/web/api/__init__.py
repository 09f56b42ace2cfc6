"""接口: what may other programs ask and do, under /api/v1/?"""
