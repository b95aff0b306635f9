package dev.lion.teacher;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.lion.LionException;
import dev.lion.teacher.ChatModelException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells the failures of a model call that may pass from those that do not, by type first and by HTTP status second. */
final class ModelFailures {
    private static final int EXCERPT = 300;
    private static final int TOO_MANY_REQUESTS = 429;

    /** What looks like a key: a word that holds a digit, after a word for a key, or so long that no name is. */
    private static final Pattern KEY = Pattern.compile(
            "(?i)(?:\\bsk|\\bpk|key|bearer|secret|token)['\"]?[-_ :='\"]+(?=\\S*\\d)[\\w.*-]{8,}|(?=\\w*\\d)\\w{32,}");

    private ModelFailures() {}

    /**
     * What to throw in place of a model's failure: the failure itself if it is lion's own, such as a spent budget.
     *
     * @throws InterruptedException if the call failed because its thread was interrupted; the flag is then set
     */
    static LionException translate(String role, RuntimeException failure) throws InterruptedException {
        if (find(failure, InterruptedException.class).isPresent()
                || find(failure, ClosedByInterruptException.class).isPresent()) {
            Thread.currentThread().interrupt();
            throw interrupted(role, failure);
        }
        Optional<LionException> own = find(failure, LionException.class);
        if (own.isPresent()) {
            return own.get();
        }
        OptionalInt status = status(failure);
        String what =
                "the " + role + "'s model call failed" + (status.isPresent() ? " with HTTP " + status.getAsInt() : "");
        Optional<Reason> reason = lasting(failure, status.orElse(0));
        return reason.isPresent()
                ? refused(reason.get(), what, failure)
                : new PassingFailureException(
                        what + ", which may pass: " + hint(failure) + excerpt(failure),
                        failure,
                        isUnbilled(failure, status.orElse(0)));
    }

    /**
     * Whether no token was made: too many requests, or nobody to take one. After a time-out, an error of the server or a
     * lost connection the model may have been at work.
     */
    private static boolean isUnbilled(Throwable failure, int status) {
        return status == TOO_MANY_REQUESTS
                || find(failure, ConnectException.class).isPresent();
    }

    /** What to check should it not pass. */
    private static String hint(Throwable failure) {
        if (find(failure, ConnectException.class).isPresent()) {
            return "no server can be reached there; check that it runs, and host and port of the base URL. It said: ";
        }
        // known by its name, since which JSON library reads replies is the client's affair
        boolean notJson = find(failure, IOException.class)
                .filter(e -> e.getClass().getSimpleName().startsWith("Json"))
                .isPresent();
        return notJson ? "the reply is not JSON; check the base URL, which often ends in /v1. It said: " : "";
    }

    private static InterruptedException interrupted(String role, RuntimeException failure) {
        var interrupted = new InterruptedException("the " + role + "'s model call was interrupted");
        interrupted.initCause(failure);
        return interrupted;
    }

    /** Why another attempt would fail too; empty if it may succeed. */
    private static Optional<Reason> lasting(RuntimeException failure, int status) {
        if (status == 402
                || (status == TOO_MANY_REQUESTS
                        && String.valueOf(failure.getMessage()).contains("insufficient_quota"))) {
            return Optional.of(Reason.QUOTA);
        }
        if (failure instanceof AuthenticationException || status == 401 || status == 403) {
            return Optional.of(Reason.AUTHENTICATION);
        }
        if (failure instanceof RetriableException || status == 408 || status == TOO_MANY_REQUESTS || status >= 500) {
            return Optional.empty();
        }
        if (failure instanceof ModelNotFoundException || status == 404) {
            return Optional.of(Reason.MODEL_NOT_FOUND);
        }
        return lastingWithoutStatus(failure, status);
    }

    private static Optional<Reason> lastingWithoutStatus(RuntimeException failure, int status) {
        if (failure instanceof InvalidRequestException || status >= 400) {
            return Optional.of(Reason.INVALID_REQUEST);
        }
        if (failure instanceof UnresolvedModelServerException) {
            return Optional.of(Reason.UNREACHABLE);
        }
        if (failure instanceof UnsupportedFeatureException) {
            return Optional.of(Reason.UNSUPPORTED);
        }
        boolean inputOrOutput = find(failure, IOException.class).isPresent()
                || find(failure, TimeoutException.class).isPresent();
        return inputOrOutput ? Optional.empty() : Optional.of(Reason.UNEXPECTED);
    }

    private static ChatModelException refused(Reason reason, String what, RuntimeException failure) {
        String advice = advice(reason);
        return reason == Reason.AUTHENTICATION
                ? new ChatModelException(reason, what + ": " + advice, null)
                : new ChatModelException(reason, what + ": " + advice + ". It said: " + excerpt(failure), failure);
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case AUTHENTICATION ->
                "the provider does not accept the key, or the key may not use this model;"
                        + " check the key, the organisation and the model that the chat model was built with";
            case QUOTA -> "the account has no credit left; check its plan and billing, then resume the run";
            case MODEL_NOT_FOUND ->
                "the provider knows no such model or address; check the model's name and the base URL";
            case INVALID_REQUEST ->
                "the provider takes the request for faulty; if it names temperature or top_p, build"
                        + " the role with sampling(Sampling.modelDefault()), if it names max_tokens, with"
                        + " modelDefaultOutputLimit()";
            case UNREACHABLE -> "the provider's address cannot be resolved; check the base URL and the network";
            case UNSUPPORTED ->
                "the model does not offer a setting of the request; build the role with"
                        + " sampling(Sampling.modelDefault()) or modelDefaultOutputLimit()";
            case UNEXPECTED -> "the chat model threw an exception that does not say whether it may pass";
        };
    }

    private static OptionalInt status(Throwable failure) {
        return find(failure, HttpException.class)
                .map(http -> OptionalInt.of(http.statusCode()))
                .orElse(OptionalInt.empty());
    }

    /** The beginning of the failure's own words, without what looks like a key: providers quote what they were sent. */
    private static String excerpt(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        String line = KEY.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("[removed]");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, t -> t != null && seen.add(t), Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
