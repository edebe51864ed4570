"""The wall as a Mastodon server would tell of it, to read only: for fediwall, mastowall, TagzApp and their like."""
