class AdamW(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  beta1 : float
  beta2 : float
  eps : float
  clip : float
  def forward(self: __torch__.AdamW,
    rates: Tensor,
    weights: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor]) -> Tensor:
    # rates: learning rate, 1 - beta1^t, 1 - beta2^t, weight decay of matrices.
    squared = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      gradient = torch.detach(gradients[i])
      _0 = torch.append(squared, torch.sum(torch.mul(gradient, gradient)))
    norm = torch.sqrt(torch.sum(torch.stack(squared)))
    scale = torch.clamp(torch.div(self.clip, torch.add(norm, 1e-06)), None, 1.)
    rate = torch.select(rates, 0, 0)
    first = torch.select(rates, 0, 1)
    second = torch.select(rates, 0, 2)
    decay = torch.select(rates, 0, 3)
    for i in range(torch.len(weights)):
      weight = torch.detach(weights[i])
      raw = torch.detach(gradients[i])
      gradient = torch.mul(raw, scale)
      mean = means[i]
      square = squares[i]
      _1 = torch.add_(torch.mul_(mean, self.beta1), torch.mul(gradient, torch.sub(1., self.beta1)))
      _2 = torch.add_(torch.mul_(square, self.beta2), torch.mul(torch.mul(gradient, gradient), torch.sub(1., self.beta2)))
      if torch.gt(torch.dim(weight), 1):
        _3 = torch.mul_(weight, torch.rsub(torch.mul(rate, decay), 1.))
      step = torch.div(torch.div(mean, first), torch.add(torch.sqrt(torch.div(square, second)), self.eps))
      _4 = torch.sub_(weight, torch.mul(step, rate))
      _5 = torch.zero_(raw)
    return norm
