# fails: spread
# says: cancel those above it
def centre(x):
    return x - x.mean()


def spread(x):
    return centre(x).mean()
