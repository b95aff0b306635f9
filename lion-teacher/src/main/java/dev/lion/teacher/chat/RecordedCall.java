package dev.lion.teacher.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One call of a recording.
 *
 * @param request what was asked
 * @param outcome what came of it
 * @param at when it was asked
 * @param took how long it took, to the millisecond
 */
public record RecordedCall(Request request, Outcome outcome, Instant at, Duration took) {
    public RecordedCall {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(took, "took");
    }

    /**
     * What was asked.
     *
     * @param provider the provider's name, such as {@code OPEN_AI}
     * @param model the model's name, the request's own or else the model's default; empty when neither says
     * @param messages in their order
     * @param parameters those of the request itself as a JSON object, keys sorted; those that were not set are left out
     */
    public record Request(String provider, String model, List<ChatMessage> messages, String parameters) {
        public Request {
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(model, "model");
            messages = List.copyOf(messages);
            Objects.requireNonNull(parameters, "parameters");
        }
    }

    /** What came of a call. */
    public sealed interface Outcome {}

    /**
     * An answer, with the tokens that were reported at the time.
     *
     * @param response what the model replied
     */
    public record Reply(ChatResponse response) implements Outcome {
        public Reply {
            Objects.requireNonNull(response, "response");
        }
    }

    /**
     * A failure.
     *
     * @param reason why
     * @param status the HTTP status, if there was one
     * @param message the beginning of its own words, without what looks like a key
     */
    public record Failure(CallFailure.Reason reason, OptionalInt status, String message) implements Outcome {
        public Failure {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(message, "message");
        }
    }
}
