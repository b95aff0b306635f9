package dev.lion.examples.rescore;

import com.google.common.hash.Hashing;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.teacher.chat.RecordedCall;
import dev.lion.teacher.chat.Recording;
import dev.lion.teacher.prompt.VerdictParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The verdicts that the present parser finds in the referee's replies of a recording. A reply is known by its request's
 * messages and, of several to the same, by its number. Used once, by one thread.
 */
public final class Rescoring {
    private static final int KEY_DIGITS = 16;

    private final String promptWords;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, Integer> repetitions = new HashMap<>();
    private int failed;

    private Rescoring(String promptWords) {
        this.promptWords = promptWords;
    }

    /**
     * Reads a recording.
     *
     * @param promptWords words of the system message by which the referee's calls are known
     */
    public static Rescoring of(Path recording, String promptWords) {
        var rescoring = new Rescoring(promptWords);
        Recording.of(recording).forEach(rescoring::add);
        return rescoring;
    }

    private void add(RecordedCall call) {
        boolean isReferees = call.request().messages().stream()
                .anyMatch(message ->
                        message instanceof SystemMessage system && system.text().contains(promptWords));
        if (!isReferees) {
            return;
        }
        if (call.outcome() instanceof RecordedCall.Reply reply) {
            verdicts.put(key(call), verdict(reply.response()));
        } else {
            failed++;
        }
    }

    private String key(RecordedCall call) {
        String messages = Hashing.sha256()
                .hashString(call.request().messages().toString(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, KEY_DIGITS);
        int repetition = repetitions.merge(messages, 1, Integer::sum);
        return repetition == 1 ? messages : messages + "#" + repetition;
    }

    private static Verdict verdict(ChatResponse reply) {
        String text = reply.aiMessage().text() == null ? "" : reply.aiMessage().text();
        if (reply.finishReason() == FinishReason.CONTENT_FILTER) {
            return Verdict.abstain("the provider withheld the reply, or the model declined");
        }
        return reply.finishReason() == FinishReason.LENGTH
                ? VerdictParser.parseCut(text, TokenUsage.NONE)
                : VerdictParser.parse(text, TokenUsage.NONE);
    }

    /** The verdicts, in the order of the recording. */
    public Map<String, Verdict> verdicts() {
        return verdicts;
    }

    /** How many calls of the referee have no reply, as they failed. */
    public int failed() {
        return failed;
    }
}
