package dev.lion.teacher.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.HttpException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a provider says about an error, in the fields that the common protocols have for it. Only those are looked at to tell
 * what is wrong with the account: the rest of a reply may quote the request.
 *
 * @param codes what stands in the fields for a code, a type or a status, in lower case
 * @param message the words for people
 * @param isPage whether the reply is a web page, so that it comes from something in front of the provider
 */
record ProviderError(Set<String> codes, String message, boolean isPage) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NO_CREDIT = Set.of(
            "insufficient_quota",
            "billing_hard_limit_reached",
            "billing_not_active",
            "insufficient_balance",
            "exceeded_current_quota_error",
            "billing_error");
    private static final Set<String> WRONG_KEY = Set.of("invalid_api_key", "api_key_invalid", "authentication_error");
    private static final Set<String> FILTERED =
            Set.of("content_filter", "content_policy_violation", "moderation_blocked", "responsibleaipolicyviolation");

    /** What the provider said in a failure; nothing when it said nothing that can be read. */
    static ProviderError in(Throwable failure) {
        String body = CallFailure.find(failure, HttpException.class)
                .map(http -> String.valueOf(http.getMessage()))
                .orElseGet(() -> String.valueOf(failure.getMessage()))
                .strip();
        try {
            return of(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return new ProviderError(Set.of(), "", body.startsWith("<"));
        }
    }

    private static ProviderError of(JsonNode body) {
        JsonNode first = body.isArray() ? body.path(0) : body; // Gemini's are in an array
        JsonNode error = first.path("error").isObject() ? first.path("error") : first;
        Stream<JsonNode> fields = Stream.concat(
                Stream.of("code", "type", "status").map(error::path),
                Stream.concat(
                        Stream.of(error.path("innererror").path("code")),
                        error.path("details").findValues("reason").stream()));
        return new ProviderError(
                fields.map(field -> field.asText("").toLowerCase(Locale.ROOT))
                        .filter(code -> !code.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                error.path("message").asText(""),
                false);
    }

    boolean meansNoCredit() {
        return has(NO_CREDIT) || message.startsWith("Your credit balance is too low");
    }

    boolean meansWrongKey() {
        return has(WRONG_KEY);
    }

    boolean meansFiltered() {
        return has(FILTERED)
                || (message.contains("flagged") && message.contains("moderation"))
                || message.startsWith("Invalid prompt: your prompt was flagged");
    }

    private boolean has(Set<String> known) {
        return codes.stream().anyMatch(known::contains);
    }
}
