"""One post by its address: a file a network, each asked in turn whether an address is one of its own."""
