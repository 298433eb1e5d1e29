"""Tests of the golden values, of the mistakes, and of what is said about other programs."""
