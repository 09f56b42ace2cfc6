"""我的空间: one's own cases, drafts, messages, papers, whom one acts for, and what is kept about one."""
