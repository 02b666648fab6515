"""The way of a question: question -> passages -> draft answer -> grounded answer."""
