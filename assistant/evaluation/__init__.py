"""Measures the way of a question on public sets: ``tanya eval`` (see `ui.eval_command`)."""
