package dev.lion.student.decoding;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;

/**
 * How an answer is written; the defaults are the paper's: sampled at temperature 0.7, at most 1024 new tokens.
 *
 * <p>What is applied first: repetition penalty, temperature, top-k, top-p, min-p.
 *
 * @param temperature divides the logits before sampling; 0 is greedy: always the likeliest token; default 0.7
 * @param topK sampling considers this many likeliest tokens; default all, {@link Integer#MAX_VALUE}
 * @param topP sampling considers the likeliest tokens that together reach this probability; default 1, all
 * @param minP sampling considers tokens that have at least this share of the likeliest one's probability; default 0, all
 * @param repetitionPenalty divides the logits above 0 of tokens that the prompt or the answer has already, and multiplies
 *     those below (Keskar et al., <i>CTRL</i>, 2019); default 1, none
 * @param maxNewTokens longest answer, in tokens; default 1024
 * @param stopStrings texts that end an answer and do not belong to it; default none
 */
public record DecodingConfig(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        int maxNewTokens,
        List<String> stopStrings) {
    public DecodingConfig {
        stopStrings = List.copyOf(stopStrings);
        var faults = new ArrayList<String>();
        require(temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, "0 or above", faults);
        require(topK >= 1, "topK", topK, "1 or above", faults);
        require(topP > 0 && topP <= 1, "topP", topP, "in (0, 1]", faults);
        require(minP >= 0 && minP < 1, "minP", minP, "in [0, 1)", faults);
        require(
                repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
                "repetitionPenalty",
                repetitionPenalty,
                "above 0",
                faults);
        require(maxNewTokens >= 1, "maxNewTokens", maxNewTokens, "1 or above", faults);
        require(
                stopStrings.stream().noneMatch(Strings::isNullOrEmpty),
                "a stop string",
                "''",
                "of some length",
                faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a usable decoding configuration: " + String.join("; ", faults));
        }
    }

    private static void require(boolean fits, String name, Object value, String wanted, List<String> faults) {
        if (!fits) {
            faults.add(name + " " + value + " must be " + wanted);
        }
    }

    /** The paper's sampling. */
    public static DecodingConfig defaults() {
        return new DecodingConfig(0.7, Integer.MAX_VALUE, 1, 0, 1, 1024, List.of());
    }

    /** Always the likeliest token. */
    public static DecodingConfig greedy(int maxNewTokens) {
        return defaults().withTemperature(0).withMaxNewTokens(maxNewTokens);
    }

    /** Whether it is always the likeliest token. */
    public boolean isGreedy() {
        return temperature == 0;
    }

    /** The same with another {@link #temperature()}. */
    public DecodingConfig withTemperature(double value) {
        return new DecodingConfig(value, topK, topP, minP, repetitionPenalty, maxNewTokens, stopStrings);
    }

    /** The same with another {@link #topK()}. */
    public DecodingConfig withTopK(int value) {
        return new DecodingConfig(temperature, value, topP, minP, repetitionPenalty, maxNewTokens, stopStrings);
    }

    /** The same with another {@link #topP()}. */
    public DecodingConfig withTopP(double value) {
        return new DecodingConfig(temperature, topK, value, minP, repetitionPenalty, maxNewTokens, stopStrings);
    }

    /** The same with another {@link #minP()}. */
    public DecodingConfig withMinP(double value) {
        return new DecodingConfig(temperature, topK, topP, value, repetitionPenalty, maxNewTokens, stopStrings);
    }

    /** The same with another {@link #repetitionPenalty()}. */
    public DecodingConfig withRepetitionPenalty(double value) {
        return new DecodingConfig(temperature, topK, topP, minP, value, maxNewTokens, stopStrings);
    }

    /** The same with another {@link #maxNewTokens()}. */
    public DecodingConfig withMaxNewTokens(int value) {
        return new DecodingConfig(temperature, topK, topP, minP, repetitionPenalty, value, stopStrings);
    }

    /** The same with other {@link #stopStrings()}. */
    public DecodingConfig withStopStrings(List<String> value) {
        return new DecodingConfig(temperature, topK, topP, minP, repetitionPenalty, maxNewTokens, value);
    }
}
