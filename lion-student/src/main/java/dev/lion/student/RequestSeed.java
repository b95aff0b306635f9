package dev.lion.student;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.student.prompt.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where the random choices of an answer come from when its request does not say: from what is asked, so that the same request
 * gets the same answer whoever asks and whenever, and others vary apart from each other. Called by the chat models and the
 * server, from any thread.
 */
public final class RequestSeed {
    private RequestSeed() {}

    /**
     * The seed of a request.
     *
     * @param messages all that is asked
     * @param seed another gives other answers to everything
     */
    public static long of(List<Message> messages, long seed) {
        var hasher = Hashing.sipHash24(seed, 0).newHasher();
        for (Message message : messages) {
            put(hasher, message.role().key());
            put(hasher, message.content());
        }
        return hasher.hash().asLong();
    }

    /** With its length, so that words do not pass from one message to another unnoticed. */
    private static void put(Hasher hasher, String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        hasher.putInt(bytes.length).putBytes(bytes);
    }
}
