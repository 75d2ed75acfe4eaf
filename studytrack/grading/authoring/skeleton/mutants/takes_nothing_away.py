# fails: centre
# says: Nothing was taken away
def centre(x):
    return x


def spread(x):
    return (x - x.mean()).abs().mean()
