package dev.lion.loop;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Random seeds that depend on what is decided, never on when. */
final class Randomness {
    private Randomness() {}

    /** A seed for one decision of a run, which the parts name. */
    static long seed(long runSeed, Object... decision) {
        Hasher hasher = Hashing.sha256().newHasher().putLong(runSeed);
        for (Object part : decision) {
            hasher.putString(part.toString(), StandardCharsets.UTF_8).putByte((byte) 0);
        }
        return hasher.hash().asLong();
    }
}
