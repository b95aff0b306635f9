package dev.lion.examples.rescore;

import dev.lion.data.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How verdicts differ from others on the same requests. Used once, by one thread. */
public final class VerdictChanges {
    private static final int SHOWN = 10;

    private final List<String> changed = new ArrayList<>();
    private int same;
    private int otherScores;
    private int nowScored;
    private int nowAbstained;
    private int onlyHere;
    private int onlyThere;

    private VerdictChanges() {}

    /** What changed from others to these. */
    public static VerdictChanges of(Map<String, Verdict> others, Map<String, Verdict> these) {
        var changes = new VerdictChanges();
        these.forEach((key, verdict) -> {
            Verdict other = others.get(key);
            if (other == null) {
                changes.onlyHere++;
            } else {
                changes.compare(key, other, verdict);
            }
        });
        changes.onlyThere = (int)
                others.keySet().stream().filter(key -> !these.containsKey(key)).count();
        return changes;
    }

    private void compare(String key, Verdict other, Verdict now) {
        boolean wasScored = other instanceof Verdict.Scored;
        boolean isScored = now instanceof Verdict.Scored;
        boolean neither = !wasScored && !isScored; // the words of the reason may differ
        if (neither || scores(other).equals(scores(now))) {
            same++;
            return;
        }
        if (wasScored && isScored) {
            otherScores++;
        } else if (isScored) {
            nowScored++;
        } else {
            nowAbstained++;
        }
        changed.add(key + ": " + scores(other) + " -> " + scores(now));
    }

    private static String scores(Verdict verdict) {
        return verdict instanceof Verdict.Scored scored
                ? String.format(Locale.ROOT, "%s and %s", scored.first(), scored.second())
                : "abstained, " + ((Verdict.Abstained) verdict).reason();
    }

    /** Prints the counts, and the first ten changes. */
    public void print(String name, PrintStream out) {
        out.println("compared with " + name + ": " + same + " the same, " + otherScores + " with other scores, "
                + nowScored + " scored that had none, " + nowAbstained + " without scores that had some, " + onlyHere
                + " only here, " + onlyThere + " only there");
        changed.stream().limit(SHOWN).forEach(change -> out.println("  " + change));
        if (changed.size() > SHOWN) {
            out.println("  and " + (changed.size() - SHOWN) + " more");
        }
    }
}
