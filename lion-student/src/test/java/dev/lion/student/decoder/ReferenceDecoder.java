package dev.lion.student.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The decoder once more, position by position in plain doubles, as Hugging Face defines its families: what
 * the fast one is compared with.
 */
final class ReferenceDecoder {
    private final DecoderConfig config;
    private final Parameters weights;

    ReferenceDecoder(DecoderConfig config, Parameters weights) {
        this.config = config;
        this.weights = weights;
    }

    /** The logits at every place of a row. */
    double[][] logits(int... ids) {
        var x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = row("model.embed_tokens.weight", ids[t]);
        }
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            layer("model.layers." + layer + ".", x);
        }
        String head = config.tieWordEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
        return Arrays.stream(x)
                .map(one -> product(head, norm("model.norm.weight", one)))
                .toArray(double[][]::new);
    }

    private void layer(String prefix, double[][] x) {
        var keys = new double[x.length][];
        var values = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] normed = norm(prefix + "input_layernorm.weight", x[t]);
            double[] query = rotate(heads(prefix + "self_attn.q_", normed), t);
            keys[t] = rotate(heads(prefix + "self_attn.k_", normed), t);
            values[t] = biased(prefix + "self_attn.v_proj", normed);
            add(x[t], product(prefix + "self_attn.o_proj.weight", attend(query, keys, values, t)));
        }
        for (double[] one : x) {
            double[] normed = norm(prefix + "post_attention_layernorm.weight", one);
            double[] gate = product(prefix + "mlp.gate_proj.weight", normed);
            double[] up = product(prefix + "mlp.up_proj.weight", normed);
            for (int i = 0; i < up.length; i++) {
                up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
            }
            add(one, product(prefix + "mlp.down_proj.weight", up));
        }
    }

    private double[] heads(String prefix, double[] x) {
        double[] all = biased(prefix + "proj", x);
        if (!config.family().queryKeyNorm()) {
            return all;
        }
        int size = config.headDim();
        return IntStream.range(0, all.length / size)
                .mapToObj(head -> norm(prefix + "norm.weight", Arrays.copyOfRange(all, head * size, (head + 1) * size)))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private double[] biased(String module, double[] x) {
        double[] out = product(module + ".weight", x);
        if (config.family().attentionBias()) {
            FloatBuffer bias = weights.bytes(module + ".bias").asFloatBuffer();
            Arrays.setAll(out, i -> out[i] + bias.get(i));
        }
        return out;
    }

    private double[] attend(double[] query, double[][] keys, double[][] values, int t) {
        int size = config.headDim();
        int group = config.numAttentionHeads() / config.numKeyValueHeads();
        var out = new double[query.length];
        for (int head = 0; head < config.numAttentionHeads(); head++) {
            var p = new double[t + 1];
            int first = Math.max(0, t + 1 - config.slidingWindow().orElse(t + 1));
            Arrays.fill(p, 0, first, Double.NEGATIVE_INFINITY);
            for (int s = first; s <= t; s++) {
                for (int i = 0; i < size; i++) {
                    p[s] += query[head * size + i] * keys[s][head / group * size + i] / Math.sqrt(size);
                }
            }
            double sum = Arrays.stream(p).map(Math::exp).sum();
            for (int s = 0; s <= t; s++) {
                for (int i = 0; i < size; i++) {
                    out[head * size + i] += Math.exp(p[s]) / sum * values[s][head / group * size + i];
                }
            }
        }
        return out;
    }

    /** {@code q * cos + rotate_half(q) * sin}, head by head. */
    private double[] rotate(double[] heads, int position) {
        int size = config.headDim();
        var out = new double[heads.length];
        for (int i = 0; i < heads.length; i++) {
            int place = i % size;
            int half = size / 2;
            double angle = position * frequency(Math.pow(config.ropeTheta(), -2.0 * (place % half) / size));
            double other = place < half ? -heads[i + half] : heads[i - half];
            out[i] = heads[i] * Math.cos(angle) + other * Math.sin(angle);
        }
        return out;
    }

    /** {@code _compute_llama3_parameters} of Hugging Face's {@code modeling_rope_utils.py}. */
    private double frequency(double plain) {
        if (config.ropeScaling().isEmpty()) {
            return plain;
        }
        RopeScaling scaling = config.ropeScaling().get();
        double wavelength = 2 * Math.PI / plain;
        double low = scaling.originalMaxPositionEmbeddings() / scaling.lowFreqFactor();
        double high = scaling.originalMaxPositionEmbeddings() / scaling.highFreqFactor();
        double smooth = (scaling.originalMaxPositionEmbeddings() / wavelength - scaling.lowFreqFactor())
                / (scaling.highFreqFactor() - scaling.lowFreqFactor());
        if (wavelength < high) {
            return plain;
        }
        return wavelength > low ? plain / scaling.factor() : (1 - smooth) * plain / scaling.factor() + smooth * plain;
    }

    private double[] norm(String name, double[] x) {
        double mean = Arrays.stream(x).map(one -> one * one).average().orElseThrow();
        FloatBuffer weight = weights.bytes(name).asFloatBuffer();
        var out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] / Math.sqrt(mean + config.rmsNormEps()) * weight.get(i);
        }
        return out;
    }

    private double[] product(String name, double[] x) {
        FloatBuffer weight = weights.bytes(name).asFloatBuffer();
        var out = new double[weight.remaining() / x.length];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < x.length; j++) {
                out[i] += weight.get(i * x.length + j) * x[j];
            }
        }
        return out;
    }

    private double[] row(String name, int index) {
        FloatBuffer weight = weights.bytes(name).asFloatBuffer();
        var out = new double[config.hiddenSize()];
        for (int i = 0; i < out.length; i++) {
            out[i] = weight.get(index * out.length + i);
        }
        return out;
    }

    private static void add(double[] x, double[] more) {
        for (int i = 0; i < x.length; i++) {
            x[i] += more[i];
        }
    }
}
