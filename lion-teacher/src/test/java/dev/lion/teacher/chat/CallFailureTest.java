package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures that a loopback server cannot bring about, and the words of providers; the rest is in {@code FaultSuiteTest}. */
class CallFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"You exceeded your current quota\"}} | QUOTA",
                "429 | {\"error\":{\"type\":\"billing_not_active\"}} | QUOTA",
                "429 | {\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"per minute\"}} | RATE_LIMITED",
                "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API\"}} | QUOTA",
                "400 | {\"error\":{\"message\":\"no 'insufficient_quota' in your prompt, please\"}} | INVALID_REQUEST",
                "400 | [{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}] | AUTHENTICATION",
                "401 | nothing that can be read | AUTHENTICATION",
                "403 | {\"error\":{\"type\":\"permission_error\"}} | AUTHENTICATION",
                "403 | {\"error\":{\"code\":403,\"message\":\"requires moderation and your input was flagged\"}} | CONTENT_FILTERED",
                "403 | <html><title>Attention Required!</title></html> | INVALID_REQUEST",
                "400 | {\"error\":{\"code\":\"content_filter\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}} | CONTENT_FILTERED",
                "409 | {} | SERVER_ERROR",
                "413 | {} | INVALID_REQUEST",
            })
    void of_wordsOfAProvider_saysWhatTheyMean(int status, String body, Reason reason) {
        assertThat(CallFailure.of(new LangChain4jException(new HttpException(status, body))))
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.status()).hasValue(status);
                });
    }

    static Stream<Arguments> failuresWithoutStatus() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), Reason.UNREACHABLE, true),
                Arguments.of(new NoRouteToHostException("unplugged"), Reason.UNREACHABLE, true),
                Arguments.of(new HttpConnectTimeoutException("HTTP connect timed out"), Reason.UNREACHABLE, true),
                Arguments.of(
                        new SSLHandshakeException("Remote host terminated the handshake"), Reason.UNREACHABLE, true),
                Arguments.of(
                        new SSLHandshakeException("PKIX path building failed")
                                .initCause(new CertificateException("unknown issuer")),
                        Reason.UNREACHABLE,
                        true),
                Arguments.of(new UnknownHostException("api.example.invalid"), Reason.UNREACHABLE, true),
                Arguments.of(new SocketTimeoutException("Read timed out"), Reason.TIMED_OUT, false),
                Arguments.of(new IOException("Connection reset"), Reason.CONNECTION, false),
                Arguments.of(new InterruptedException(), Reason.INTERRUPTED, false));
    }

    @ParameterizedTest
    @MethodSource("failuresWithoutStatus")
    void of_causeOfTheClient_isFoundWhereverItIs(Throwable cause, Reason reason, boolean unbilled) {
        CallFailure failure = CallFailure.of(new RuntimeException(new RuntimeException(cause)));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.isUnbilled()).isEqualTo(unbilled);
        assertThat(failure.status()).isEmpty();
    }

    static Stream<Arguments> typesOfLangChain4j() {
        return Stream.of(
                Arguments.of(new RateLimitException("slow down"), Reason.RATE_LIMITED),
                Arguments.of(new RateLimitException("{\"code\":\"insufficient_quota\"}"), Reason.QUOTA),
                Arguments.of(new TimeoutException("too slow"), Reason.TIMED_OUT),
                Arguments.of(new InternalServerException("no choices"), Reason.SERVER_ERROR),
                Arguments.of(new AuthenticationException("who?"), Reason.AUTHENTICATION),
                Arguments.of(new ModelNotFoundException("which?"), Reason.MODEL_NOT_FOUND),
                Arguments.of(new InvalidRequestException("what?"), Reason.INVALID_REQUEST),
                Arguments.of(new NullPointerException("in the application"), Reason.UNEXPECTED));
    }

    @ParameterizedTest
    @MethodSource("typesOfLangChain4j")
    void of_typeOfLangChain4j_isEnough(RuntimeException failure, Reason reason) {
        assertThat(CallFailure.of(failure).reason()).isEqualTo(reason);

        assertThat(CallFailure.of(new LangChain4jException(failure)).reason())
                .as("wrapped by an application")
                .isEqualTo(reason);
    }

    @Test
    void of_stumbleWithoutAStackTrace_isTakenForTheClients() {
        var stumble = new NullPointerException();
        stumble.setStackTrace(new StackTraceElement[0]);
        assertThat(CallFailure.of(new LangChain4jException(stumble)).reason()).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void of_earlierAttemptsThatMayBeCharged_isNotUnbilled() {
        var last = new RateLimitException("slow down");
        assertThat(CallFailure.of(last).isUnbilled()).isTrue();

        last.addSuppressed(new RateLimitException("slow down"));
        assertThat(CallFailure.of(last).isUnbilled()).isTrue();

        last.addSuppressed(new InternalServerException("oops"));
        assertThat(CallFailure.of(last).isUnbilled()).isFalse();
    }
}
