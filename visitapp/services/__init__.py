"""What can be done: one method is one thing a person does, in one transaction."""
