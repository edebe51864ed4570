"""The transcript of an event: what stands on its wall, in order, written in one of several formats.

`plan` says which posts and in which order, `line` what a writer is given of one, `initials` leaves names out. Each
format is a module: it is given lines, and returns text. Nothing here reads a store, a file or a clock.
"""
