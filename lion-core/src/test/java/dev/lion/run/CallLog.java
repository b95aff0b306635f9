package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@link LoggedRoles} noted over all sittings of a run.
 *
 * <p>The loop writes an answer down on the thread that got it, before that thread asks anything else. So what was in flight
 * when a sitting was killed is, at most, the last call of each of its threads: its answer had not been returned, or had but
 * was not written down yet. A comparison on which the referee abstains is asked again by design, in every sitting.
 */
final class CallLog {
    private final Table<Integer, String, String> lastOfThread = HashBasedTable.create();
    private final SetMultimap<Integer, String> begun = LinkedHashMultimap.create();
    private final Set<String> abstained = new HashSet<>();

    static CallLog read(Path file) throws IOException {
        CallLog log = new CallLog();
        for (String line : Files.readAllLines(file)) {
            List<String> words = Splitter.on(' ').splitToList(line);
            log.add(Integer.parseInt(words.get(0)), words.get(1), words.get(2), words.get(3));
        }
        return log;
    }

    private void add(int sitting, String thread, String what, String question) {
        if (what.equals("begin")) {
            begun.put(sitting, question);
            lastOfThread.put(sitting, thread, question);
        } else if (what.equals("abstain")) {
            abstained.add(question);
        }
    }

    /** Fails when something was asked again that was not in flight at a kill; returns how much was. */
    int requireOnlyCallsInFlightAskedAgain(int concurrentCalls) {
        int again = 0;
        for (int sitting : begun.keySet()) {
            Set<String> repeated = repeatedAfter(sitting);
            assertThat(lastOfThread.row(sitting).values())
                    .as("in flight when sitting %d was killed", sitting)
                    .containsAll(repeated);
            assertThat(repeated.stream().filter(question -> !question.startsWith("student")))
                    .as("asked again after sitting %d", sitting)
                    .hasSizeLessThanOrEqualTo(concurrentCalls);
            again += repeated.size();
        }
        return again;
    }

    private Set<String> repeatedAfter(int sitting) {
        Set<String> repeated = new HashSet<>();
        begun.forEach((other, question) -> {
            if (other > sitting) {
                repeated.add(question);
            }
        });
        repeated.retainAll(begun.get(sitting));
        repeated.removeAll(abstained);
        return repeated;
    }

    int questions() {
        return Set.copyOf(begun.values()).size();
    }
}
