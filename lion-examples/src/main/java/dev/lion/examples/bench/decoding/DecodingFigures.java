package dev.lion.examples.bench.decoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one process found out about a case, or a peer about a shape; a line of JSON.
 *
 * @param name the case or the peer
 * @param batch prompts at a time
 * @param decodedPerSecond tokens a second but for the first of each row: those after the prompts are read
 * @param tokensPerSecond all tokens in all the time, that of the prompts included
 * @param firstTokenMillis from the request to the first token, a prompt alone: the median over several
 * @param ofBandwidth share of the machine's reading speed that decoding would need to read weights, keys and values once for
 *     each step; 0 where it is not known
 * @param perProcessorSecond tokens after the prompts for each second that a processor worked; 0 where it is not known
 */
record DecodingFigures(
        String name,
        int batch,
        double decodedPerSecond,
        double tokensPerSecond,
        double firstTokenMillis,
        double ofBandwidth,
        double perProcessorSecond) {
    private static final JsonMapper JSON = new JsonMapper();

    ObjectNode toJson() {
        return JSON.createObjectNode()
                .put("case", name)
                .put("batch", batch)
                .put("decode_tokens_per_s", decodedPerSecond)
                .put("tokens_per_s", tokensPerSecond)
                .put("first_token_ms", firstTokenMillis)
                .put("of_bandwidth", ofBandwidth)
                .put("tokens_per_cpu_s", perProcessorSecond);
    }

    /** What a case or a peer printed. */
    static DecodingFigures of(String name, int batch, JsonNode json) {
        return new DecodingFigures(
                name,
                batch,
                json.required("decode_tokens_per_s").asDouble(),
                json.required("tokens_per_s").asDouble(),
                json.required("first_token_ms").asDouble(),
                json.path("of_bandwidth").asDouble(0),
                json.path("tokens_per_cpu_s").asDouble(0));
    }
}
