"""What is kept: original files, texts, versions, passages, keyword index, vectors."""
