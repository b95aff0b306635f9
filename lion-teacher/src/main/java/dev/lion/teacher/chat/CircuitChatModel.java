package dev.lion.teacher.chat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends nothing more once the provider has refused the account: after an authentication error, or one that says that no credit
 * is left, every further call fails at once with the same kind of error and a message that says what to check. After an
 * unknown model, or one that the key may not use (HTTP 403), the same holds for that model's name alone. It stays so until
 * {@link #reset}.
 *
 * <p>What such a call throws has an {@link UnsentCallException} as its cause. An address that cannot be resolved is left to
 * retries, as the network may be back in a moment. For any thread.
 */
public final class CircuitChatModel extends ChatModelDecorator {
    private static final Set<Reason> FINAL = Set.of(Reason.AUTHENTICATION, Reason.QUOTA, Reason.MODEL_NOT_FOUND);
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Map<String, CallFailure> refusedNames = new ConcurrentHashMap<>();
    private volatile @Nullable CallFailure refused;
    private final LongAdder unsent = new LongAdder();

    /** Around a model. */
    public CircuitChatModel(ChatModel model) {
        super(model);
    }

    /** How many calls were not sent. */
    public long unsent() {
        return unsent.sum();
    }

    /** Sends calls again: the key was changed, or the account has credit. */
    public void reset() {
        refused = null;
        refusedNames.clear();
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        String name = name(request);
        refusal(name).ifPresent(earlier -> {
            unsent.increment();
            throw unsent(earlier, name);
        });
        try {
            return ask(request, options);
        } catch (RuntimeException e) {
            note(e, name);
            throw e;
        }
    }

    private Optional<CallFailure> refusal(String name) {
        return Optional.ofNullable(refused).or(() -> Optional.ofNullable(refusedNames.get(name)));
    }

    // a budget sends nothing by itself, and may be raised
    private void note(RuntimeException thrown, String name) {
        CallFailure failure = CallFailure.of(thrown);
        if (!FINAL.contains(failure.reason())
                || CallFailure.find(thrown, BudgetReachedException.class).isPresent()) {
            return;
        }
        if (isOfModel(failure)) {
            refusedNames.put(name, failure);
        } else {
            refused = failure;
        }
    }

    private static boolean isOfModel(CallFailure failure) {
        return failure.reason() == Reason.MODEL_NOT_FOUND || failure.status().orElse(0) == FORBIDDEN;
    }

    private String name(ChatRequest request) {
        String name = request.modelName() == null ? defaultRequestParameters().modelName() : request.modelName();
        return name == null ? "" : name;
    }

    private static RuntimeException unsent(CallFailure earlier, String name) {
        String status =
                earlier.status().isPresent() ? " (HTTP " + earlier.status().getAsInt() + ")" : "";
        UnsentCallException cause = new UnsentCallException(earlier);
        return switch (earlier.reason()) {
            case MODEL_NOT_FOUND ->
                new ModelNotFoundException(
                        "not sent: the provider knows no model " + name + " or no such address" + status
                                + "; check the model's name and the base URL, and build the model anew",
                        cause);
            case QUOTA -> {
                String message = "not sent: the account has no credit left" + status
                        + "; check its plan and billing, then call reset()";
                yield earlier.status().orElse(TOO_MANY_REQUESTS) == TOO_MANY_REQUESTS
                        ? new RateLimitException(message, cause)
                        : new InvalidRequestException(message, cause);
            }
            default ->
                new AuthenticationException(
                        "not sent: the provider has refused the key"
                                + (isOfModel(earlier) ? " for the model " + name : "") + status
                                + "; check the key and the organisation, and build the model anew",
                        cause);
        };
    }
}
