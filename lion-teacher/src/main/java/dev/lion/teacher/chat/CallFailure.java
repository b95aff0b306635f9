package dev.lion.teacher.chat;

import dev.langchain4j.exception.HttpException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a failed model call means, told by the exception's type first, by its HTTP status second, and by the code in the
 * provider's reply where a status has several meanings: whether another attempt may succeed, whether any other call may, and
 * whether this one may have been charged. Immutable, so any thread may use it.
 *
 * @param reason why the call failed
 * @param status the HTTP status, if there was one
 * @param isUnbilled whether it is known that no token was made, in this attempt and in those before it that the exception
 *     has as suppressed ones
 */
public record CallFailure(Reason reason, OptionalInt status, boolean isUnbilled) {
    public CallFailure {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(status, "status");
    }

    /** Whom a failure concerns. */
    private enum Reach {
        ATTEMPT,
        REQUEST,
        EVERY_CALL,
        EVERY_CALL_FOR_NOW
    }

    /** Why a model call failed. */
    public enum Reason {
        /** Too many requests or tokens in a time (HTTP 429). Passes. */
        RATE_LIMITED(Reach.ATTEMPT),
        /** The server failed, is overloaded, or made no answer (HTTP 409, 425, 5xx, or a reply without choices). Passes. */
        SERVER_ERROR(Reach.ATTEMPT),
        /** No reply in time (HTTP 408, or the client's time-out, or a deadline). Passes. */
        TIMED_OUT(Reach.ATTEMPT),
        /** The connection was lost. Passes. */
        CONNECTION(Reach.ATTEMPT),
        /** A reply that is damaged, or not what the protocol says. Passes. */
        UNREADABLE(Reach.ATTEMPT),
        /**
         * The provider's address cannot be resolved, nobody listens there, or who does is not trusted. For every call, but it may
         * pass.
         */
        UNREACHABLE(Reach.EVERY_CALL_FOR_NOW),
        /** The key is missing, wrong, or not allowed to use the model (HTTP 401, 403). For every call. */
        AUTHENTICATION(Reach.EVERY_CALL),
        /** The account has no credit left (HTTP 402, or others with a code such as {@code insufficient_quota}). For every call. */
        QUOTA(Reach.EVERY_CALL),
        /** The provider knows no such model or address (HTTP 404, or a redirect). For every call. */
        MODEL_NOT_FOUND(Reach.EVERY_CALL),
        /** The provider takes the request for faulty (other HTTP 4xx). */
        INVALID_REQUEST(Reach.REQUEST),
        /** The provider's filter turned the request down. */
        CONTENT_FILTERED(Reach.REQUEST),
        /** The model does not offer something that the request uses. */
        UNSUPPORTED(Reach.REQUEST),
        /** The calling thread was interrupted. */
        INTERRUPTED(Reach.REQUEST),
        /** Anything else that the model threw. */
        UNEXPECTED(Reach.REQUEST);

        private final Reach reach;

        Reason(Reach reach) {
            this.reach = reach;
        }

        /** Whether another attempt may succeed. */
        public boolean isPassing() {
            return reach == Reach.ATTEMPT || reach == Reach.EVERY_CALL_FOR_NOW;
        }

        /** Whether every other call fails too until somebody has removed the reason. */
        public boolean isForEveryCall() {
            return reach == Reach.EVERY_CALL || reach == Reach.EVERY_CALL_FOR_NOW;
        }
    }

    /** What an exception that a chat model threw means. */
    public static CallFailure of(Throwable failure) {
        return find(failure, UnsentCallException.class)
                .map(UnsentCallException::earlier)
                .orElseGet(() -> diagnose(failure));
    }

    private static CallFailure diagnose(Throwable failure) {
        OptionalInt status = find(failure, HttpException.class)
                .map(http -> OptionalInt.of(http.statusCode()))
                .orElse(OptionalInt.empty());
        Diagnosis diagnosis = new Diagnosis(failure, status.orElse(0));
        Reason reason = diagnosis.reason();
        boolean unbilled = diagnosis.isUnbilled(reason)
                && Stream.of(failure.getSuppressed())
                        .allMatch(earlier -> of(earlier).isUnbilled());
        return new CallFailure(reason, status, unbilled);
    }

    /** Whether another attempt may succeed. */
    public boolean isPassing() {
        return reason.isPassing();
    }

    /** Whether every other call fails too until somebody has removed the reason. */
    public boolean isForEveryCall() {
        return reason.isForEveryCall();
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
