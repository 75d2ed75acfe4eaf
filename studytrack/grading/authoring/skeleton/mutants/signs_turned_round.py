# fails: centre
# says: The signs are turned round
def centre(x):
    return x.mean() - x


def spread(x):
    return (x - x.mean()).abs().mean()
