"""The component kit: painted widgets and plates built on the tokens."""
