"""The recovery code on paper."""
