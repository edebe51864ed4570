"""Finds out what is so: the only part of the doctor that asks anybody."""
