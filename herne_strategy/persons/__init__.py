"""Everybody who works on the strategy on one page: what they may do, and what becomes of it when they leave."""
