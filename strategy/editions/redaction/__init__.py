"""Blackening passages of editions on order: orders, places, and words in plain data. herne_strategy carries it out."""
