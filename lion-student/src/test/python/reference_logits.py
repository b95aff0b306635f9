"""Logits of tiny random models of every family, in float64, for ReferenceLogitsTest.

Written from the papers, on nothing but tensor arithmetic:
  Vaswani et al., Attention Is All You Need, 2017 (decoder, scaled dot products);
  Zhang and Sennrich, Root Mean Square Layer Normalization, 2019;
  Su et al., RoFormer, 2021 (rotary embedding; here with the halves of a head as the pairs, as in the published weights);
  Shazeer, GLU Variants Improve Transformer, 2020 (SwiGLU);
  Ainslie et al., GQA, 2023 (query heads share key-value heads);
  Touvron et al., LLaMA, 2023 (the family's layout);
  Jiang et al., Mistral 7B, 2023 (a token sees the `sliding_window` last positions, itself included);
  Grattafiori et al., The Llama 3 Herd of Models, 2024 (slow rotations are slowed for long contexts);
  Yang et al., Qwen2 Technical Report, 2024 (biases of queries, keys and values);
  Yang et al., Qwen3 Technical Report, 2025 (queries and keys are normalised head by head).

Weights are not stored: both sides make them. A weight's place i in the tensor named n, rows first, gets
  k = top 8 bits, as a signed number from -128 to 127, of splitmix64(fnv1a64(n) + i)
and is k / 256, or 1 + floor(k / 4) / 64 for a norm: exact in float16, bfloat16 and float32.

Run with PyTorch (1.13 and later give the same numbers), from this file's folder:
  python3 reference_logits.py > ../resources/dev/lion/student/checkpoint/reference-logits.json
"""

import json
import math

import torch

MASK = (1 << 64) - 1
TOKENS = [5, 17, 0, 9, 9, 22, 1, 14, 3, 20, 11, 7, 2, 18, 6, 13]

SHAPE = {
    "vocab_size": 23,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
    "rms_norm_eps": 0.001,
    "rope_theta": 10000.0,
    "hidden_act": "silu",
}
LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}


def config(model_type, architecture, **fields):
    return {"architectures": [architecture], "model_type": model_type, **SHAPE, **fields}


MODELS = {
    "llama-tied": config("llama", "LlamaForCausalLM", tie_word_embeddings=True),
    "llama-untied": config("llama", "LlamaForCausalLM", tie_word_embeddings=False, num_key_value_heads=4),
    "llama3-rope": config(
        "llama", "LlamaForCausalLM", tie_word_embeddings=True, num_attention_heads=2, rope_scaling=LLAMA3
    ),
    "mistral": config("mistral", "MistralForCausalLM", tie_word_embeddings=False, sliding_window=5),
    "qwen2": config("qwen2", "Qwen2ForCausalLM", tie_word_embeddings=True, use_sliding_window=False),
    "qwen3": config("qwen3", "Qwen3ForCausalLM", tie_word_embeddings=False, head_dim=16, rope_theta=1000000.0),
}


def fnv1a64(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def splitmix64(state):
    z = (state + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def weight(name, *shape):
    start = fnv1a64(name)
    values = []
    for place in range(math.prod(shape)):
        k = (splitmix64((start + place) & MASK) >> 56) - 128
        values.append(1 + (k // 4) / 64 if name.endswith("norm.weight") else k / 256)
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def norm(x, name, size, eps):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + eps) * weight(name, size)


def angles_per_position(c, size):
    """The angle by which each pair of a head turns from one position to the next."""
    turns = [c["rope_theta"] ** (-2 * pair / size) for pair in range(size // 2)]
    scaling = c.get("rope_scaling")
    if scaling is None:
        return turns
    scaled = []
    for angle in turns:
        rounds = scaling["original_max_position_embeddings"] * angle / (2 * math.pi)
        share = (rounds - scaling["low_freq_factor"]) / (scaling["high_freq_factor"] - scaling["low_freq_factor"])
        kept = min(1.0, max(0.0, share))
        scaled.append(kept * angle + (1 - kept) * angle / scaling["factor"])
    return scaled


def rotate(heads, c):
    """[heads, time, size]: pair i is (i, i + size / 2), turned as a complex number."""
    time, size = heads.shape[1:]
    angles = torch.outer(torch.arange(time, dtype=torch.float64), torch.tensor(angles_per_position(c, size), dtype=torch.float64))
    turned = torch.complex(heads[..., : size // 2], heads[..., size // 2 :]) * torch.exp(1j * angles)
    return torch.cat([turned.real, turned.imag], -1)


def attention(x, c, prefix):
    hidden, heads, shared = c["hidden_size"], c["num_attention_heads"], c["num_key_value_heads"]
    size = c.get("head_dim", hidden // heads)
    time = len(x)

    def project(part, count):
        y = x @ weight(f"{prefix}{part}_proj.weight", count * size, hidden).T
        if c["model_type"] == "qwen2":
            y = y + weight(f"{prefix}{part}_proj.bias", count * size)
        return y.reshape(time, count, size).transpose(0, 1)

    q, k, v = project("q", heads), project("k", shared), project("v", shared)
    if c["model_type"] == "qwen3":
        q = norm(q, prefix + "q_norm.weight", size, c["rms_norm_eps"])
        k = norm(k, prefix + "k_norm.weight", size, c["rms_norm_eps"])
    q, k = rotate(q, c), rotate(k, c)
    window = c.get("sliding_window") or time
    out = torch.zeros(time, heads * size, dtype=torch.float64)
    for head in range(heads):
        group = head * shared // heads
        for t in range(time):
            first = max(0, t - window + 1)
            p = torch.softmax(k[group, first : t + 1] @ q[head, t] / math.sqrt(size), 0)
            out[t, head * size : (head + 1) * size] = p @ v[group, first : t + 1]
    return out @ weight(prefix + "o_proj.weight", hidden, heads * size).T


def feed_forward(x, c, prefix):
    hidden, wide = c["hidden_size"], c["intermediate_size"]
    gate = x @ weight(prefix + "gate_proj.weight", wide, hidden).T
    up = x @ weight(prefix + "up_proj.weight", wide, hidden).T
    return (gate * torch.sigmoid(gate) * up) @ weight(prefix + "down_proj.weight", hidden, wide).T


def logits(c, tokens):
    hidden, eps = c["hidden_size"], c["rms_norm_eps"]
    embedding = weight("model.embed_tokens.weight", c["vocab_size"], hidden)
    x = embedding[torch.tensor(tokens)]
    for layer in range(c["num_hidden_layers"]):
        prefix = f"model.layers.{layer}."
        x = x + attention(norm(x, prefix + "input_layernorm.weight", hidden, eps), c, prefix + "self_attn.")
        x = x + feed_forward(norm(x, prefix + "post_attention_layernorm.weight", hidden, eps), c, prefix + "mlp.")
    head = embedding if c["tie_word_embeddings"] else weight("lm_head.weight", c["vocab_size"], hidden)
    return norm(x, "model.norm.weight", hidden, eps) @ head.T


def main():
    torch.set_num_threads(1)
    models = []
    for name, c in MODELS.items():
        rows = [[float(f"{value:.9g}") for value in row] for row in logits(c, TOKENS).tolist()]
        models.append((name, c, rows))
    lines = []
    for name, c, rows in models:
        table = ",\n    ".join(json.dumps(row) for row in rows)
        lines.append(f' {json.dumps(name)}: {{\n  "config": {json.dumps(c)},\n  "logits": [\n    {table}]}}')
    print(f'{{\n "tokens": {json.dumps(TOKENS)},\n' + ",\n".join(lines) + "\n}")


main()
