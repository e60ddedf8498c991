"""What commands do at the server; imported only once Django is ready, because it needs the models."""
