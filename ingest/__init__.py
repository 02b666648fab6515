"""The way of a document: file -> blocks -> passages -> vectors -> published version."""
