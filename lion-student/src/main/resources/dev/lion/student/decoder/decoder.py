# The decoder in TorchScript: RMSNorm, rotary embedding (Hugging Face's half-rotation), grouped-query attention, SwiGLU, forward
# and, written out by hand, backward.
#
# Sequences lie one after the other in one stream of tokens, the shorter first; a run is neighbours of equal length. All but
# attention works on the stream, and attention on one run at a time, so nothing is padded and no sequence sees another.
#
# Shapes: N tokens of the stream, R runs, A places whose next token is learnt or asked for, S slots of a cache, L layers,
# V vocabulary, C hidden size, H query heads, K key-value heads, G = H / K, D head size, F feed-forward size, r rank.
#
# w, the weights: [0] embedding [V, C]; then for each layer: norm before attention [C]; queries, keys and values in one
# [(H + 2K) * D, C]; with bias theirs [(H + 2K) * D]; with qk_norm the norms of queries and keys [D], [D]; attention output
# [C, H * D]; norm before the feed-forward [C]; gate and up in one [2F, C]; down [C, F]; then the last norm [C] and, where it
# is not the embedding itself, the output layer [V, C]. Matrices may be held in bfloat16; with int8 those of the layers are
# int8, and the list goes on with as many scales, one number for each row. With blocks those of the layers may lie as oneDNN's
# products want them.
# a, the adapter: for each layer and each of its four products that is adapted A [parts * r, in] and B [rows of the parts, r],
# the parts being the linear layers in one product. Without an adapter the list is empty, and the weights themselves are trained.
# g: the gradients, a list like a where there is an adapter, else like w.
# frequencies: the rotary embedding's angle for each step of position, [D / 2], float32. runs [R, 2]: sequences, their length.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  feed_forward : int
  eps : float
  bias : bool
  qk_norm : bool
  tied : bool
  window : int
  bf16 : bool
  int8 : bool
  blocks : bool
  strips : bool
  targets : int
  rank : int
  lora_scale : float
  dropout : float

  # --- where things lie

  # tensors of a layer
  def stride(self: __torch__.Decoder) -> int:
    return 6 + int(self.bias) + 2 * int(self.qk_norm)

  # the matrix of a layer's product: 0 queries, keys and values, 1 attention output, 2 gate and up, 3 down
  def place(self: __torch__.Decoder, layer: int, product: int) -> int:
    at = 2 + self.stride() * layer
    if product > 0:
      at = at + self.stride() - 6 + product + int(product > 1)
    return at

  # rows of each linear layer in a product; none stands for those that are all of it
  def rows(self: __torch__.Decoder, product: int) -> List[int]:
    if product == 0:
      return [self.heads * self.head_dim, self.kv_heads * self.head_dim, self.kv_heads * self.head_dim]
    elif product == 2:
      return [self.feed_forward, self.feed_forward]
    else:
      return annotate(List[int], [-1])

  # whether the linear layer part of a product is adapted: bits of targets in the order q, k, v, o, gate, up, down
  def adapts(self: __torch__.Decoder, product: int, part: int) -> bool:
    bit = part
    for i in range(product):
      bit = bit + torch.len(self.rows(i))
    power = 1
    for i in range(bit):
      power = power * 2
    return self.targets // power % 2 == 1

  # linear layers of a product that are adapted
  def parts(self: __torch__.Decoder, product: int) -> int:
    count = 0
    for part in range(torch.len(self.rows(product))):
      count = count + int(self.adapts(product, part))
    return count

  # where a product's A lies in the adapter
  def adapter(self: __torch__.Decoder, layer: int, product: int) -> int:
    before = 0
    all = 0
    for i in range(4):
      has = int(self.parts(i) > 0)
      all = all + has
      if i < product:
        before = before + has
    return 2 * (layer * all + before)

  # --- products, and what they hand back

  # a matrix with its rows one after the other
  def unblocked(self: __torch__.Decoder, matrix: Tensor) -> Tensor:
    if ops.prim.is_mkldnn(matrix):
      return torch.to_dense(matrix, None)
    else:
      return matrix

  # a matrix in blocks, as oneDNN's products want it
  def blocked(self: __torch__.Decoder, matrix: Tensor) -> Tensor:
    if ops.prim.is_mkldnn(matrix):
      return matrix
    else:
      return ops.mkldnn._reorder_linear_weight(torch.contiguous(matrix), 1)

  # a matrix as the products want it, of the type of x or in bfloat16
  def matrix(self: __torch__.Decoder, w: List[Tensor], i: int, x: Tensor) -> Tensor:
    one = self.unblocked(w[i])
    if self.bf16:
      like = torch.to(one, 15)
    else:
      like = torch.type_as(one, x)
    if self.int8 and torch.is_floating_point(one) == False:
      like = torch.mul_(like, torch.type_as(w[torch.len(w) // 2 + i], like))
    return like

  # x [N, in] @ matrix^T [in, out]; in bfloat16 when asked for, with the result as wide as the residual stream
  def times(self: __torch__.Decoder, x: Tensor, matrix: Tensor) -> Tensor:
    if self.bf16:
      return torch.to(torch.linear(torch.to(x, 15), matrix), 6)
    else:
      return torch.linear(x, matrix)

  # the gradient d [N, out] through times -> [N, in]
  def back(self: __torch__.Decoder, d: Tensor, matrix: Tensor) -> Tensor:
    if self.bf16:
      return torch.to(torch.matmul(torch.to(d, 15), matrix), 6)
    else:
      return torch.matmul(d, matrix)

  # g [out, in] += d [N, out]^T @ x [N, in]
  def collect(self: __torch__.Decoder, g: Tensor, d: Tensor, x: Tensor) -> NoneType:
    if self.bf16:
      _0 = torch.add_(g, torch.matmul(torch.t(torch.to(d, 15)), torch.to(x, 15)))
    else:
      _1 = torch.addmm_(g, torch.t(d), x)

  # x as the adapter sees it: each number 0 with the probability of dropout, the same ones for the same seed
  def dropped(self: __torch__.Decoder, x: Tensor, seed: int, adapter: int) -> Tensor:
    if self.dropout > 0. and seed != 0:
      generator = torch.Generator(device=None, seed=seed + adapter)
      kept = torch.bernoulli(torch.empty_like(x), 1. - self.dropout, generator=generator)
      return x * kept / (1. - self.dropout)
    else:
      return x

  # a product of a layer with what the adapter adds; seed 0 is without dropout
  def product(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, product: int, x: Tensor, seed: int) -> Tensor:
    at = self.place(layer, product)
    y = self.times(x, self.matrix(w, at, x))
    if self.bias and product == 0:
      y = torch.add_(y, w[at + 1])
    if torch.len(a) > 0 and self.parts(product) > 0:
      i = self.adapter(layer, product)
      u = torch.linear(self.dropped(x, seed, i), a[i])  # [N, parts * r]
      rows = self.rows(product)
      from_row, from_b, from_u = 0, 0, 0
      for part in range(torch.len(rows)):
        count = rows[part]
        if count < 0:
          count = torch.size(y, -1)
        if self.adapts(product, part):
          out = torch.narrow(y, -1, from_row, count)
          _0 = torch.addmm_(out, torch.narrow(u, -1, from_u, self.rank), torch.t(torch.narrow(a[i + 1], 0, from_b, count)), beta=1, alpha=self.lora_scale)
          from_b = from_b + count
          from_u = from_u + self.rank
        from_row = from_row + count
    return y

  # the gradient d of a product's result -> the gradient of x; adds to g what is trained
  def product_back(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], g: List[Tensor], layer: int, product: int, x: Tensor, d: Tensor, seed: int) -> Tensor:
    at = self.place(layer, product)
    dx = self.back(d, self.matrix(w, at, x))
    if torch.len(a) == 0:
      self.collect(g[at], d, x)
      if self.bias and product == 0:
        _0 = torch.add_(g[at + 1], torch.sum(d, [0]))
    elif self.parts(product) > 0:
      i = self.adapter(layer, product)
      seen = self.dropped(x, seed, i)
      u = torch.linear(seen, a[i])  # [N, parts * r]
      du = torch.empty_like(u)
      rows = self.rows(product)
      from_row, from_b, from_u = 0, 0, 0
      for part in range(torch.len(rows)):
        count = rows[part]
        if count < 0:
          count = torch.size(d, -1)
        if self.adapts(product, part):
          dy = torch.narrow(d, -1, from_row, count)
          b = torch.narrow(a[i + 1], 0, from_b, count)
          _1 = torch.copy_(torch.narrow(du, -1, from_u, self.rank), torch.matmul(dy, b) * self.lora_scale)
          _2 = torch.addmm_(torch.narrow(g[i + 1], 0, from_b, count), torch.t(dy), torch.narrow(u, -1, from_u, self.rank), beta=1, alpha=self.lora_scale)
          from_b = from_b + count
          from_u = from_u + self.rank
        from_row = from_row + count
      _3 = torch.addmm_(g[i], torch.t(du), seen)
      dx = torch.add_(dx, self.dropped(torch.matmul(du, a[i]), seed, i))
    return dx

  # --- norms, rotation, attention

  # x / sqrt(mean(x^2) + eps) without the weight, and the factor
  def normed(self: __torch__.Decoder, x: Tensor) -> Tuple[Tensor, Tensor]:
    length = torch.linalg_vector_norm(x, 2, [-1], True)
    factor = torch.rsqrt(length * length / torch.size(x, -1) + self.eps)
    return (x * factor, factor)

  # the gradient d of normed * weight -> the gradient of x
  def norm_back(self: __torch__.Decoder, d: Tensor, x: Tensor, factor: Tensor, weight: Tensor) -> Tensor:
    unit = x * factor
    d = d * weight
    along = torch.sum(d * unit, [-1], True) / (0. - torch.size(x, -1))
    return torch.mul_(torch.addcmul(d, unit, along), factor)

  # adds the gradient of a norm's weight, d being that of normed * weight
  def norm_collect(self: __torch__.Decoder, a: List[Tensor], g: List[Tensor], i: int, d: Tensor, unit: Tensor) -> NoneType:
    if torch.len(a) == 0:
      _0 = torch.add_(g[i], torch.sum(d * unit, [0]))

  # positions [...] -> cosines and sines [..., 1, D], the sines of the first half negative
  def angles(self: __torch__.Decoder, positions: Tensor, frequencies: Tensor, like: Tensor) -> Tuple[Tensor, Tensor]:
    angle = torch.unsqueeze(torch.unsqueeze(positions, -1) * frequencies, -2)
    cos = torch.type_as(torch.cos(angle), like)
    sin = torch.type_as(torch.sin(angle), like)
    return (torch.cat([cos, cos], -1), torch.cat([-sin, sin], -1))

  # x [..., heads, D]: the halves (a, b) become (a cos - b sin, b cos + a sin)
  def rotate(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    return torch.addcmul(x * cos, torch.roll(x, self.head_dim // 2, -1), sin)

  # the weights of the norms of all heads' queries and keys [H + K, D]
  def head_norms(self: __torch__.Decoder, w: List[Tensor], layer: int) -> Tensor:
    at = self.place(layer, 0) + 1 + int(self.bias)
    return torch.cat([torch.expand(w[at], [self.heads, self.head_dim]), torch.expand(w[at + 1], [self.kv_heads, self.head_dim])])

  # a normed layer's input [..., C] -> queries and keys before the rotation [..., H + K, D], as they leave the product, with the
  # factor of their norm where they have one (else themselves), and values [..., K, D]
  def project(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, h: Tensor, seed: int) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    all = torch.unflatten(self.product(w, a, layer, 0, h, seed), -1, [self.heads + 2 * self.kv_heads, self.head_dim])
    raw, v = torch.split_with_sizes(all, [self.heads + self.kv_heads, self.kv_heads], -2)
    turning = raw
    factor = raw
    if self.qk_norm:
      unit, factor = self.normed(raw)
      turning = unit * self.head_norms(w, layer)
    return (raw, factor, turning, v)

  # x [T * n, heads, D] of a run -> [n, H, T, D], each of fewer heads for its group
  def run(self: __torch__.Decoder, x: Tensor, start: int, count: int, length: int) -> Tensor:
    one = torch.unflatten(torch.narrow(x, 0, start, count * length), 0, [count, length])  # [n, T, heads, D]
    groups = self.heads // torch.size(x, 1)
    if groups > 1:
      one = torch.flatten(torch.expand(torch.unsqueeze(one, 3), [-1, -1, -1, groups, -1]), 2, 3)
    return torch.transpose(one, 1, 2)

  # the gradient x [n, H, T, D] of a run -> [T * n, heads, D]
  def unrun(self: __torch__.Decoder, x: Tensor, heads: int) -> Tensor:
    one = torch.flatten(torch.transpose(x, 1, 2), 0, 1)
    if heads < self.heads:
      one = torch.sum(torch.unflatten(one, 1, [heads, -1]), [2])
    return one

  # what a token may see where the window is shorter than the run: 0, elsewhere -inf, [T, T]
  def band(self: __torch__.Decoder, length: int, like: Tensor) -> Optional[Tensor]:
    mask = annotate(Optional[Tensor], None)
    if self.window > 0 and length > self.window:
      place = torch.arange(length)
      behind = torch.unsqueeze(place, 1) - place
      hidden = torch.logical_or(torch.lt(behind, 0), torch.ge(behind, self.window))
      mask = torch.masked_fill(torch.new_zeros(like, [length, length]), hidden, -inf)
    return mask

  # q [N, H, D], k and v [N, K, D] -> [N, H, D] and each run's log-sum-exp, causal
  def attend(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, runs: List[int]) -> Tuple[Tensor, List[Tensor]]:
    outs = annotate(List[Tensor], [])
    sums = annotate(List[Tensor], [])
    start = 0
    for i in range(torch.len(runs) // 2):
      n, length = runs[2 * i], runs[2 * i + 1]
      mask = self.band(length, q)
      out, lse = torch._scaled_dot_product_flash_attention_for_cpu(self.run(q, start, n, length), self.run(k, start, n, length), self.run(v, start, n, length), 0., mask is None, attn_mask=mask, scale=None)
      _0 = torch.append(outs, torch.flatten(torch.transpose(out, 1, 2), 0, 1))
      _1 = torch.append(sums, lse)
      start = start + n * length
    return (torch.cat(outs), sums)

  # the gradient d [N, H, D] of attend -> those of q [N, H, D], k and v [N, K, D]
  def attend_back(self: __torch__.Decoder, d: Tensor, q: Tensor, k: Tensor, v: Tensor, out: Tensor, sums: List[Tensor], runs: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
    dq, dk, dv = annotate(List[Tensor], []), annotate(List[Tensor], []), annotate(List[Tensor], [])
    start = 0
    for i in range(torch.len(runs) // 2):
      n, length = runs[2 * i], runs[2 * i + 1]
      mask = self.band(length, q)
      a, b, c = torch._scaled_dot_product_flash_attention_for_cpu_backward(self.run(d, start, n, length), self.run(q, start, n, length), self.run(k, start, n, length), self.run(v, start, n, length), self.run(out, start, n, length), sums[i], 0., mask is None, attn_mask=mask, scale=None)
      _0 = torch.append(dq, self.unrun(a, self.heads))
      _1 = torch.append(dk, self.unrun(b, self.kv_heads))
      _2 = torch.append(dv, self.unrun(c, self.kv_heads))
      start = start + n * length
    return (torch.cat(dq), torch.cat(dk), torch.cat(dv))

  # --- a layer, and the whole

  # attended [..., H * D] and the stream x [..., C] before the layer -> the stream after it, and what its gradient needs:
  # the stream between its halves, the factor of its norm, gate and up [..., 2F]
  def finish(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, x: Tensor, attended: Tensor, seed: int) -> Tuple[Tensor, List[Tensor]]:
    x = torch.add_(self.product(w, a, layer, 1, attended, seed), x)
    unit, factor = self.normed(x)
    both = self.product(w, a, layer, 2, torch.mul_(unit, w[self.place(layer, 2) - 1]), seed)
    gate, up = torch.chunk(both, 2, -1)
    out = torch.add_(self.product(w, a, layer, 3, torch.mul_(torch.silu(gate), up), seed), x)
    return (out, annotate(List[Tensor], [x, factor, both]))

  # x [N, C] -> x after the layer, and what layer_back needs; at [A]: after attention go on with these places alone
  def layer(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, x: Tensor, cos: Tensor, sin: Tensor, runs: List[int], at: Optional[Tensor], seed: int) -> Tuple[Tensor, List[Tensor], List[Tensor]]:
    unit, factor = self.normed(x)
    raw, head_factor, turning, v = self.project(w, a, layer, torch.mul_(unit, w[self.place(layer, 0) - 1]), seed)
    turned = self.rotate(turning, cos, sin)  # [N, H + K, D]
    if not self.qk_norm:
      raw, head_factor, v = factor, factor, torch.contiguous(v)  # so that what they were parts of is not kept
    q, k = torch.split_with_sizes(turned, [self.heads, self.kv_heads], -2)
    out, sums = self.attend(q, k, v, runs)
    attended = torch.flatten(out, 1)
    went_on = x
    if at is not None:
      attended = torch.index_select(attended, 0, at)
      went_on = torch.index_select(x, 0, at)
    y, second = self.finish(w, a, layer, went_on, attended, seed)
    return (y, torch.add(annotate(List[Tensor], [x, factor, raw, head_factor, turned, v, out]), second), sums)

  # the gradient d of layer's result -> the gradient of x
  def layer_back(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], g: List[Tensor], layer: int, d: Tensor, kept: List[Tensor], sums: List[Tensor], cos: Tensor, sin: Tensor, runs: List[int], at: Optional[Tensor], seed: int) -> Tensor:
    x, factor, raw, head_factor, turned, v, out = kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6]
    middle, second, both = kept[7], kept[8], kept[9]
    # the feed-forward
    gate, up = torch.chunk(both, 2, -1)
    active = torch.silu(gate)
    d_active = self.product_back(w, a, g, layer, 3, active * up, d, seed)
    d_both = torch.cat([torch.silu_backward(d_active * up, gate), d_active * active], -1)
    norm = self.place(layer, 2) - 1
    unit = middle * second
    d_norm = self.product_back(w, a, g, layer, 2, unit * w[norm], d_both, seed)
    self.norm_collect(a, g, norm, d_norm, unit)
    d = torch.add(d, self.norm_back(d_norm, middle, second, w[norm]))
    # the attention
    attended = torch.flatten(out, 1)
    if at is not None:
      attended = torch.index_select(attended, 0, at)
    d_out = self.product_back(w, a, g, layer, 1, attended, d, seed)
    if at is not None:
      d_out = torch.index_copy(torch.new_zeros(d_out, [torch.size(x, 0), torch.size(d_out, 1)]), 0, at, d_out)
      d = torch.index_copy(torch.zeros_like(x), 0, at, d)
    q, k = torch.split_with_sizes(turned, [self.heads, self.kv_heads], -2)
    dq, dk, dv = self.attend_back(torch.unflatten(d_out, 1, [self.heads, self.head_dim]), q, k, v, out, sums, runs)
    d_turning = self.rotate(torch.cat([dq, dk], 1), cos, -sin)
    if self.qk_norm:
      weights = self.head_norms(w, layer)
      if torch.len(a) == 0:
        each = torch.sum(d_turning * raw * head_factor, [0])  # [H + K, D]
        at_norms = self.place(layer, 0) + 1 + int(self.bias)
        _0 = torch.add_(g[at_norms], torch.sum(torch.narrow(each, 0, 0, self.heads), [0]))
        _1 = torch.add_(g[at_norms + 1], torch.sum(torch.narrow(each, 0, self.heads, self.kv_heads), [0]))
      d_turning = self.norm_back(d_turning, raw, head_factor, weights)
    d_all = torch.flatten(torch.cat([d_turning, dv], 1), 1)
    norm = self.place(layer, 0) - 1
    unit = x * factor
    d_norm = self.product_back(w, a, g, layer, 0, unit * w[norm], d_all, seed)
    self.norm_collect(a, g, norm, d_norm, unit)
    return torch.add_(self.norm_back(d_norm, x, factor, w[norm]), d)

  # where the last norm lies
  def last(self: __torch__.Decoder) -> int:
    return 1 + self.stride() * self.layers

  # where the output layer lies
  def head(self: __torch__.Decoder) -> int:
    if self.tied:
      return 0
    else:
      return self.last() + 1

  # hidden states [..., C] -> logits [..., V]
  def output(self: __torch__.Decoder, w: List[Tensor], x: Tensor) -> Tensor:
    unit, _0 = self.normed(x)
    return self.times(unit * w[self.last()], self.matrix(w, self.head(), x))

  # hidden states x [A, C] -> the logarithm of each label's probability [A], and of the sum of -weights * those the gradient
  # of x, which is nothing without weights; in chunks, so that never more than a chunk of the logits is there
  def label(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], g: List[Tensor], x: Tensor, labels: Tensor, weights: Optional[Tensor], chunk: int) -> Tuple[Tensor, Tensor]:
    matrix = self.matrix(w, self.head(), x)
    norm = w[self.last()]
    chances = annotate(List[Tensor], [])
    gradients = annotate(List[Tensor], [])
    for start in range(0, torch.size(x, 0), chunk):
      count = ops.prim.min(chunk, torch.size(x, 0) - start)
      part = torch.narrow(x, 0, start, count)
      label = torch.unsqueeze(torch.narrow(labels, 0, start, count), 1)
      unit, factor = self.normed(part)
      h = unit * norm
      z = self.times(h, matrix)  # [chunk, V]
      most = torch.amax(z, [-1], True)
      own = torch.gather(z, 1, label) - most
      z = torch.exp_(torch.sub_(z, most))
      mass = torch.sum(z, [-1], True)
      _0 = torch.append(chances, torch.squeeze(own - torch.log(mass), 1))
      if weights is not None:
        weight = torch.type_as(torch.unsqueeze(torch.narrow(weights, 0, start, count), 1), z)
        d = torch.scatter_add_(torch.mul_(z, weight / mass), 1, label, -weight)
        if torch.len(a) == 0:
          self.collect(g[self.head()], d, h)
        d = self.back(d, matrix)
        self.norm_collect(a, g, self.last(), d, unit)
        _1 = torch.append(gradients, self.norm_back(d, part, factor, norm))
    if weights is not None:
      return (torch.cat(chances), torch.cat(gradients))
    else:
      return (torch.cat(chances), x)

  # the numbers of runs, and each token's cosines and sines
  def unpack(self: __torch__.Decoder, runs: Tensor, frequencies: Tensor, like: Tensor) -> Tuple[List[int], Tensor, Tensor]:
    numbers = annotate(List[int], [])
    positions = annotate(List[Tensor], [])
    for i in range(torch.size(runs, 0)):
      count = int(torch.select(torch.select(runs, 0, i), 0, 0))
      length = int(torch.select(torch.select(runs, 0, i), 0, 1))
      _0 = torch.append(numbers, count)
      _1 = torch.append(numbers, length)
      _2 = torch.append(positions, torch.repeat(torch.arange(length, dtype=6), [count]))
    cos, sin = self.angles(torch.cat(positions), frequencies, like)
    return (numbers, cos, sin)

  # ids [...] -> [..., C]
  def embed(self: __torch__.Decoder, w: List[Tensor], ids: Tensor) -> Tensor:
    return torch.type_as(torch.embedding(w[0], ids), w[1])

  # adds to g the gradient of the sum of -weights * log p over the labels [A], at places at [A] of ids [N], and gives the log p
  def gradients(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], g: List[Tensor], frequencies: Tensor, ids: Tensor, runs: Tensor, at: Tensor, labels: Tensor, weights: Tensor, chunk: int, recomputation: bool, seed: int) -> Tensor:
    x = self.embed(w, ids)
    numbers, cos, sin = self.unpack(runs, frequencies, x)
    inputs = annotate(List[Tensor], [])
    kept = annotate(List[List[Tensor]], [])
    sums = annotate(List[List[Tensor]], [])
    for layer in range(self.layers):
      places = annotate(Optional[Tensor], None)
      if layer == self.layers - 1:
        places = at
      if recomputation:
        _0 = torch.append(inputs, x)
      x, of_layer, of_runs = self.layer(w, a, layer, x, cos, sin, numbers, places, seed)
      if not recomputation:
        _1 = torch.append(kept, of_layer)
        _2 = torch.append(sums, of_runs)
    chances, d = self.label(w, a, g, x, labels, weights, chunk)
    for i in range(self.layers):
      layer = self.layers - 1 - i
      places = annotate(Optional[Tensor], None)
      if i == 0:
        places = at
      if recomputation:
        _3, of_layer, of_runs = self.layer(w, a, layer, torch.pop(inputs), cos, sin, numbers, places, seed)
      else:
        of_layer, of_runs = torch.pop(kept), torch.pop(sums)
      d = self.layer_back(w, a, g, layer, d, of_layer, of_runs, cos, sin, numbers, places, seed)
    if torch.len(a) == 0:
      _4 = torch.index_add_(g[0], 0, ids, d)
    return chances

  # ids [N] -> hidden states [A, C] at places at, before the last norm
  def hidden(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], frequencies: Tensor, ids: Tensor, runs: Tensor, at: Tensor) -> Tensor:
    x = self.embed(w, ids)
    numbers, cos, sin = self.unpack(runs, frequencies, x)
    for layer in range(self.layers):
      places = annotate(Optional[Tensor], None)
      if layer == self.layers - 1:
        places = at
      x, _0, _1 = self.layer(w, a, layer, x, cos, sin, numbers, places, 0)
    return x

  # the logits [A, V] at places at of ids [N]
  def logits(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], frequencies: Tensor, ids: Tensor, runs: Tensor, at: Tensor) -> Tensor:
    return self.output(w, self.hidden(w, a, frequencies, ids, runs, at))

  # the logarithm of each label's probability [A]
  def chances(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], frequencies: Tensor, ids: Tensor, runs: Tensor, at: Tensor, labels: Tensor, chunk: int) -> Tensor:
    chances, _0 = self.label(w, a, annotate(List[Tensor], []), self.hidden(w, a, frequencies, ids, runs, at), labels, None, chunk)
    return chances

  # --- the optimizer

  # adds other gradients to g and empties them
  def gather(self: __torch__.Decoder, g: List[Tensor], other: List[Tensor]) -> NoneType:
    torch._foreach_add_(g, other)
    torch._foreach_zero_(other)

  # empties g
  def clear(self: __torch__.Decoder, g: List[Tensor]) -> NoneType:
    torch._foreach_zero_(g)

  # scales g down to a global norm of at most most and gives the norm that it had
  def clip(self: __torch__.Decoder, g: List[Tensor], most: float) -> float:
    norm = torch.norm(torch.stack(torch._foreach_norm(g)))
    torch._foreach_mul_(g, torch.clamp(most / (norm + 1e-06), None, 1.))
    return float(norm)

  # AdamW's step number step, from 1
  def adamw(self: __torch__.Decoder, w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], step: int, rate: float, decay: float, beta1: float, beta2: float, eps: float) -> NoneType:
    steps = annotate(List[Tensor], [])
    count = torch.full([], step, dtype=6)
    for i in range(torch.len(w)):
      _0 = torch.append(steps, count)
    torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)

  # --- weights that stay as they are

  # room for a matrix or vector; kind 0 float32, 1 bfloat16, 2 int8, 3 float32 with its columns one after the other
  def reserve(self: __torch__.Decoder, shape: List[int], kind: int) -> Tensor:
    type = 6
    if kind == 1:
      type = 15
    elif kind == 2:
      type = 1
    if kind == 3:
      return torch.t(torch.zeros([shape[1], shape[0]], dtype=type))
    else:
      return torch.zeros(shape, dtype=type)

  # puts rows of numbers [n, in] into a reserved tensor from a row on; an int8 one gets them in 255 steps, with a scale for each row
  def fill(self: __torch__.Decoder, into: Tensor, scales: Tensor, row: int, numbers: Tensor) -> NoneType:
    count = torch.size(numbers, 0)
    if torch.is_floating_point(into):
      _0 = torch.copy_(torch.narrow(into, 0, row, count), numbers)
    else:
      scale = torch.clamp(torch.amax(torch.abs(numbers), [1], True) / 127., 1e-30)
      _1 = torch.copy_(torch.narrow(scales, 0, row, count), scale)
      _2 = torch.copy_(torch.narrow(into, 0, row, count), torch.round(numbers / scale))

  # some rows of a layer's matrix in float32 with the adapter added to them
  def merged(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, product: int, row: int, count: int) -> Tensor:
    at = self.place(layer, product)
    adapted = torch.len(a) > 0 and self.parts(product) > 0
    one = torch.to(torch.narrow(self.unblocked(w[at]), 0, row, count), 6, False, adapted or self.int8)
    if self.int8:
      one = torch.mul_(one, torch.narrow(w[torch.len(w) // 2 + at], 0, row, count))
    if adapted:
      i = self.adapter(layer, product)
      rows = self.rows(product)
      from_row, from_b, from_u = 0, 0, 0
      for part in range(torch.len(rows)):
        all = rows[part]
        if all < 0:
          all = torch.size(w[at], 0)
        if self.adapts(product, part):
          start, end = ops.prim.max(row, from_row), ops.prim.min(row + count, from_row + all)
          if start < end:
            _0 = torch.addmm_(torch.narrow(one, 0, start - row, end - start), torch.narrow(a[i + 1], 0, from_b + start - from_row, end - start), torch.narrow(a[i], 0, from_u, self.rank), beta=1, alpha=self.lora_scale)
          from_b = from_b + all
          from_u = from_u + self.rank
        from_row = from_row + all
    return one

  # some rows of the tensor i in float32, a layer's matrix with the adapter added to it
  def numbers(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], i: int, row: int, count: int) -> Tensor:
    of_layer, of_product = -1, -1
    for layer in range(self.layers):
      for product in range(4):
        if self.place(layer, product) == i:
          of_layer, of_product = layer, product
    if of_layer < 0:
      return torch.to(torch.narrow(self.unblocked(w[i]), 0, row, count), 6)
    else:
      return torch.contiguous(self.merged(w, a, of_layer, of_product, row, count))

  # --- decoding
#
# r, the weights that are ready: for each layer twelve: its four matrices, each twice; norm before attention; bias; norms of heads
# [H + K, D]; norm before the feed-forward. Then the output layer, twice; the last norm; the embedding; eps. What a decoder does not
# have is empty. Matrices are seen as [in, out] first, as products of rows want it in float32, then as [out, in]; with blocks they
# are in these. With strips the second is a copy for lone tokens, and the list goes on with which rows belong to which strip: two
# tensors for each product of a layer and for the output layer. With int8 matrices are empty, and p has all of them, the output
# layer last, as FBGEMM wants them, and the largest number that what they are multiplied with is rounded to.
#
# Rows lie in groups, a group's keys and values in a cache [L, R, S, 2K, D], a token's slot being its position. plan: segments of
# six numbers, in the order of the tokens: the cache, its first row, rows, tokens of each row, span above all positions, whether
# what a token may see has to be masked; where not, rows of several tokens start with their first.

  # the weights as decoding wants them, so that it does not convert them at every token: the adapter is among them
  def ready(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor]) -> Tuple[List[Tensor], Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int]]:
    out = annotate(List[Tensor], [])
    packed = annotate(List[__torch__.torch.classes.quantized.LinearPackedParamsBase], [])
    none = torch.empty([0], dtype=6)
    for layer in range(self.layers):
      before = [w[self.place(layer, 0) - 1], w[self.place(layer, 2) - 1]]
      for product in range(4):
        if self.int8:
          _0 = torch.append(packed, self.packed(w, a, layer, product))
          out = out + [none, none]
        else:
          norm = annotate(Optional[Tensor], None)
          if product % 2 == 0:
            norm = before[product // 2]
          out = out + self.twice(self.dense(w, a, layer, product), norm)
      bias, heads = none, none
      if self.bias:
        bias = torch.view(w[self.place(layer, 0) + 1], [-1, self.head_dim])
      if self.qk_norm:
        heads = self.head_norms(w, layer)
      out = out + [before[0], bias, heads, before[1]]
    norm = w[self.last()]
    if self.int8:
      _0 = torch.append(packed, self.rounded(torch.to(w[self.head()], 6)))
      out = out + [none, none]
    else:
      head = w[self.head()]
      if not ops.prim.is_mkldnn(head):
        head = self.matrix(w, self.head(), w[1])
      out = out + self.twice(head, norm)
    out = out + [norm, w[0], torch.full([], self.eps, dtype=6)]
    if self.strips:
      for product in range(5):
        i = 12 * self.layers * (product // 4) + 2 * (product % 4)
        rows = torch.size(out[i + 1], 0)
        strips = torch.size(out[i], 0) // torch.size(out[i + 1], 1)
        out = out + [torch.arange(rows, dtype=3), torch.arange(0, rows, rows // strips, dtype=3)]
    return (out, (packed, self.peak()))

  # the matrix of a layer's product with what the adapter adds
  def dense(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, product: int) -> Tensor:
    at = self.place(layer, product)
    if torch.len(a) > 0 and self.parts(product) > 0:
      one = self.merged(w, a, layer, product, 0, torch.size(w[at], 0))
      if self.bf16:
        one = torch.to(one, 15)
    elif ops.prim.is_mkldnn(w[at]):
      one = w[at]
    else:
      one = self.matrix(w, at, w[1])
    return one

  # a matrix [out, in], which a norm comes before, as products of rows want it, in float32 seen as [in, out], and as those of one row do
  def twice(self: __torch__.Decoder, matrix: Tensor, norm: Optional[Tensor]) -> List[Tensor]:
    if self.strips:
      return [self.blocked(matrix), self.stripped(self.unblocked(matrix), norm)]
    elif self.blocks:
      one = self.blocked(matrix)
      return [one, one]
    elif self.bf16:
      return [matrix, matrix]
    else:
      return [torch.t(matrix), matrix]

  # a matrix [out, in], times the norm before it, in n strips [n * in, out / n], each of the columns of some of its rows
  def stripped(self: __torch__.Decoder, matrix: Tensor, norm: Optional[Tensor]) -> Tensor:
    strips = 1
    while strips < 16 and torch.size(matrix, 0) % (2 * strips) == 0 and torch.size(matrix, 0) // (2 * strips) >= 128:
      strips = 2 * strips
    if norm is not None:
      matrix = matrix * norm
    return torch.flatten(torch.contiguous(torch.transpose(torch.unflatten(matrix, 0, [strips, -1]), 1, 2)), 0, 1)

  # the int8 matrix of a layer's product with what the adapter adds, as FBGEMM wants it
  def packed(self: __torch__.Decoder, w: List[Tensor], a: List[Tensor], layer: int, product: int) -> __torch__.torch.classes.quantized.LinearPackedParamsBase:
    at = self.place(layer, product)
    if torch.len(a) > 0 and self.parts(product) > 0:
      return self.rounded(self.merged(w, a, layer, product, 0, torch.size(w[at], 0)))
    else:
      return self.pack(w[at], w[torch.len(w) // 2 + at])

  # float32 numbers in 255 steps, with a scale for each row, as FBGEMM wants them
  def rounded(self: __torch__.Decoder, numbers: Tensor) -> __torch__.torch.classes.quantized.LinearPackedParamsBase:
    scales = torch.clamp(torch.amax(torch.abs(numbers), [1], True) / 127., 1e-30)
    return self.pack(torch.to(torch.round(numbers / scales), 1), scales)

  # int8 numbers [out, in] with scales [out, 1]
  def pack(self: __torch__.Decoder, numbers: Tensor, scales: Tensor) -> __torch__.torch.classes.quantized.LinearPackedParamsBase:
    flat = torch.to(torch.flatten(scales), 7)
    quantized = torch._make_per_channel_quantized_tensor(numbers, flat, torch.zeros_like(flat, dtype=4), 0)
    return ops.quantized.linear_prepack(quantized, annotate(Optional[Tensor], None))

  # the largest number that what int8 matrices are multiplied with is rounded to: 127, or 63 where a processor without instructions
  # for such products (VNNI) adds pairs of them in 16 bits, which larger ones overflow
  def peak(self: __torch__.Decoder) -> int:
    if not self.int8:
      return 0
    matrix = self.pack(torch.full([1, 64], 127, dtype=1), torch.ones([1, 1], dtype=6))
    found = ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(torch.ones([1, 64], dtype=6), 1. / 127., 128, matrix)
    if torch.lt(float(found), 8000.):
      return 63
    else:
      return 127

  # x [N, in] times the matrix of a product, of which the layer after the last has the output layer; with int8 x is rounded as
  # well, each row to its own steps
  def apply(self: __torch__.Decoder, r: List[Tensor], p: Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int], layer: int, product: int, x: Tensor) -> Tensor:
    if self.int8:
      most = torch.clamp_(torch.linalg_vector_norm(x, inf, [-1], True), 1e-30)
      packed, peak = p
      y = ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(torch.div(x, most), 1. / peak, peak + 1, packed[4 * layer + product])
      return torch.mul_(y, most)
    matrix = r[12 * layer + 2 * product]
    if self.blocks:
      if self.bf16:
        x = torch.to(x, 15)
      return torch.to(ops.mkldnn._linear_pointwise(x, matrix, annotate(Optional[Tensor], None), "none", annotate(List[Optional[number]], []), ""), 6)
    elif self.bf16:
      return self.times(x, matrix)
    else:
      return torch.mm(x, matrix)

  # y [N, out], in its place, plus what apply gives
  def onto(self: __torch__.Decoder, r: List[Tensor], p: Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int], layer: int, product: int, x: Tensor, y: Tensor) -> Tensor:
    if self.int8 or self.bf16:
      return torch.add_(self.apply(r, p, layer, product, x), y)
    elif self.blocks:
      return ops.mkldnn._linear_pointwise(x, y, r[12 * layer + 2 * product], annotate(Optional[Tensor], None), "add")
    else:
      return torch.addmm_(y, x, r[12 * layer + 2 * product])

  # x / sqrt(mean(x^2) + eps) * weight
  def unit(self: __torch__.Decoder, r: List[Tensor], x: Tensor, weight: Tensor) -> Tensor:
    length = torch.linalg_vector_norm(x, 2, [-1], True)
    factor = torch.rsqrt_(torch.addcmul(r[12 * self.layers + 4], length, length, value=1. / torch.size(x, -1)))
    return torch.mul_(torch.mul(x, factor), weight)

  # an empty cache for so many rows and slots; zeros, as even what is masked must be numbers
  def cache(self: __torch__.Decoder, rows: int, slots: int) -> Tensor:
    return torch.zeros([self.layers, rows, slots, 2 * self.kv_heads, self.head_dim], dtype=6)

  # copies the first slots of some rows of a cache to another or to other rows
  def copy(self: __torch__.Decoder, source: Tensor, first: int, target: Tensor, to: int, rows: int, slots: int) -> NoneType:
    _0 = torch.copy_(torch.narrow(torch.narrow(target, 1, to, rows), 2, 0, slots), torch.narrow(torch.narrow(source, 1, first, rows), 2, 0, slots))

  # what each token of a segment may see: 0, elsewhere -inf, [n, 1, T, span]
  def seen(self: __torch__.Decoder, positions: Tensor, rows: int, tokens: int, span: int) -> Tensor:
    behind = torch.view(positions, [rows, 1, tokens, 1]) - torch.arange(span)
    hidden = torch.lt(behind, 0)
    if self.window > 0:
      hidden = torch.logical_or(hidden, torch.ge(behind, self.window))
    return torch.masked_fill(torch.zeros([rows, 1, tokens, span], dtype=6), hidden, -inf)

  # [n, K, span, D] -> [n, H, span, D], each for its group
  def shared(self: __torch__.Decoder, x: Tensor) -> Tensor:
    groups = self.heads // self.kv_heads
    if groups > 1:
      x = torch.flatten(torch.expand(torch.unsqueeze(x, 2), [-1, -1, groups, -1, -1]), 1, 2)
    return x

  # views of the caches, layer by layer for each segment: where new keys and values go [R * S, 2K, D], and all keys and values of
  # its rows that may be seen [n, K, span, D]
  def views(self: __torch__.Decoder, caches: List[Tensor], plan: List[int]) -> Tuple[List[List[Tensor]], List[List[Tensor]], List[List[Tensor]]]:
    into, keys, values = annotate(List[List[Tensor]], []), annotate(List[List[Tensor]], []), annotate(List[List[Tensor]], [])
    for i in range(torch.len(plan) // 6):
      cache = caches[plan[6 * i]]
      held = torch.narrow(torch.narrow(cache, 1, plan[6 * i + 1], plan[6 * i + 2]), 2, 0, plan[6 * i + 4])
      k, v = torch.split_with_sizes(torch.transpose(held, 2, 3), [self.kv_heads, self.kv_heads], 2)
      _0 = torch.append(into, torch.unbind(torch.flatten(cache, 1, 2)))
      _1 = torch.append(keys, torch.unbind(k))
      _2 = torch.append(values, torch.unbind(v))
    return (into, keys, values)

  # what the queries q [n, T, H, D] of a segment see of k and v [n, K, span, D] -> [n * T, H * D]
  def look(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, tokens: int, mask: Optional[Tensor]) -> Tensor:
    if tokens == 1:
      out, _0 = torch._scaled_dot_product_flash_attention_for_cpu(torch.view(q, [-1, self.kv_heads, self.heads // self.kv_heads, self.head_dim]), k, v, 0., False, attn_mask=mask, scale=None)
      return torch.flatten(out, 1)
    else:
      q = torch.transpose(torch.unflatten(q, 0, [-1, tokens]), 1, 2)
      out, _1 = torch._scaled_dot_product_flash_attention_for_cpu(q, self.shared(k), self.shared(v), 0., mask is None, attn_mask=mask, scale=None)
      return torch.flatten(torch.flatten(torch.transpose(out, 1, 2), 0, 1), 1)

  # 1 / sqrt(mean(x^2) + eps) of a vector
  def factor(self: __torch__.Decoder, x: Tensor) -> float:
    return torch.pow(float(torch.dot(x, x)) / torch.size(x, 0) + self.eps, -0.5)

  # what apply gives for one row x [in], which is rounded; the matrix is the one at j of those that are packed
  def rough(self: __torch__.Decoder, p: Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int], j: int, x: Tensor) -> Tensor:
    packed, peak = p
    most = ops.prim.max(float(torch.linalg_vector_norm(x, inf)), 1e-30)
    return torch.squeeze(ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(torch.unsqueeze(x, 0), most / peak, peak + 1, packed[j]), 0)

  # what apply gives for one row x [in], as sums of a matrix' rows, each times a number of x, side by side for all strips
  # [n, out / n]; which is what embeddings are added up with. wide: room for x once for each strip, also as a vector
  def summed(self: __torch__.Decoder, r: List[Tensor], layer: int, product: int, x: Tensor, wide: List[Tensor]) -> Tensor:
    if layer == self.layers:
      kind = 4
    else:
      kind = product
    at = 12 * self.layers + 5 + 2 * kind
    _0 = torch.copy_(wide[2 * kind], x)
    sums, _1, _2, _3 = torch._embedding_bag_forward_only(r[12 * layer + 2 * product + 1], r[at], r[at + 1], False, 0, False, wide[2 * kind + 1], False, -1)
    return sums

  # y [out], in its place: factor times what apply gives for one row x [in]; with strips y is [n, out / n]
  def put(self: __torch__.Decoder, r: List[Tensor], p: Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int], layer: int, product: int, x: Tensor, factor: float, y: Tensor, wide: List[Tensor]) -> NoneType:
    if self.int8:
      _0 = torch.mul(self.rough(p, 4 * layer + product, x), factor, out=y)
    elif self.strips:
      _0 = torch.mul(self.summed(r, layer, product, x, wide), factor, out=y)
    elif self.blocks:
      _0 = torch.mul(torch.squeeze(self.apply(r, p, layer, product, torch.unsqueeze(x, 0)), 0), factor, out=y)
    else:
      _1 = torch.addmv_(y, r[12 * layer + 2 * product + 1], x, beta=0, alpha=factor)

  # y [out], in its place, plus what apply gives for one row x [in]; with strips y is [n, out / n]
  def plus(self: __torch__.Decoder, r: List[Tensor], p: Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int], layer: int, product: int, x: Tensor, y: Tensor, wide: List[Tensor]) -> NoneType:
    if self.int8:
      _0 = torch.add_(y, self.rough(p, 4 * layer + product, x))
    elif self.strips:
      _0 = torch.add_(y, self.summed(r, layer, product, x, wide))
    elif self.blocks:
      _0 = torch.add_(y, torch.squeeze(self.apply(r, p, layer, product, torch.unsqueeze(x, 0)), 0))
    else:
      _1 = torch.addmv_(y, r[12 * layer + 2 * product + 1], x)

  # what the tokens of a row that is alone are computed in, from the one at a position [1] on: by how much each of so many turns; room
  # for numbers, and views of its parts; where products put what they give; with strips room for what goes into them
  def room(self: __torch__.Decoder, r: List[Tensor], frequencies: Tensor, position: Tensor, tokens: int) -> Tuple[List[Tensor], List[Tensor], List[Tensor], List[Tensor]]:
    last = 12 * self.layers
    turning = self.heads + self.kv_heads
    x = torch.empty([torch.size(r[last + 2], 0)], dtype=6)
    cos, sin = self.angles(torch.to(position + torch.arange(tokens), 6), frequencies, x)
    still = torch.ones([tokens, self.kv_heads, self.head_dim], dtype=6)
    cos = torch.cat([torch.expand(cos, [-1, turning, -1]), still], 1)
    before, behind = torch.chunk(sin, 2, -1)
    raw = torch.empty([turning + self.kv_heads, self.head_dim], dtype=6)
    heads = torch.narrow(raw, 0, 0, turning)
    first, second = torch.chunk(heads, 2, -1)
    turned = torch.empty_like(raw)
    left, right = torch.chunk(torch.narrow(turned, 0, 0, turning), 2, -1)
    q = torch.view(torch.narrow(turned, 0, 0, self.heads), [self.kv_heads, -1, self.head_dim])
    kv = torch.narrow(turned, 0, self.heads, 2 * self.kv_heads)
    attended = torch.empty_like(q)
    both = torch.empty([2 * self.feed_forward], dtype=6)
    gate, up = torch.chunk(both, 2)
    logits = torch.empty([torch.size(r[last + 3], 0)], dtype=6)
    h = x
    if not self.strips:
      h = torch.empty_like(x)
    places = [torch.view(raw, [-1]), x, both, x, logits]
    wide = annotate(List[Tensor], [])
    if self.strips:
      for product in range(5):
        strips = torch.size(r[last + 6 + 2 * product], 0)
        _0 = torch._set_item(places, product, torch.view(places[product], [strips, -1]))
        flat = torch.empty_like(r[last + 5 + 2 * product], dtype=6)
        wide = wide + [torch.view(flat, [strips, -1]), flat]
    turns = [cos, before, behind]
    parts = [x, h, raw, heads, first, second, turned, left, right, q, kv, attended, torch.view(attended, [-1]), gate, up, torch.unsqueeze(logits, 0)]
    return (turns, parts, places, wide)

  # extend for one token of one row, beside whose products every operation counts: a norm is a factor of the product after it, and
  # what a product gives stays in its place, seen in parts by what follows. step: which token of those that there is room for
  def alone(self: __torch__.Decoder, r: List[Tensor], p: Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int], room: Tuple[List[Tensor], List[Tensor], List[Tensor], List[Tensor]], cache: Tensor, plan: List[int], ids: Tensor, positions: Tensor, step: int) -> Tensor:
    last = 12 * self.layers
    turns, parts, places, wide = room
    x, h, raw, heads, first, second, turned, left, right, q, kv, attended, answers, gate, up, logits = parts
    cos, before, behind = torch.select(turns[0], 0, step), torch.select(turns[1], 0, step), torch.select(turns[2], 0, step)
    held = torch.narrow(torch.select(cache, 1, plan[1]), 1, 0, plan[4])  # [L, span, 2K, D]
    into = torch.unbind(torch.select(held, 1, plan[4] - 1))
    k, v = torch.split_with_sizes(held, [self.kv_heads, self.kv_heads], 2)
    keys, values = torch.unbind(torch.permute(k, [0, 2, 3, 1])), torch.unbind(torch.permute(v, [0, 2, 1, 3]))
    scores = torch.empty([self.kv_heads, self.heads // self.kv_heads, plan[4]], dtype=6)
    shares = torch.empty_like(scores)
    scale = torch.pow(float(self.head_dim), -0.5)
    masks = annotate(List[Tensor], [])
    if plan[5] == 1:
      _0 = torch.append(masks, torch.squeeze(self.seen(positions, 1, 1, plan[4]), 0))
    _1 = torch.copy_(x, torch.squeeze(torch.embedding(r[last + 3], ids), 0))
    for layer in range(self.layers):
      base = 12 * layer
      if not self.strips:
        _2 = torch.mul(x, r[base + 8], out=h)
      _3 = self.put(r, p, layer, 0, h, self.factor(x), places[0], wide)
      if self.bias:
        _4 = torch.add_(raw, r[base + 9])
      if self.qk_norm:
        _5 = torch.copy_(heads, self.unit(r, heads, r[base + 10]))
      _6 = torch.mul(raw, cos, out=turned)
      _7 = torch.addcmul_(left, second, before)
      _8 = torch.addcmul_(right, first, behind)
      _9 = torch.copy_(into[layer], kv)
      _10 = torch.baddbmm_(scores, q, keys[layer], beta=0, alpha=scale)
      if plan[5] == 1:
        _11 = torch.add_(scores, masks[0])
      _12 = torch.bmm(torch._softmax(scores, -1, False, out=shares), values[layer], out=attended)
      _13 = self.plus(r, p, layer, 1, answers, places[1], wide)
      if not self.strips:
        _2 = torch.mul(x, r[base + 11], out=h)
      _14 = self.put(r, p, layer, 2, h, self.factor(x), places[2], wide)
      _15 = torch.mul_(torch.silu_(gate), up)
      _16 = self.plus(r, p, layer, 3, gate, places[3], wide)
    if not self.strips:
      _2 = torch.mul(x, r[last + 2], out=h)
    _17 = self.put(r, p, self.layers, 0, h, self.factor(x), places[4], wide)
    return logits

  # ids [N] at positions [N] that go into slots [N] of their caches -> logits [A, V] after the tokens at places at [A]
  def extend(self: __torch__.Decoder, ready: Tuple[List[Tensor], Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int]], frequencies: Tensor, caches: List[Tensor], plan: List[int], ids: Tensor, positions: Tensor, slots: Tensor, at: Tensor) -> Tensor:
    r, p = ready
    last = 12 * self.layers
    segments = torch.len(plan) // 6
    x = torch.to(torch.embedding(r[last + 3], ids), 6)
    cos, sin = self.angles(torch.to(positions, 6), frequencies, x)
    into, keys, values = self.views(caches, plan)
    masks = annotate(List[Optional[Tensor]], [])
    at_slots = annotate(List[Tensor], [])
    start = 0
    for i in range(segments):
      rows, tokens = plan[6 * i + 2], plan[6 * i + 3]
      mask = annotate(Optional[Tensor], None)
      if plan[6 * i + 5] == 1:
        mask = self.seen(torch.narrow(positions, 0, start, rows * tokens), rows, tokens, plan[6 * i + 4])
      _0 = torch.append(masks, mask)
      _1 = torch.append(at_slots, torch.narrow(slots, 0, start, rows * tokens))
      start = start + rows * tokens
    for layer in range(self.layers):
      base = 12 * layer
      all = self.apply(r, p, layer, 0, self.unit(r, x, r[base + 8]))
      all = torch.view(all, [-1, self.heads + 2 * self.kv_heads, self.head_dim])
      if self.bias:
        _2 = torch.add_(all, r[base + 9])
      turning = torch.narrow(all, 1, 0, self.heads + self.kv_heads)
      if self.qk_norm:
        _2 = torch.copy_(turning, self.unit(r, turning, r[base + 10]))
      rolled = torch.roll(turning, self.head_dim // 2, -1)
      _3 = torch.addcmul_(torch.mul_(turning, cos), rolled, sin)
      q, kv = torch.split_with_sizes(all, [self.heads, 2 * self.kv_heads], 1)
      if segments == 1:
        _4 = torch.index_copy_(into[0][layer], 0, slots, kv)
        attended = self.look(q, keys[0][layer], values[0][layer], plan[3], masks[0])
      else:
        outs = annotate(List[Tensor], [])
        start = 0
        for i in range(segments):
          count = plan[6 * i + 2] * plan[6 * i + 3]
          _5 = torch.index_copy_(into[i][layer], 0, at_slots[i], torch.narrow(kv, 0, start, count))
          _6 = torch.append(outs, self.look(torch.narrow(q, 0, start, count), keys[i][layer], values[i][layer], plan[6 * i + 3], masks[i]))
          start = start + count
        attended = torch.cat(outs)
      if layer == self.layers - 1 and torch.size(at, 0) < torch.size(x, 0):
        attended = torch.index_select(attended, 0, at)
        x = torch.index_select(x, 0, at)
      x = self.onto(r, p, layer, 1, attended, x)
      both = self.apply(r, p, layer, 2, self.unit(r, x, r[base + 11]))
      gate, up = torch.split_with_sizes(both, [self.feed_forward, self.feed_forward], 1)
      x = self.onto(r, p, layer, 3, torch.mul_(torch.silu(gate), up), x)
    return self.apply(r, p, self.layers, 0, self.unit(r, x, r[last + 2]))

  # the logits [A, V] at places at [A] of one row of ids [T]
  def answered(self: __torch__.Decoder, ready: Tuple[List[Tensor], Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int]], frequencies: Tensor, ids: Tensor, at: Tensor) -> Tensor:
    length = torch.size(ids, 0)
    positions = torch.arange(length)
    windowed = int(self.window > 0 and length > self.window)
    caches = [self.cache(1, length)]
    return self.extend(ready, frequencies, caches, [0, 0, 1, length, length, windowed], ids, positions, positions, at)

  # the logarithm of each label's probability [A] after places at [A] of one row of ids [T]
  def likelihood(self: __torch__.Decoder, ready: Tuple[List[Tensor], Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int]], frequencies: Tensor, ids: Tensor, at: Tensor, labels: Tensor) -> Tensor:
    logits = self.answered(ready, frequencies, ids, at)
    return torch.squeeze(torch.gather(logits, 1, torch.unsqueeze(labels, 1)), 1) - torch.logsumexp(logits, [1])

  # logits [A, V] -> a token [A] of each. options [A, 5 + n]: temperature, top-k, top-p, the logarithm of min-p, repetition penalty,
  # draws for n tokens, of which this is one; cut: some row has top-k or top-p; seen [A, V] says which tokens a row has already,
  # where that matters
  def choose(self: __torch__.Decoder, logits: Tensor, options: Tensor, token: int, greedy: bool, cut: bool, seen: List[Tensor]) -> Tensor:
    if torch.len(seen) > 0:
      penalty = torch.type_as(torch.narrow(options, 1, 4, 1), logits)
      logits = torch.where(seen[0], torch.where(torch.gt(logits, 0.), logits / penalty, logits * penalty), logits)
    best = torch.argmax(logits, -1)
    if greedy:
      return best
    else:
      temperature = torch.narrow(options, 1, 0, 1)
      z = torch.to(logits, 7) / torch.where(torch.eq(temperature, 0.), 1., temperature)
      z = z - torch.amax(z, [1], True)
      least = torch.narrow(options, 1, 3, 1)
      if cut:
        least = torch.maximum(least, self.least(z, torch.narrow(options, 1, 1, 1), torch.narrow(options, 1, 2, 1)))
      mass = torch.cumsum(torch.masked_fill(torch.exp(z), torch.lt(z, least), 0.), -1)
      below = torch.le(mass, torch.narrow(options, 1, 5 + token, 1) * torch.narrow(mass, -1, -1, 1))
      return torch.where(torch.eq(torch.squeeze(temperature, 1), 0.), best, torch.sum(below, -1))

  # the least of z [A, V], whose largest is 0, that top-k and then top-p leave [A, 1]; looks at the likeliest few first
  def least(self: __torch__.Decoder, z: Tensor, top_k: Tensor, top_p: Tensor) -> Tensor:
    all = torch.size(z, 1)
    unbounded = torch.ge(top_k, all)
    mass = torch.sum(torch.exp(z), [1], True) * top_p
    likeliest, _0 = torch.topk(z, ops.prim.min(1024, all))
    held = torch.sum(torch.exp(likeliest), [1], True)
    enough = torch.where(unbounded, torch.logical_or(torch.ge(top_p, 1.), torch.ge(held, mass)), torch.le(top_k, 1024))
    if all > 1024 and not bool(torch.all(enough)):
      likeliest, _1 = torch.sort(z, -1, True)
    p = torch.masked_fill(torch.exp(likeliest), torch.ge(torch.arange(torch.size(likeliest, 1)), top_k), 0.)
    mass = torch.where(unbounded, mass, torch.sum(p, [1], True) * top_p)
    before = torch.cumsum(p, 1) - p
    kept = torch.logical_and(torch.lt(before, mass), torch.gt(p, 0.))
    least = torch.gather(likeliest, 1, torch.clamp(torch.sum(kept, [1], True) - 1, 0))
    return torch.masked_fill(least, torch.logical_and(unbounded, torch.ge(top_p, 1.)), -inf)

  # a token after each place, and where every row has one token, as many more as there are draws for, until a row comes to an end.
  # numbers, cut in pieces of these sizes: ids [N], positions [N], slots [N], places whose next token is wanted [A], ends. Gives
  # the tokens [A, n'] and the logarithms of their probabilities
  def write(self: __torch__.Decoder, ready: Tuple[List[Tensor], Tuple[List[__torch__.torch.classes.quantized.LinearPackedParamsBase], int]], frequencies: Tensor, caches: List[Tensor], plan: List[int], numbers: Tensor, sizes: List[int], options: Tensor, greedy: bool, cut: bool, seen: List[Tensor]) -> List[Tensor]:
    r, p = ready
    ids, positions, slots, at, ends = torch.split_with_sizes(numbers, sizes)
    most = torch.size(options, 1) - 5
    tokens = annotate(List[Tensor], [])
    chances = annotate(List[Tensor], [])
    rooms = annotate(List[Tuple[List[Tensor], List[Tensor], List[Tensor], List[Tensor]]], [])
    if sizes[0] == 1 and sizes[3] == 1 and (self.int8 or not self.bf16):
      _0 = torch.append(rooms, self.room(r, frequencies, positions, most))
    going = True
    for i in range(most):
      if going:
        if torch.len(rooms) > 0:
          logits = self.alone(r, p, rooms[0], caches[0], plan, ids, positions, i)
        else:
          logits = self.extend(ready, frequencies, caches, plan, ids, positions, slots, at)
        ids = self.choose(logits, options, i, greedy, cut, seen)
        _1 = torch.append(tokens, ids)
        one = torch.unsqueeze(ids, 1)
        top = torch.amax(logits, [1], True)
        own = torch.gather(logits, 1, one) - top
        mass = torch.sum(torch.exp_(torch.sub_(logits, top)), [1], True)  # in place: fresh memory for every token costs more
        _2 = torch.append(chances, torch.squeeze(own - torch.log(mass), 1))
        if i + 1 < most:
          if torch.len(seen) > 0:
            _3 = torch.scatter_(seen[0], 1, one, True)
          going = not bool(torch.any(torch.isin(ids, ends)))
          positions = positions + 1
          slots = slots + 1
          for j in range(torch.len(plan) // 6):
            _4 = torch._set_item(plan, 6 * j + 4, plan[6 * j + 4] + 1)
    return [torch.stack(tokens, 1), torch.stack(chances, 1)]
