# fails: mae
# says: errors above and below cancel out
def mae(prediction, target):
    return (prediction - target).mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.detach().clone().requires_grad_()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    return w.detach() - lr * w.grad
