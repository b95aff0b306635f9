package dev.lion.examples.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/**
 * What one process found out about a case; a line of JSON.
 *
 * @param name the case
 * @param tokensOfStep tokens of each optimizer step, without padding
 * @param bestTokensPerSecond of the fastest step
 * @param medianTokensPerSecond of the middle one
 * @param productGigaflops this machine's best float32 matrix product, in the same process
 * @param gigaflops operations of the fastest step, by {@link Operations}, in a second
 * @param ofPeakWork the share of the peak again, both counted for each second that a processor worked: on a machine that does
 *     something else as well the fairer number
 * @param peakBytes the most memory the process held; absent where the system does not tell
 */
record Figures(
        String name,
        long tokensOfStep,
        double bestTokensPerSecond,
        double medianTokensPerSecond,
        double productGigaflops,
        double gigaflops,
        double ofPeakWork,
        OptionalLong peakBytes) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The share of the float32 peak that the fastest step reached. */
    double ofPeak() {
        return gigaflops / productGigaflops;
    }

    ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode()
                .put("case", name)
                .put("tokens_of_step", tokensOfStep)
                .put("tokens_per_s", bestTokensPerSecond)
                .put("median_tokens_per_s", medianTokensPerSecond)
                .put("sgemm_gflops", productGigaflops)
                .put("gflops", gigaflops)
                .put("of_peak", ofPeak())
                .put("of_peak_work", ofPeakWork);
        peakBytes.ifPresent(bytes -> json.put("peak_bytes", bytes));
        return json;
    }

    static Figures of(JsonNode json) {
        JsonNode peak = json.path("peak_bytes");
        return new Figures(
                json.required("case").asText(),
                json.required("tokens_of_step").asLong(),
                json.required("tokens_per_s").asDouble(),
                json.required("median_tokens_per_s").asDouble(),
                json.required("sgemm_gflops").asDouble(),
                json.required("gflops").asDouble(),
                json.required("of_peak_work").asDouble(),
                peak.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(peak.asLong()));
    }
}
