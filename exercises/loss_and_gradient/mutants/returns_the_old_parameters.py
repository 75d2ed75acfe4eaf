# fails: downhill
# says: The parameters have not moved
def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.clone().requires_grad_()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    moved = w - lr * w.grad
    return params
