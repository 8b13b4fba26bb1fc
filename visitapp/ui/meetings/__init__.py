"""The page Meetings: who came, what was said, and who does what until when."""
