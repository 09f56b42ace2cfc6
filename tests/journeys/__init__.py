"""One life of a case in each test, from the first page to the last letter, with its dates."""
