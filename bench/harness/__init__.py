"""Compares Schemajob with what people use today."""
