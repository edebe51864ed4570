"""What programs may ask of a wall: one table, told as an OpenAPI document and as a page."""
