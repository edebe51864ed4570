"""What the reference says, read off the code: each module returns Markdown for the blocks of docs/reference/.

`make reference` writes the blocks anew, by cog; tests fail while one is not what the code says.
"""
