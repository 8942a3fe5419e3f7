"""Sentences, labels, amounts and dates in a language; it judges nothing and shows nothing."""
