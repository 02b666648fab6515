"""Trains the reader that ``assistant.reader`` runs; needed only to make it anew.

``python -m assistant.training --data FOLDER --out FOLDER`` (``make train-reader``): examples from
question sets and documents, hard negatives, training, export to ONNX, calibration, model card.
"""
