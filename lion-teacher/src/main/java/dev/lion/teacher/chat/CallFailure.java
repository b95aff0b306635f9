package dev.lion.teacher.chat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What a failed model call means, told by the exception's type first and by its HTTP status second: whether another attempt
 * may succeed, and whether this one may have been charged. Immutable, so any thread may use it.
 *
 * @param reason why the call failed
 * @param status the HTTP status, if there was one
 * @param isUnbilled whether it is known that no token was made
 */
public record CallFailure(Reason reason, OptionalInt status, boolean isUnbilled) {
    private static final int TOO_MANY_REQUESTS = 429;

    public CallFailure {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(status, "status");
    }

    /** Why a model call failed. */
    public enum Reason {
        /** Too many requests or tokens in a time (HTTP 429). Passes. */
        RATE_LIMITED(true),
        /** The server failed, or took too long by its own account (HTTP 408, 5xx). Passes. */
        SERVER_ERROR(true),
        /** No connection, or one that was lost, or no reply in time, or one that could not be read. Passes. */
        CONNECTION(true),
        /** The key is missing, wrong, or not allowed to use the model (HTTP 401, 403). */
        AUTHENTICATION(false),
        /** The account has no credit left (HTTP 402, or 429 with {@code insufficient_quota}). */
        QUOTA(false),
        /** The provider knows no such model or address (HTTP 404). */
        MODEL_NOT_FOUND(false),
        /** The provider takes the request for faulty (other HTTP 4xx). */
        INVALID_REQUEST(false),
        /** The provider's address cannot be resolved. */
        UNREACHABLE(false),
        /** The model does not offer something that the request uses. */
        UNSUPPORTED(false),
        /** The calling thread was interrupted. */
        INTERRUPTED(false),
        /** Anything else that the model threw. */
        UNEXPECTED(false);

        private final boolean passing;

        Reason(boolean passing) {
            this.passing = passing;
        }

        /** Whether another attempt may succeed. */
        public boolean isPassing() {
            return passing;
        }
    }

    /** What an exception that a chat model threw means. */
    public static CallFailure of(Throwable failure) {
        OptionalInt status = find(failure, HttpException.class)
                .map(http -> OptionalInt.of(http.statusCode()))
                .orElse(OptionalInt.empty());
        Reason reason = reason(failure, status.orElse(0));
        return new CallFailure(reason, status, isUnbilled(failure, reason));
    }

    /** Whether another attempt may succeed. */
    public boolean isPassing() {
        return reason.isPassing();
    }

    /**
     * Whether no token was made: too many requests, nobody to take one, or a request that was turned down. After a time-out,
     * an error of the server or a lost connection the model may have been at work.
     */
    private static boolean isUnbilled(Throwable failure, Reason reason) {
        return switch (reason) {
            case RATE_LIMITED, AUTHENTICATION, QUOTA, MODEL_NOT_FOUND, INVALID_REQUEST, UNREACHABLE, UNSUPPORTED ->
                true;
            case SERVER_ERROR, CONNECTION ->
                find(failure, ConnectException.class).isPresent();
            case INTERRUPTED, UNEXPECTED -> false;
        };
    }

    private static Reason reason(Throwable failure, int status) {
        if (find(failure, InterruptedException.class).isPresent()
                || find(failure, ClosedByInterruptException.class).isPresent()) {
            return Reason.INTERRUPTED;
        }
        boolean tooMany = status == TOO_MANY_REQUESTS || failure instanceof RateLimitException;
        if (status == 402 || (tooMany && String.valueOf(failure.getMessage()).contains("insufficient_quota"))) {
            return Reason.QUOTA;
        }
        if (failure instanceof AuthenticationException || status == 401 || status == 403) {
            return Reason.AUTHENTICATION;
        }
        if (tooMany) {
            return Reason.RATE_LIMITED;
        }
        if (status == 408 || status >= 500) {
            return Reason.SERVER_ERROR;
        }
        if (failure instanceof RetriableException) {
            return Reason.CONNECTION;
        }
        return lasting(failure, status);
    }

    private static Reason lasting(Throwable failure, int status) {
        if (failure instanceof ModelNotFoundException || status == 404) {
            return Reason.MODEL_NOT_FOUND;
        }
        if (failure instanceof InvalidRequestException || status >= 400) {
            return Reason.INVALID_REQUEST;
        }
        if (failure instanceof UnresolvedModelServerException) {
            return Reason.UNREACHABLE;
        }
        if (failure instanceof UnsupportedFeatureException) {
            return Reason.UNSUPPORTED;
        }
        boolean inputOrOutput = find(failure, IOException.class).isPresent()
                || find(failure, TimeoutException.class).isPresent();
        return inputOrOutput ? Reason.CONNECTION : Reason.UNEXPECTED;
    }

    /** The failure, or the first of its causes, that has a type. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, t -> t != null && seen.add(t), Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
