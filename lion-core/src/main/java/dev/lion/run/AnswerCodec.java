package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;

/** Answers as {@code id, text, finish, inputTokens, outputTokens}. */
final class AnswerCodec implements Codec<Answer> {
    @Override
    public ObjectNode write(Answer answer) {
        Response response = answer.response();
        ObjectNode node = Json.object()
                .put("id", answer.instructionId())
                .put("text", response.text())
                .put("finish", response.finishReason().name());
        putUsage(node, response.usage());
        return node;
    }

    @Override
    public Answer read(JsonNode node) {
        FinishReason finish = Json.constant(node, "finish", FinishReason.class);
        return new Answer(Json.string(node, "id"), new Response(Json.string(node, "text"), finish, usage(node)));
    }

    static void putUsage(ObjectNode node, TokenUsage usage) {
        node.put("inputTokens", usage.inputTokens()).put("outputTokens", usage.outputTokens());
    }

    static TokenUsage usage(JsonNode node) {
        return new TokenUsage(Json.integer(node, "inputTokens"), Json.integer(node, "outputTokens"));
    }
}
