package dev.lion.examples.rescore;

import com.google.common.hash.Hashing;
import dev.langchain4j.data.message.SystemMessage;
import dev.lion.data.Verdict;
import dev.lion.teacher.chat.RecordedCall;
import dev.lion.teacher.chat.Recording;
import dev.lion.teacher.prompt.Scale;
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
    private final Scale scale;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, Integer> repetitions = new HashMap<>();
    private int failed;
    private int unframed;

    private Rescoring(String promptWords, Scale scale) {
        this.promptWords = promptWords;
        this.scale = scale;
    }

    /**
     * Reads a recording.
     *
     * @param promptWords words of the system message by which the referee's calls are known
     * @param scale what the referee was asked for
     */
    public static Rescoring of(Path recording, String promptWords, Scale scale) {
        var rescoring = new Rescoring(promptWords, scale);
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
            var read = new RefereeReply(call.request(), reply.response());
            verdicts.put(key(call), read.verdict(scale));
            unframed += read.exhibit().isPresent() ? 0 : 1;
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

    /** The verdicts, in the order of the recording. */
    public Map<String, Verdict> verdicts() {
        return verdicts;
    }

    /** How many replies were read without the texts they are about, since the message does not hold them whole. */
    public int unframed() {
        return unframed;
    }

    /** How many calls of the referee have no reply, as they failed. */
    public int failed() {
        return failed;
    }
}
