package dev.lion.examples.rescore;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.teacher.chat.RecordedCall;
import dev.lion.teacher.prompt.Exhibit;
import dev.lion.teacher.prompt.RefereeForm;
import dev.lion.teacher.prompt.Scale;
import dev.lion.teacher.prompt.VerdictParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded reply of the referee, read as the referee itself reads it: with what it was shown, which is found between the
 * frames of the recorded message.
 *
 * @param request what was asked
 * @param response what was replied
 */
record RefereeReply(RecordedCall.Request request, ChatResponse response) {
    private static final List<String> TITLES = List.of("INSTRUCTION", "ANSWER 1", "ANSWER 2");

    /** What the referee was shown; empty when the message shows only parts of the texts, or is not lion's. */
    Optional<Exhibit> exhibit() {
        return request.messages().stream()
                .filter(message -> message instanceof UserMessage user && user.hasSingleText())
                .map(message -> ((UserMessage) message).singleText())
                .flatMap(text -> exhibit(text).stream())
                .findFirst();
    }

    private static Optional<Exhibit> exhibit(String message) {
        List<Matcher> frames = TITLES.stream()
                .map(title -> Pattern.compile(
                                "<<<BEGIN " + title + " ([0-9a-f]{16})>>>\n(.*?)\n<<<END " + title + " \\1>>>",
                                Pattern.DOTALL)
                        .matcher(message))
                .filter(Matcher::find)
                .toList();
        if (frames.size() < TITLES.size()) {
            return Optional.empty();
        }
        Exhibit rebuilt = Exhibit.of(
                frames.get(0).group(2), frames.get(1).group(2), frames.get(2).group(2), Integer.MAX_VALUE, 0);
        // the code is a hash of the texts, so they are the same if it is
        return Optional.of(rebuilt)
                .filter(it -> frames.get(0).group(1).equals(it.values().get("code")));
    }

    /** The verdict on a scale; without what was shown, on the usual one. */
    Verdict verdict(Scale scale) {
        Response reply = new Response(text(), finish(), TokenUsage.NONE);
        if (reply.finishReason() == FinishReason.CONTENT_FILTER) {
            return Verdict.abstain("the provider withheld the reply, or the model declined");
        }
        boolean json = request.parameters().contains("\"responseFormat\"");
        return exhibit()
                .map(shown -> new RefereeForm(scale, List.of()).read(reply, shown, json))
                .orElseGet(() -> finish() == FinishReason.LENGTH
                        ? VerdictParser.parseCut(text(), TokenUsage.NONE)
                        : VerdictParser.parse(text(), TokenUsage.NONE));
    }

    private String text() {
        String text = response.aiMessage().text();
        return text == null ? "" : text.stripTrailing();
    }

    private FinishReason finish() {
        if (response.finishReason() == null) {
            return FinishReason.OTHER;
        }
        return switch (response.finishReason()) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case TOOL_EXECUTION, OTHER -> FinishReason.OTHER;
        };
    }
}
