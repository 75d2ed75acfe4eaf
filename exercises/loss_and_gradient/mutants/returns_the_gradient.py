# fails: step
# says: That is the gradient
def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.clone().requires_grad_()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    return w.grad
