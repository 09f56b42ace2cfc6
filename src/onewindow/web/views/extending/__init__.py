"""延时服务的页面: the lists of services beyond closing time, one of them, and the calls afterwards."""
