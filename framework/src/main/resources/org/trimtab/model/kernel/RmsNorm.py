class RmsNorm(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  eps : float
  def forward(self: __torch__.RmsNorm,
    x: Tensor,
    weight: Tensor) -> Tensor:
    wide = torch.to(x, 6)
    variance = torch.mean(torch.mul(wide, wide), [-1], True)
    # 0 for a finite variance; a variance that overflows makes NaN, where the plain norm would make 0
    # and a destroyed model would look like an undecided one.
    overflow = torch.sub(variance, variance)
    scale = torch.add(torch.rsqrt(torch.add(variance, self.eps)), overflow)
    unit = torch.mul(wide, scale)
    return torch.to(torch.mul(unit, weight), ops.prim.dtype(x))
