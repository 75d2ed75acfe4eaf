# fails: step
# says: not multiplied by lr
def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.clone().requires_grad_()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    return w.detach() - w.grad
