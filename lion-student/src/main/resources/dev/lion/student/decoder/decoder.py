# The decoder in TorchScript: RMSNorm, rotary embedding (Hugging Face's half-rotation), grouped-query attention, SwiGLU.
#
# Shapes: B rows, T positions of a row, M places asked for in a row, A places asked for in all, S slots of the cache,
# L layers, V vocabulary, C hidden size, H query heads, K key-value heads, G = H / K, D head size, F feed-forward size.
#
# w, the weights: [0] embedding [V, C]; then for each layer six: norm before attention [C], queries, keys and values in one
# [(H + 2K) * D, C], attention output [C, H * D], norm before the feed-forward [C], gate and up in one [2F, C], down [C, F];
# then the last norm [C] and, where it is not the embedding itself, the output layer [V, C].
# frequencies: the rotary embedding's angle for each step of position, [D / 2], float32.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  eps : float
  bf16 : bool

  # x @ weight^T; in bfloat16 when asked for, with the result as wide as the residual stream
  def product(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    if self.bf16:
      return torch.to(torch.linear(torch.to(x, 15), torch.to(weight, 15)), 6)
    else:
      return torch.linear(x, weight)

  # x / sqrt(mean(x^2) + eps) * weight
  def norm(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    length = torch.linalg_vector_norm(x, 2, [-1], True)
    return x * torch.rsqrt(length * length / torch.size(x, -1) + self.eps) * weight

  # positions [...] -> cosines and sines [..., 1, D], the sines of the first half negative
  def angles(self: __torch__.Decoder, positions: Tensor, frequencies: Tensor, like: Tensor) -> Tuple[Tensor, Tensor]:
    angle = torch.unsqueeze(torch.unsqueeze(positions, -1) * frequencies, -2)
    cos = torch.type_as(torch.cos(angle), like)
    sin = torch.type_as(torch.sin(angle), like)
    return (torch.cat([cos, cos], -1), torch.cat([-sin, sin], -1))

  # x [..., heads, D]: the halves (a, b) become (a cos - b sin, b cos + a sin)
  def rotate(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    return torch.addcmul(x * cos, torch.roll(x, self.head_dim // 2, -1), sin)

  # x [..., C] -> rotated queries [..., H, D], rotated keys [..., K, D], values [..., K, D]
  def project(self: __torch__.Decoder, w: List[Tensor], layer: int, x: Tensor, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    at = 1 + 6 * layer
    all = torch.unflatten(self.product(self.norm(x, w[at]), w[at + 1]), -1, [self.heads + 2 * self.kv_heads, self.head_dim])
    turning, v = torch.split_with_sizes(all, [self.heads + self.kv_heads, self.kv_heads], -2)
    q, k = torch.split_with_sizes(self.rotate(turning, cos, sin), [self.heads, self.kv_heads], -2)
    return (q, k, v)

  # attended [..., H * D] -> the layer's output [..., C]
  def finish(self: __torch__.Decoder, w: List[Tensor], layer: int, x: Tensor, attended: Tensor) -> Tensor:
    at = 1 + 6 * layer
    x = x + self.product(attended, w[at + 2])
    both = torch.chunk(self.product(self.norm(x, w[at + 3]), w[at + 4]), 2, -1)  # 2 x [..., F]
    return x + self.product(torch.silu(both[0]) * both[1], w[at + 5])

  # hidden states [..., C] -> logits [..., V]
  def output(self: __torch__.Decoder, w: List[Tensor], x: Tensor) -> Tensor:
    at = 1 + 6 * self.layers
    head = w[0]
    if torch.len(w) > at + 1:
      head = w[at + 1]
    return self.product(self.norm(x, w[at]), head)

  # q [B, M, H, D], k and v [B, T, K, D] -> [B, M, H * D]: causal without a mask, else wherever seen [B, 1, M, T]
  def attend(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, seen: Optional[Tensor]) -> Tensor:
    attended = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), torch.transpose(v, 1, 2), seen, 0., seen is None, scale=None, enable_gqa=self.heads != self.kv_heads)
    return torch.flatten(torch.transpose(attended, 1, 2), -2, -1)

  # the last layer, whose queries and feed-forward are needed only at some places: x [B, T, C], at [B, M] positions of each
  # row, real [A] which of the B * M are not padding -> hidden states there [A, C], keys and values of all [B, T, K, D]
  def last(self: __torch__.Decoder, w: List[Tensor], x: Tensor, cos: Tensor, sin: Tensor, at: Tensor, real: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    rows, length = torch.size(x, 0), torch.size(x, 1)
    layer = self.layers - 1
    normed = self.norm(x, w[1 + 6 * layer])
    w_q, w_kv = torch.split_with_sizes(w[2 + 6 * layer], [self.heads * self.head_dim, 2 * self.kv_heads * self.head_dim])
    k, v = torch.chunk(torch.unflatten(self.product(normed, w_kv), -1, [2 * self.kv_heads, self.head_dim]), 2, -2)
    k = self.rotate(k, cos, sin)
    flat = torch.flatten(at + torch.unsqueeze(torch.arange(rows) * length, 1))  # [B * M] places in [B * T]
    q = self.product(torch.index_select(torch.flatten(normed, 0, 1), 0, flat), w_q)  # [B * M, H * D]
    places = torch.flatten(at)
    q = self.rotate(torch.unflatten(q, -1, [self.heads, self.head_dim]), torch.index_select(cos, 0, places), torch.index_select(sin, 0, places))
    seen = torch.unsqueeze(torch.le(torch.arange(length), torch.unsqueeze(at, -1)), 1)  # [B, 1, M, T]
    attended = self.attend(torch.unflatten(q, 0, [rows, -1]), k, v, seen)
    x = torch.index_select(torch.flatten(x, 0, 1), 0, torch.index_select(flat, 0, real))
    return (self.finish(w, layer, x, torch.index_select(torch.flatten(attended, 0, 1), 0, real)), k, v)

  # ids [B, T], padded on the right -> hidden states [A, C] before the last norm; fills the cache if there is one
  def hidden(self: __torch__.Decoder, w: List[Tensor], frequencies: Tensor, ids: Tensor, at: Tensor, real: Tensor, cache: Optional[Tensor]) -> Tensor:
    x = torch.embedding(w[0], ids)
    cos, sin = self.angles(torch.arange(torch.size(ids, 1), dtype=6), frequencies, x)
    for layer in range(self.layers - 1):
      q, k, v = self.project(w, layer, x, cos, sin)
      self.remember(cache, layer, k, v)
      x = self.finish(w, layer, x, self.attend(q, k, v, None))
    x, k, v = self.last(w, x, cos, sin, at, real)
    self.remember(cache, self.layers - 1, k, v)
    return x

  # puts k and v [B, T, K, D] into the first slots of a layer's cache
  def remember(self: __torch__.Decoder, cache: Optional[Tensor], layer: int, k: Tensor, v: Tensor) -> NoneType:
    if cache is not None:
      slots = torch.narrow(torch.select(cache, 0, layer), 3, 0, torch.size(k, 1))  # [2, B, K, T, D]
      _0 = torch.copy_(torch.select(slots, 0, 0), torch.transpose(k, 1, 2))
      _1 = torch.copy_(torch.select(slots, 0, 1), torch.transpose(v, 1, 2))

  # the logits [B * M, V] at places at [B, M] of ids [B, T]
  def logits(self: __torch__.Decoder, w: List[Tensor], frequencies: Tensor, ids: Tensor, at: Tensor) -> Tensor:
    return self.output(w, self.hidden(w, frequencies, ids, at, torch.arange(torch.numel(at)), None))

  # cross-entropy in nats, summed over the labels [A]
  def loss(self: __torch__.Decoder, w: List[Tensor], frequencies: Tensor, ids: Tensor, at: Tensor, real: Tensor, labels: Tensor) -> Tensor:
    return torch.cross_entropy_loss(self.output(w, self.hidden(w, frequencies, ids, at, real, None)), labels, None, 2)

  # adds the gradient of loss * scale to g and gives the loss
  def gradients(self: __torch__.Decoder, ids: Tensor, at: Tensor, real: Tensor, labels: Tensor, scale: Tensor, frequencies: Tensor, w: List[Tensor], g: List[Tensor]) -> Tensor:
    leaves = annotate(List[Tensor], [])
    for i in range(torch.len(w)):
      _0 = torch.append(leaves, torch.requires_grad_(torch.detach(w[i]), True))
    loss = self.loss(leaves, frequencies, ids, at, real, labels)
    found = torch.grad([loss * scale], leaves)
    if found is not None:
      for i in range(torch.len(w)):
        one = found[i]
        if one is not None:
          _1 = torch.add_(g[i], one)
    return torch.detach(loss)

  # adds other gradients to g and empties them
  def gather(self: __torch__.Decoder, g: List[Tensor], other: List[Tensor]) -> NoneType:
    torch._foreach_add_(g, other)
    torch._foreach_zero_(other)

  # AdamW's step number step, from 1, after clipping g to a global norm; empties g and gives the norm that g had
  def update(self: __torch__.Decoder, w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], step: int, rate: float, decay: float, beta1: float, beta2: float, eps: float, clip: float) -> float:
    norm = torch.norm(torch.stack(torch._foreach_norm(g)))
    torch._foreach_mul_(g, torch.clamp(clip / (norm + 1e-06), None, 1.))
    steps = annotate(List[Tensor], [])
    count = torch.full([], step, dtype=6)
    for i in range(torch.len(w)):
      _0 = torch.append(steps, count)
    torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
    torch._foreach_zero_(g)
    return float(norm)

  # the weights as the products want them, so that decoding does not convert them at every token
  def ready(self: __torch__.Decoder, w: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [w[0]])
    for i in range(1, torch.len(w)):
      one = w[i]
      if self.bf16 and torch.dim(one) == 2:
        one = torch.to(one, 15)
      _0 = torch.append(out, one)
    if self.bf16 and torch.len(w) == 2 + 6 * self.layers:
      _1 = torch.append(out, torch.to(w[0], 15))
    return out

  # an empty cache [L, 2, B, K, S, D]: keys and values, the slot of a token being its position
  def cache(self: __torch__.Decoder, w: List[Tensor], rows: int, slots: int) -> Tensor:
    return torch.new_zeros(w[1], [self.layers, 2, rows, self.kv_heads, slots, self.head_dim])

  # cache and logits [B, V] of some of the rows [B'], with room for slots
  def keep(self: __torch__.Decoder, cache: Tensor, logits: Tensor, rows: Tensor, slots: int) -> List[Tensor]:
    kept = torch.index_select(cache, 2, rows)
    return [torch.constant_pad_nd(kept, [0, 0, 0, slots - torch.size(cache, 4)], 0), torch.index_select(logits, 0, rows)]

  # fills the cache of rows [start, start + B) with ids [B, T], padded on the right, and gives the logits [B, V] at last [B]
  def prefill(self: __torch__.Decoder, w: List[Tensor], frequencies: Tensor, cache: Tensor, ids: Tensor, last: Tensor, start: int) -> Tensor:
    rows = torch.size(ids, 0)
    part = torch.narrow(cache, 2, start, rows)
    return self.output(w, self.hidden(w, frequencies, ids, torch.unsqueeze(last, 1), torch.arange(rows), part))

  # one token [B] of each row at its position [B] -> logits [B, V]; span is above every position
  def step(self: __torch__.Decoder, w: List[Tensor], frequencies: Tensor, cache: Tensor, token: Tensor, position: Tensor, span: int) -> Tensor:
    rows = torch.size(token, 0)
    groups = self.heads // self.kv_heads
    x = torch.type_as(torch.embedding(w[0], token), cache)  # [B, C]
    cos, sin = self.angles(torch.to(position, 6), frequencies, x)
    slot = torch.expand(torch.view(position, [1, rows, 1, 1, 1]), [2, rows, self.kv_heads, 1, self.head_dim])
    later = torch.gt(torch.view(torch.arange(span), [1, 1, 1, span]), torch.view(position, [rows, 1, 1, 1]))
    for layer in range(self.layers):
      q, k, v = self.project(w, layer, x, cos, sin)
      layer_cache = torch.select(cache, 0, layer)  # [2, B, K, S, D]
      _0 = torch.scatter_(layer_cache, 3, slot, torch.unsqueeze(torch.stack([k, v]), 3))
      seen = torch.narrow(layer_cache, 3, 0, span)
      grouped = torch.unflatten(q, 1, [self.kv_heads, groups]) * self.head_dim ** -0.5  # [B, K, G, D]
      scores = torch.matmul(grouped, torch.transpose(torch.select(seen, 0, 0), -1, -2))  # [B, K, G, span]
      weights = torch.softmax(torch.masked_fill(scores, later, -inf), -1)
      attended = torch.matmul(weights, torch.select(seen, 0, 1))  # [B, K, G, D]
      x = self.finish(w, layer, x, torch.flatten(attended, 1))
    return self.output(w, x)

  # logits [B, V] and a uniform number [B] for each row -> a token [B]: the likeliest at temperature 0, else drawn
  def choose(self: __torch__.Decoder, logits: Tensor, uniform: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
    if temperature == 0.:
      return torch.argmax(logits, -1)
    else:
      scaled = logits / temperature
      if top_k > 0 and top_k < torch.size(logits, -1):
        least = torch.narrow(torch.topk(scaled, top_k)[0], -1, top_k - 1, 1)
        scaled = torch.masked_fill(scaled, torch.lt(scaled, least), -inf)
      p = torch.softmax(scaled, -1, 7)
      if top_p < 1.:
        sorted, order = torch.sort(p, -1, True)
        beyond = torch.ge(torch.cumsum(sorted, -1) - sorted, top_p)  # what precedes already has the mass
        p = torch.masked_fill(p, torch.scatter(beyond, -1, order, beyond), 0)
      mass = torch.cumsum(p, -1)
      below = torch.le(mass, torch.unsqueeze(uniform, -1) * torch.narrow(mass, -1, -1, 1))
      return torch.sum(below, -1)

  # chooses up to N tokens for each row, from logits [B, V] that follow position [B] - 1; uniform [B, N], limit [B] tokens
  # still wanted. Stops early when fewer than least rows go on. Gives the tokens [B, N'], -1 where a row had ended, and logits.
  def decode(self: __torch__.Decoder, w: List[Tensor], frequencies: Tensor, cache: Tensor, logits: Tensor, position: Tensor, uniform: Tensor, limit: Tensor, ends: Tensor, least: int, temperature: float, top_k: int, top_p: float) -> List[Tensor]:
    chosen = annotate(List[Tensor], [])
    going = torch.gt(limit, 0)
    place = position
    last = logits
    for i in range(torch.size(uniform, 1)):
      token = self.choose(last, torch.select(uniform, 1, i), temperature, top_k, top_p)
      _0 = torch.append(chosen, torch.where(going, token, -1))
      going = torch.logical_and(torch.logical_and(going, torch.gt(limit, i + 1)), torch.logical_not(torch.isin(token, ends)))
      count = int(torch.sum(going))
      if count == 0:
        break
      last = self.step(w, frequencies, cache, token, place, int(torch.max(place)) + 1)
      place = place + torch.to(going, 4)
      if count < least:
        break
    return [torch.stack(chosen, 1), last]
