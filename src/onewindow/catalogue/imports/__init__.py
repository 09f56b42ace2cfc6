"""导入: a file of items from elsewhere, read as it comes, judged row by row, taken in item by item."""
