class Attention(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  heads : int
  kv_heads : int
  head_dim : int
  scale : float
  softcap : float
  def mix(self: __torch__.Attention,
    grouped: Tensor,
    keys: Tensor,
    values: Tensor,
    mask: Tensor) -> Tensor:
    if torch.gt(self.softcap, 0.):
      scores = torch.mul(torch.matmul(grouped, torch.transpose(keys, -2, -1)), self.scale)
      capped = torch.mul(torch.tanh(torch.div(scores, self.softcap)), self.softcap)
      weights = torch.softmax(torch.add(capped, mask), -1, 6)
      mixed = torch.matmul(torch.to(weights, ops.prim.dtype(values)), values)
    else:
      mixed = torch.scaled_dot_product_attention(grouped, keys, values, mask, 0., False, scale=self.scale)
    return mixed
  def attend(self: __torch__.Attention,
    q: Tensor,
    keys: Tensor,
    values: Tensor,
    mask: Tensor) -> Tensor:
    n = torch.size(q, 1)
    groups = torch.floordiv(self.heads, self.kv_heads)
    rows = torch.mul(groups, n)
    grouped = torch.reshape(q, [1, self.kv_heads, rows, self.head_dim])
    mixed = (self).mix(grouped, torch.unsqueeze(keys, 0), torch.unsqueeze(values, 0), mask, )
    by_head = torch.reshape(mixed, [self.heads, n, self.head_dim])
    return torch.reshape(torch.transpose(by_head, 0, 1), [n, torch.mul(self.heads, self.head_dim)])
  def forward(self: __torch__.Attention,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    past_keys: List[Tensor],
    past_values: List[Tensor],
    masks: List[Tensor]) -> Tensor:
    groups = torch.floordiv(self.heads, self.kv_heads)
    outputs = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(masks)):
      mask = masks[i]
      n = torch.floordiv(torch.size(mask, 0), groups)
      keys = torch.cat([past_keys[i], torch.narrow(k, 1, at, n)], 1)
      values = torch.cat([past_values[i], torch.narrow(v, 1, at, n)], 1)
      output = (self).attend(torch.narrow(q, 1, at, n), keys, values, mask, )
      _0 = torch.append(outputs, output)
      at = torch.add(at, n)
    return torch.cat(outputs, 0)
  def cached(self: __torch__.Attention,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    cached_keys: List[Tensor],
    cached_values: List[Tensor],
    masks: List[Tensor]) -> Tensor:
    groups = torch.floordiv(self.heads, self.kv_heads)
    outputs = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(masks)):
      mask = masks[i]
      n = torch.floordiv(torch.size(mask, 0), groups)
      total = torch.size(mask, 1)
      keys = torch.narrow(cached_keys[i], 1, 0, total)
      values = torch.narrow(cached_values[i], 1, 0, total)
      before = torch.sub(total, n)
      _0 = torch.copy_(torch.narrow(keys, 1, before, n), torch.narrow(k, 1, at, n))
      _1 = torch.copy_(torch.narrow(values, 1, before, n), torch.narrow(v, 1, at, n))
      output = (self).attend(torch.narrow(q, 1, at, n), keys, values, mask, )
      _2 = torch.append(outputs, output)
      at = torch.add(at, n)
    return torch.cat(outputs, 0)
  def by_segment(self: __torch__.Attention,
    x: Tensor,
    rows: Tensor,
    count: int,
    heads: int) -> Tensor:
    padded = torch.reshape(torch.index_select(x, 1, rows), [heads, count, -1, self.head_dim])
    return torch.transpose(padded, 0, 1)
  def padded(self: __torch__.Attention,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    past_keys: List[Tensor],
    past_values: List[Tensor],
    masks: List[Tensor],
    rows: Tensor,
    slots: Tensor) -> Tensor:
    mask = masks[0]
    count = torch.size(mask, 0)
    keys = torch.cat([torch.stack(past_keys), (self).by_segment(k, rows, count, self.kv_heads, )], 2)
    values = torch.cat([torch.stack(past_values), (self).by_segment(v, rows, count, self.kv_heads, )], 2)
    queries = (self).by_segment(q, rows, count, self.heads, )
    grouped = torch.reshape(queries, [count, self.kv_heads, torch.size(mask, 2), self.head_dim])
    mixed = (self).mix(grouped, keys, values, mask, )
    by_head = torch.reshape(mixed, [count, self.heads, -1, self.head_dim])
    by_slot = torch.reshape(torch.transpose(by_head, 1, 2), [-1, torch.mul(self.heads, self.head_dim)])
    return torch.index_select(by_slot, 0, slots)
  def step(self: __torch__.Attention,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    keys: Tensor,
    values: Tensor,
    mask: Tensor,
    rows: Tensor,
    positions: Tensor) -> Tensor:
    # One token of each sequence, all of which have their pasts in one tensor.
    count = torch.size(mask, 0)
    width = torch.size(mask, 3)
    places = annotate(List[Optional[Tensor]], [rows, None, positions])
    _0 = torch.index_put_(keys, places, torch.transpose(k, 0, 1))
    _1 = torch.index_put_(values, places, torch.transpose(v, 0, 1))
    past_keys = torch.narrow(keys, 2, 0, width)
    past_values = torch.narrow(values, 2, 0, width)
    if torch.lt(count, torch.size(keys, 0)):
      open_keys = torch.index_select(past_keys, 0, rows)
      open_values = torch.index_select(past_values, 0, rows)
    else:
      open_keys = past_keys
      open_values = past_values
    groups = torch.floordiv(self.heads, self.kv_heads)
    grouped = torch.reshape(torch.transpose(q, 0, 1), [count, self.kv_heads, groups, self.head_dim])
    mixed = (self).mix(grouped, open_keys, open_values, mask, )
    return torch.reshape(mixed, [count, torch.mul(self.heads, self.head_dim)])
