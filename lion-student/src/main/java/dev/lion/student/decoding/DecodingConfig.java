package dev.lion.student.decoding;

/**
 * How a student answers; the defaults are the paper's: sampled at temperature 0.7, at most 1024 new tokens.
 *
 * @param temperature divides the logits before sampling; 0 is greedy: always the likeliest token; default 0.7
 * @param topK sampling considers this many likeliest tokens; default all, {@link Integer#MAX_VALUE}
 * @param topP sampling considers the likeliest tokens that together reach this probability; default 1, all
 * @param maxNewTokens longest answer, in tokens; default 1024
 * @param batchSize prompts that are decoded together; default 64
 */
public record DecodingConfig(double temperature, int topK, double topP, int maxNewTokens, int batchSize) {
    public DecodingConfig {
        if (!(temperature >= 0) || !(topP > 0 && topP <= 1) || topK < 1 || maxNewTokens < 1 || batchSize < 1) {
            throw new IllegalArgumentException("not a usable decoding configuration: temperature " + temperature
                    + " must be 0 or above, topP " + topP + " in (0, 1], topK " + topK + ", maxNewTokens "
                    + maxNewTokens + " and batchSize " + batchSize + " 1 or above");
        }
    }

    /** The paper's sampling. */
    public static DecodingConfig defaults() {
        return new DecodingConfig(0.7, Integer.MAX_VALUE, 1, 1024, 64);
    }

    /** Always the likeliest token. */
    public static DecodingConfig greedy(int maxNewTokens) {
        return defaults().withTemperature(0).withMaxNewTokens(maxNewTokens);
    }

    /** The same with another {@link #temperature()}. */
    public DecodingConfig withTemperature(double value) {
        return new DecodingConfig(value, topK, topP, maxNewTokens, batchSize);
    }

    /** The same with another {@link #topK()}. */
    public DecodingConfig withTopK(int value) {
        return new DecodingConfig(temperature, value, topP, maxNewTokens, batchSize);
    }

    /** The same with another {@link #topP()}. */
    public DecodingConfig withTopP(double value) {
        return new DecodingConfig(temperature, topK, value, maxNewTokens, batchSize);
    }

    /** The same with another {@link #maxNewTokens()}. */
    public DecodingConfig withMaxNewTokens(int value) {
        return new DecodingConfig(temperature, topK, topP, value, batchSize);
    }

    /** The same with another {@link #batchSize()}. */
    public DecodingConfig withBatchSize(int value) {
        return new DecodingConfig(temperature, topK, topP, maxNewTokens, value);
    }
}
