"""Groups and channels of Telegram, by a bot."""
