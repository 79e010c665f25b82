class Projection(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  heads : int
  kv_heads : int
  head_dim : int
  rotary_dim : int
  bias : bool
  qk_norm : bool
  eps : float
  def norm(self: __torch__.Projection,
    x: Tensor,
    weight: Tensor) -> Tensor:
    wide = torch.to(x, 6)
    variance = torch.mean(torch.mul(wide, wide), [-1], True)
    unit = torch.mul(wide, torch.rsqrt(torch.add(variance, self.eps)))
    return torch.to(torch.mul(unit, weight), ops.prim.dtype(x))
  def rotate(self: __torch__.Projection,
    x: Tensor,
    cos: Tensor,
    sin: Tensor) -> Tensor:
    half = torch.floordiv(self.rotary_dim, 2)
    first = torch.narrow(x, 2, 0, half)
    second = torch.narrow(x, 2, half, half)
    turned = torch.cat([torch.neg(second), first], 2)
    part = torch.narrow(x, 2, 0, self.rotary_dim)
    rotated = torch.add(torch.mul(part, cos), torch.mul(turned, sin))
    if torch.lt(self.rotary_dim, self.head_dim):
      rest = torch.narrow(x, 2, self.rotary_dim, torch.sub(self.head_dim, self.rotary_dim))
      result = torch.cat([rotated, rest], 2)
    else:
      result = rotated
    return result
  def forward(self: __torch__.Projection,
    x: Tensor,
    weight: Tensor,
    bias_values: Tensor,
    q_norm: Tensor,
    k_norm: Tensor,
    cos: Tensor,
    sin: Tensor) -> List[Tensor]:
    if self.bias:
      projected = torch.linear(x, weight, bias_values)
    else:
      projected = torch.linear(x, weight)
    n = torch.size(x, 0)
    q_size = torch.mul(self.heads, self.head_dim)
    kv_size = torch.mul(self.kv_heads, self.head_dim)
    q = torch.view(torch.contiguous(torch.narrow(projected, 1, 0, q_size)), [n, self.heads, self.head_dim])
    k = torch.view(torch.contiguous(torch.narrow(projected, 1, q_size, kv_size)), [n, self.kv_heads, self.head_dim])
    v = torch.view(torch.contiguous(torch.narrow(projected, 1, torch.add(q_size, kv_size), kv_size)), [n, self.kv_heads, self.head_dim])
    if self.qk_norm:
      q1 = (self).norm(q, q_norm, )
      k1 = (self).norm(k, k_norm, )
    else:
      q1 = q
      k1 = k
    q2 = (self).rotate(torch.transpose(q1, 0, 1), cos, sin, )
    k2 = (self).rotate(torch.transpose(k1, 0, 1), cos, sin, )
    return [q2, k2, torch.transpose(v, 0, 1)]
