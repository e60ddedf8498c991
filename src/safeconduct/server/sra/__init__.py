"""The security risk assessment as it is read: what follows from the facts that `risk` keeps."""
