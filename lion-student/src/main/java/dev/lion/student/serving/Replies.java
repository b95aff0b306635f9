package dev.lion.student.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.FinishReason;
import dev.lion.student.decoding.Continuation;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON of one answer, whole or in chunks.
 *
 * @param id what the answer is called
 * @param model who answers
 * @param created seconds since 1970
 */
record Replies(String id, String model, long created) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The whole answer. */
    ObjectNode whole(Continuation answer, int promptTokens) {
        ObjectNode reply = head("chat.completion");
        ObjectNode choice = choice(reply, "message");
        choice.withObject("message").put("role", "assistant").put("content", answer.text());
        choice.put("finish_reason", reason(answer));
        reply.set("usage", usage(answer, promptTokens));
        return reply;
    }

    /** What comes before the text. */
    ObjectNode opening() {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk, "delta").withObject("delta").put("role", "assistant").put("content", "");
        return chunk;
    }

    /** A piece of the text. */
    ObjectNode piece(String text) {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk, "delta").withObject("delta").put("content", text);
        return chunk;
    }

    /** What comes after the text. */
    ObjectNode ending(Continuation answer) {
        ObjectNode chunk = head("chat.completion.chunk");
        choice(chunk, "delta").put("finish_reason", reason(answer));
        return chunk;
    }

    /** The numbers of tokens, after everything else. */
    ObjectNode usageChunk(Continuation answer, int promptTokens) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", usage(answer, promptTokens));
        return chunk;
    }

    private ObjectNode head(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode reply, String words) {
        ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
        choice.putObject(words);
        choice.putNull("logprobs").putNull("finish_reason");
        return choice;
    }

    private static ObjectNode usage(Continuation answer, int promptTokens) {
        int written = answer.tokens().size();
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", written)
                .put("total_tokens", promptTokens + written);
    }

    private static String reason(Continuation answer) {
        return answer.finishReason() == FinishReason.LENGTH ? "length" : "stop";
    }

    /** An error as OpenAI has it. */
    static ObjectNode error(RefusedException refusal) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("error")
                .put("message", refusal.reason())
                .put("type", refusal.type())
                .put("param", refusal.field().orElse(null))
                .put("code", refusal.code().orElse(null));
        return reply;
    }

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
