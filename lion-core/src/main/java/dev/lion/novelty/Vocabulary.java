package dev.lion.novelty;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each distinct token a small number. */
final class Vocabulary {
    /** The number of a token that no added text has. */
    static final int UNKNOWN = -1;

    private final Map<String, Integer> ids = new HashMap<>();

    int[] intern(List<String> tokens) {
        return tokens.stream()
                .mapToInt(token -> ids.computeIfAbsent(token, unseen -> ids.size()))
                .toArray();
    }

    int[] lookUp(List<String> tokens) {
        return tokens.stream()
                .mapToInt(token -> ids.getOrDefault(token, UNKNOWN))
                .toArray();
    }

    int size() {
        return ids.size();
    }
}
