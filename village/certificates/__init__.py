"""Who earned a certificate, numbered documents and their public verification."""
