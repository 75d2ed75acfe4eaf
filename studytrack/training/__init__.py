"""What is shown of a training: its curves, its epochs, how far it is and how long it still takes."""
