"""A believable two-day conference, written and drawn by us, for `backchannel demo` to replay.
Everything here is a pure function of a seed: it reads its own script and nothing else."""
