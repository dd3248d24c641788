"""Who may say what: names, keys, certificates, revocation. Pure but for key files."""
