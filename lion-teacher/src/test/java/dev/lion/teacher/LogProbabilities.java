package dev.lion.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.teacher.ChatCompletionsServer.Body;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The log probabilities of a completion's tokens, as the protocol documents them; a token is a word with the blank before it. */
final class LogProbabilities {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern BEFORE_BLANKS = Pattern.compile("(?= )");

    private LogProbabilities() {}

    /** The reply, with log probabilities when the request asks for them and the reply is a completion. */
    static Reply added(JsonNode request, Reply reply) {
        if (!request.path("logprobs").asBoolean() || !(reply instanceof Body body) || body.status() != 200) {
            return reply;
        }
        try {
            JsonNode completion = JSON.readTree(body.body());
            for (JsonNode choice : completion.path("choices")) {
                String content = choice.path("message").path("content").asText();
                ((ObjectNode) choice)
                        .set(
                                "logprobs",
                                of(content, request.path("top_logprobs").asInt()));
            }
            return ChatCompletionsServer.status(200, body.headers(), completion.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode of(String content, int alternatives) {
        ObjectNode logprobs = JSON.createObjectNode();
        ArrayNode tokens = logprobs.putArray("content");
        for (String token : BEFORE_BLANKS.splitAsStream(content).toList()) {
            ArrayNode top = token(tokens.addObject(), token, -0.25).putArray("top_logprobs");
            for (int i = 0; i < alternatives; i++) {
                token(top.addObject(), i == 0 ? token : "other" + i, i == 0 ? -0.25 : -2.0 - i);
            }
        }
        logprobs.putNull("refusal");
        return logprobs;
    }

    private static ObjectNode token(ObjectNode node, String token, double logprob) {
        ArrayNode bytes = node.put("token", token).put("logprob", logprob).putArray("bytes");
        for (byte each : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(each & 0xFF);
        }
        return node;
    }
}
