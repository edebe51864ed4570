"""Whether a venue is fit for a wall. Facts come from probing/, and each module here says what they mean: facts in,
findings out."""
