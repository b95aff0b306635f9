package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.FaultCase.Ending.AGAIN;
import static dev.lion.teacher.chat.FaultCase.Ending.ANSWER;
import static dev.lion.teacher.chat.FaultCase.Ending.RUN_ENDS;
import static dev.lion.teacher.chat.FaultCase.Ending.SET_ASIDE;
import static dev.lion.teacher.chat.FaultCase.Ending.UNFIT;
import static dev.lion.teacher.chat.FaultCase.answered;
import static dev.lion.teacher.chat.FaultCase.failing;

import dev.lion.teacher.chat.CallFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All faults that the suite knows. What really happens, over HTTP with LangChain4j's OpenAI client, is printed as a table by
 *
 * <pre>{@code
 * mvn -q -pl lion-teacher -am test -Dtest=FaultSuiteTest -Dsurefire.failIfNoSpecifiedTests=false -Dlion.faults=faults.md
 * }</pre>
 */
final class FaultTable {
    static final String ANSWER_TEXT = "Paris";
    private static final String WHOLE = Faults.completion(ANSWER_TEXT, "stop");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> HTML = Map.of("Content-Type", "text/html");

    private FaultTable() {}

    static List<FaultCase> cases() {
        List<FaultCase> all = new ArrayList<>(refusals());
        all.addAll(brokenConnections());
        all.addAll(slowness());
        all.addAll(unreadableReplies());
        all.addAll(oddAnswers());
        return List.copyOf(all);
    }

    private static List<FaultCase> refusals() {
        return List.of(
                refused(429, "{\"error\":{\"message\":\"slow down\"}}", Reason.RATE_LIMITED, AGAIN),
                failing(
                                "429, Retry-After: 3",
                                Faults.reply(429, Map.of("Retry-After", "3"), Faults.bytes("{}")),
                                Reason.RATE_LIMITED,
                                false,
                                AGAIN)
                        .askingFor(Duration.ofSeconds(3))
                        .readByTheGuardedClient(),
                failing("429, Retry-After: a date", retryAtADate(), Reason.RATE_LIMITED, false, AGAIN)
                        .askingFor(Duration.ofSeconds(4))
                        .readByTheGuardedClient(),
                failing(
                                "429, \"try again in 2.5s\"",
                                Faults.status(429, "{\"error\":{\"message\":\"Please try again in 2.5s.\"}}"),
                                Reason.RATE_LIMITED,
                                false,
                                AGAIN)
                        .askingFor(Duration.ofMillis(2500)),
                failing(
                        "429, insufficient_quota",
                        Faults.status(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"),
                        Reason.QUOTA,
                        false,
                        RUN_ENDS),
                refused(402, "{}", Reason.QUOTA, RUN_ENDS),
                refused(401, "{}", Reason.AUTHENTICATION, RUN_ENDS),
                refused(403, "{}", Reason.AUTHENTICATION, RUN_ENDS),
                failing(
                        "403, input flagged",
                        Faults.status(403, "{\"error\":{\"message\":\"moderation: your input was flagged\"}}"),
                        Reason.CONTENT_FILTERED,
                        false,
                        UNFIT),
                failing(
                        "403, a web page",
                        Faults.reply(403, HTML, Faults.bytes("<html>blocked</html>")),
                        Reason.INVALID_REQUEST,
                        false,
                        SET_ASIDE),
                refused(404, "{}", Reason.MODEL_NOT_FOUND, RUN_ENDS),
                failing(
                        "302 to elsewhere",
                        Faults.reply(302, Map.of("Location", "https://example.invalid/"), new byte[0]),
                        Reason.MODEL_NOT_FOUND,
                        false,
                        RUN_ENDS),
                refused(400, "{}", Reason.INVALID_REQUEST, SET_ASIDE),
                failing(
                        "400, content_filter",
                        Faults.status(400, "{\"error\":{\"code\":\"content_filter\"}}"),
                        Reason.CONTENT_FILTERED,
                        false,
                        UNFIT),
                refused(418, "{}", Reason.INVALID_REQUEST, SET_ASIDE),
                failing("408", Faults.status(408, "{}"), Reason.TIMED_OUT, true, AGAIN),
                failing("500", Faults.status(500, "{}"), Reason.SERVER_ERROR, true, AGAIN),
                failing(
                        "502, a web page",
                        Faults.reply(502, HTML, Faults.bytes("<html>Bad gateway</html>")),
                        Reason.SERVER_ERROR,
                        true,
                        AGAIN),
                failing(
                                "503, Retry-After: 3",
                                Faults.reply(503, Map.of("Retry-After", "3"), Faults.bytes("{}")),
                                Reason.SERVER_ERROR,
                                true,
                                AGAIN)
                        .askingFor(Duration.ofSeconds(3))
                        .readByTheGuardedClient(),
                failing("529", Faults.status(529, "{}"), Reason.SERVER_ERROR, true, AGAIN));
    }

    private static FaultCase refused(int status, String body, Reason reason, FaultCase.Ending ending) {
        return failing(Integer.toString(status), Faults.status(status, body), reason, false, ending);
    }

    // the server's clock is ten minutes slow
    private static Fault retryAtADate() {
        return (connection, out) -> {
            ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(10);
            Map<String, String> headers = Map.of(
                    "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now),
                    "Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(5)));
            Faults.reply(429, headers, Faults.bytes("{}")).play(connection, out);
        };
    }

    private static List<FaultCase> brokenConnections() {
        return List.of(
                failing("closed without a reply", Faults.hangUp(), Reason.CONNECTION, true, AGAIN),
                failing("reset within the body", Faults.reset(WHOLE), Reason.CONNECTION, true, AGAIN),
                failing("closed within the body", Faults.cutOff(WHOLE), Reason.CONNECTION, true, AGAIN));
    }

    private static List<FaultCase> slowness() {
        FaultCase fast = failing(
                "a body that never ends, fast",
                Faults.endless(64 << 10, Duration.ofMillis(2)),
                Reason.TIMED_OUT,
                true,
                AGAIN);
        return List.of(
                failing("no reply ever", Faults.silence(), Reason.TIMED_OUT, true, AGAIN),
                fast,
                fast.whenGuarded(Reason.UNREADABLE, AGAIN),
                failing(
                        "a body that never ends, slow",
                        Faults.endless(1, Duration.ofMillis(5)),
                        Reason.TIMED_OUT,
                        true,
                        AGAIN),
                answered("a body that drips, but ends", Faults.drip(ANSWER_TEXT, 40, Duration.ofMillis(2)), ANSWER));
    }

    private static List<FaultCase> unreadableReplies() {
        FaultCase bytes = failing("invalid UTF-8", invalidUtf8(), Reason.UNREADABLE, true, AGAIN);
        return List.of(
                unreadable("not HTTP", Faults.gibberish()),
                unreadable("200, truncated JSON", Faults.status(200, WHOLE.substring(0, WHOLE.length() / 2))),
                unreadable("200, no body", Faults.status(200, "")),
                unreadable("204", Faults.reply(204, Map.of(), new byte[0])),
                unreadable("200, a web page", Faults.reply(200, HTML, Faults.bytes("<html>Sign in</html>"))),
                unreadable("200, null", Faults.status(200, "null")),
                unreadable("200, a list", Faults.status(200, "[]")),
                unreadable("200, a choice without a message", Faults.status(200, "{\"choices\":[{\"index\":0}]}")),
                failing("200, empty choices", Faults.status(200, "{\"choices\":[]}"), Reason.SERVER_ERROR, true, AGAIN),
                failing(
                        "200, an error as the body",
                        Faults.status(200, "{\"error\":{\"message\":\"overloaded\"}}"),
                        Reason.SERVER_ERROR,
                        true,
                        AGAIN),
                bytes,
                bytes.whenGuarded(Reason.UNREADABLE, AGAIN),
                unreadable("an answer of 20 MB", Faults.answer("x".repeat(20_000_000))));
    }

    private static FaultCase unreadable(String name, Fault fault) {
        return failing(name, fault, Reason.UNREADABLE, true, AGAIN);
    }

    private static Fault invalidUtf8() {
        byte[] body = Faults.completion("caf\u00e9", "stop").getBytes(StandardCharsets.ISO_8859_1);
        return Faults.reply(200, JSON, body);
    }

    private static List<FaultCase> oddAnswers() {
        return List.of(
                answered("finish reason length", Faults.status(200, Faults.completion(ANSWER_TEXT, "length")), UNFIT),
                answered(
                        "finish reason content_filter",
                        Faults.status(200, Faults.completion("", "content_filter")),
                        UNFIT),
                answered("an unknown finish reason", Faults.status(200, Faults.completion(ANSWER_TEXT, "eos")), ANSWER),
                answered("a blank answer", Faults.answer("  \n"), UNFIT),
                answered(
                        "the content type text/plain",
                        Faults.reply(200, Map.of("Content-Type", "text/plain"), Faults.bytes(WHOLE)),
                        ANSWER),
                answered(
                        "the key \"content\" twice, of which the last counts",
                        Faults.status(200, WHOLE.replace("\"content\"", "\"content\":\"Rome\",\"content\"")),
                        ANSWER),
                answered("something after the JSON", Faults.status(200, WHOLE + "}}"), ANSWER));
    }
}
