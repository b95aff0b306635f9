package dev.lion.teacher.batch;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.batch.BatchError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Why a provider left a request of a batch without a reply. Providers say it with an HTTP status (Mistral), with a code of
 * {@code google.rpc} (Gemini), with the name of an error, or, for what they did not come to, with a word (Anthropic).
 */
final class ItemFailure {
    private static final Map<String, Integer> BY_TYPE = Map.of(
            "invalid_request_error", 400,
            "authentication_error", 401,
            "billing_error", 402,
            "permission_error", 403,
            "not_found_error", 404,
            "request_too_large", 413,
            "rate_limit_error", 429,
            "api_error", 500,
            "timeout_error", 504,
            "overloaded_error", 529);

    private static final Map<Integer, Integer> BY_RPC_CODE =
            Map.of(3, 400, 4, 504, 5, 404, 7, 403, 8, 429, 9, 400, 11, 400, 13, 500, 14, 503, 16, 401);

    private static final List<String> NEVER_TRIED = List.of("expired", "canceled", "cancelled");

    private ItemFailure() {}

    /**
     * Whether it is known by what was said that the request is not charged: the provider did not come to it, or it is Anthropic,
     * which charges what succeeded only.
     */
    static boolean isUnbilled(BatchError error) {
        return NEVER_TRIED.contains(words(error)) || byType(error).isPresent();
    }

    /** The exception that a single call would have failed with; empty when the error is of no known kind. */
    static Optional<RuntimeException> exception(BatchError error) {
        OptionalInt status = status(error);
        return status.isPresent() ? Optional.of(new HttpException(status.getAsInt(), words(error))) : Optional.empty();
    }

    private static OptionalInt status(BatchError error) {
        if (error.code() >= 400 && error.code() < 600) {
            return OptionalInt.of(error.code());
        }
        Optional<Integer> known =
                Optional.ofNullable(BY_RPC_CODE.get(error.code())).or(() -> byType(error));
        return known.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static Optional<Integer> byType(BatchError error) {
        return Stream.ofNullable(error.details())
                .flatMap(List::stream)
                .map(detail -> BY_TYPE.get(String.valueOf(detail.get("type"))))
                .filter(Objects::nonNull)
                .findFirst();
    }

    static String words(BatchError error) {
        return error.message() == null ? "no reason given" : error.message();
    }
}
