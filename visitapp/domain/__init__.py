"""What is true: frozen values and rules; standard library only."""
