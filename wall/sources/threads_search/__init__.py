"""Posts of Threads, which answers only so many searches a day."""
