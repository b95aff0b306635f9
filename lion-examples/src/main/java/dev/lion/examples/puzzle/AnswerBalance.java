package dev.lion.examples.puzzle;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Keeps answers that are one of a few equally frequent within a family. */
final class AnswerBalance {
    private static final Pattern ONE_OF_A_FEW = Pattern.compile("\\([A-Z]\\)|Yes|No|True|False");

    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    /** Whether no other answer of the family that was counted before is rarer; if so, the item is counted. */
    boolean hasRoomFor(PuzzleItem item) {
        if (!ONE_OF_A_FEW.matcher(item.target()).matches()) {
            return true;
        }
        Map<String, Integer> answers = counts.computeIfAbsent(item.family(), family -> new HashMap<>());
        int present = answers.getOrDefault(item.target(), 0);
        if (!answers.isEmpty() && present > Collections.min(answers.values())) {
            return false;
        }
        answers.put(item.target(), present + 1);
        return true;
    }
}
