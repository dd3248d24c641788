"""What is said on paper (content) apart from how it is drawn (pdf)."""
