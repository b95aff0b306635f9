package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CallFailure.find;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Finds out why a model call failed: who was interrupted, what the provider said, what type the client threw, in this order. */
final class Diagnosis {
    private static final Set<Integer> COMES_TOO_EARLY = Set.of(409, 425);
    private static final List<Class<? extends Throwable>> INTERRUPTED =
            List.of(InterruptedException.class, ClosedByInterruptException.class);
    private static final List<Class<? extends Throwable>> NOWHERE =
            List.of(UnresolvedAddressException.class, UnknownHostException.class, CertificateException.class);
    private static final List<Class<? extends Throwable>> NOBODY_LISTENS = List.of(
            ConnectException.class,
            HttpConnectTimeoutException.class,
            NoRouteToHostException.class,
            SSLHandshakeException.class);
    private static final List<Class<? extends Throwable>> TOO_LATE = List.of(
            HttpTimeoutException.class,
            SocketTimeoutException.class,
            TimeoutException.class,
            dev.langchain4j.exception.TimeoutException.class);
    private static final List<Class<? extends Throwable>> GARBLED =
            List.of(DamagedReplyException.class, ProtocolException.class, CharacterCodingException.class);
    private static final List<Class<? extends Throwable>> STUMBLED =
            List.of(NullPointerException.class, IndexOutOfBoundsException.class, ClassCastException.class);

    private final Throwable failure;
    private final int status;

    /**
     * A failure and its HTTP status.
     *
     * @param status 0 when there was none
     */
    Diagnosis(Throwable failure, int status) {
        this.failure = failure;
        this.status = status;
    }

    Reason reason() {
        if (has(INTERRUPTED)) {
            return Reason.INTERRUPTED;
        }
        if (has(BudgetReachedException.class)) {
            return Reason.QUOTA;
        }
        return has(ContentFilteredException.class)
                ? Reason.CONTENT_FILTERED
                : status > 0 ? byStatus() : byTypeOfProvider();
    }

    private Reason byStatus() {
        ProviderError said = ProviderError.in(failure);
        if (status == 402 || (status < 500 && said.meansNoCredit())) {
            return Reason.QUOTA;
        }
        if (status >= 400 && status < 500 && said.meansFiltered()) {
            return Reason.CONTENT_FILTERED;
        }
        if (status == 401 || (status == 403 && !said.isPage()) || (status == 400 && said.meansWrongKey())) {
            return Reason.AUTHENTICATION;
        }
        if (status == 429) {
            return Reason.RATE_LIMITED;
        }
        if (status == 408) {
            return Reason.TIMED_OUT;
        }
        if (status >= 500 || COMES_TOO_EARLY.contains(status)) {
            return Reason.SERVER_ERROR;
        }
        return status == 404 || (status >= 300 && status < 400) ? Reason.MODEL_NOT_FOUND : Reason.INVALID_REQUEST;
    }

    private Reason byTypeOfProvider() {
        if (has(RateLimitException.class)) {
            return ProviderError.in(failure).meansNoCredit() ? Reason.QUOTA : Reason.RATE_LIMITED;
        }
        if (has(AuthenticationException.class)) {
            return Reason.AUTHENTICATION;
        }
        if (has(ModelNotFoundException.class)) {
            return Reason.MODEL_NOT_FOUND;
        }
        if (has(InvalidRequestException.class)) {
            return Reason.INVALID_REQUEST;
        }
        if (has(UnsupportedFeatureException.class)) {
            return Reason.UNSUPPORTED;
        }
        return has(InternalServerException.class) ? Reason.SERVER_ERROR : byTypeOfClient();
    }

    private Reason byTypeOfClient() {
        if (isNeverSent()) {
            return Reason.UNREACHABLE;
        }
        if (has(TOO_LATE)) {
            return Reason.TIMED_OUT;
        }
        if (isUnreadable()) {
            return Reason.UNREADABLE;
        }
        return failure instanceof RetriableException
                        || find(failure, IOException.class).isPresent()
                ? Reason.CONNECTION
                : Reason.UNEXPECTED;
    }

    private boolean isNeverSent() {
        return has(UnresolvedModelServerException.class) || has(NOWHERE) || has(NOBODY_LISTENS);
    }

    private boolean isUnreadable() {
        return has(GARBLED) || isNotJson() || isMissingSomething();
    }

    /** Whether a reply was not the JSON that was expected, whichever library the client reads it with. */
    private boolean isNotJson() {
        return find(failure, IOException.class)
                .map(e -> e.getClass().getName())
                .filter(name -> name.startsWith("com.fasterxml.jackson.")
                        || name.startsWith("tools.jackson.")
                        || name.startsWith("com.google.gson."))
                .isPresent();
    }

    /**
     * A client that stumbles in its own code has found something missing in the reply; so has one whose exception has no stack
     * trace, since the JVM leaves it out where the same happens often.
     */
    private boolean isMissingSomething() {
        return STUMBLED.stream()
                .flatMap(type -> find(failure, type).stream())
                .map(Throwable::getStackTrace)
                .anyMatch(trace -> trace.length == 0 || trace[0].getClassName().startsWith("dev.langchain4j.model."));
    }

    /**
     * Whether no token was made: too many requests, nobody to take one, or a request that was turned down. After a time-out,
     * an error of the server or a lost connection the model may have been at work, unless nothing was sent for this call.
     */
    boolean isUnbilled(Reason reason) {
        return switch (reason) {
            case RATE_LIMITED,
                    UNREACHABLE,
                    AUTHENTICATION,
                    QUOTA,
                    MODEL_NOT_FOUND,
                    INVALID_REQUEST,
                    CONTENT_FILTERED,
                    UNSUPPORTED -> true;
            case CONNECTION, SERVER_ERROR, TIMED_OUT, UNREADABLE, INTERRUPTED, UNEXPECTED ->
                has(NotSentException.class);
        };
    }

    private boolean has(Class<? extends Throwable> type) {
        return find(failure, type).isPresent();
    }

    private boolean has(List<Class<? extends Throwable>> types) {
        return types.stream().anyMatch(this::has);
    }
}
