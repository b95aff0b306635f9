package dev.lion.loop;

import dev.lion.data.PaidRole;
import dev.lion.run.BatchEntry;
import dev.lion.run.BatchEntry.Closed;
import dev.lion.run.BatchEntry.Intended;
import dev.lion.run.BatchEntry.Outcome;
import dev.lion.run.BatchEntry.Submitted;
import dev.lion.run.IterationDirectory;
import dev.lion.run.Journal;
import dev.lion.run.RecordType;
import dev.lion.run.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The batches of one role in one stage, on disk before anything is done with them. Each line is forced to disk before the next
 * step is taken. For the coordinating thread.
 */
final class BatchBook implements AutoCloseable {
    private final Journal<BatchEntry> journal;
    private final Stage stage;
    private final PaidRole role;
    private final Map<Integer, Intended> undecided = new TreeMap<>();
    private final Map<Integer, OpenBatch> open = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private int next;

    BatchBook(IterationDirectory files, Stage stage, PaidRole role) {
        this.stage = stage;
        this.role = role;
        this.journal = files.journal(RecordType.BATCHES);
        Map<Integer, Intended> all = new TreeMap<>();
        journal.recovered().forEach(entry -> recall(entry, all));
    }

    private void recall(BatchEntry entry, Map<Integer, Intended> all) {
        next = Math.max(next, entry.batch() + 1);
        if (entry instanceof Intended intended) {
            all.put(entry.batch(), intended);
            if (intended.stage() == stage && intended.role() == role) {
                undecided.put(entry.batch(), intended);
            }
        } else if (entry instanceof Submitted submitted) {
            ids.add(submitted.id());
            Optional.ofNullable(undecided.remove(entry.batch()))
                    .ifPresent(intended -> open.put(entry.batch(), new OpenBatch(intended, submitted.id())));
        } else if (entry instanceof Closed closed) {
            undecided.remove(entry.batch());
            open.remove(entry.batch());
            noteAsked(Optional.ofNullable(all.get(entry.batch())), closed.outcome());
        }
    }

    private void noteAsked(Optional<Intended> batch, Outcome outcome) {
        if (outcome != Outcome.UNSENT) {
            batch.ifPresent(intended -> asked.addAll(intended.questions()));
        }
    }

    /** Those that the provider took and that are not closed, oldest first. */
    List<OpenBatch> open() {
        return List.copyOf(open.values());
    }

    /** Those of which it is not known whether the provider took them, as the process ended meanwhile. */
    List<Intended> undecided() {
        return List.copyOf(undecided.values());
    }

    /** Whether a question was in a batch that is closed, so that it is asked on its own. */
    boolean wasAsked(String key) {
        return asked.contains(key);
    }

    /** Whether a batch of the provider is one of this book. */
    boolean knows(String id) {
        return ids.contains(id);
    }

    Intended intend(long hold, Instant since, List<String> questions, Optional<List<String>> present) {
        Intended intended = new Intended(next++, stage, role, hold, since, questions, present);
        write(intended);
        undecided.put(intended.batch(), intended);
        return intended;
    }

    OpenBatch submitted(Intended intended, String id) {
        write(new Submitted(intended.batch(), id));
        ids.add(id);
        undecided.remove(intended.batch());
        OpenBatch batch = new OpenBatch(intended, id);
        open.put(intended.batch(), batch);
        return batch;
    }

    void close(int batch, List<String> questions, Outcome outcome) {
        write(new Closed(batch, outcome));
        undecided.remove(batch);
        open.remove(batch);
        if (outcome != Outcome.UNSENT) {
            asked.addAll(new ArrayList<>(questions));
        }
    }

    private void write(BatchEntry entry) {
        journal.append(entry);
        journal.force();
    }

    @Override
    public void close() {
        journal.close();
    }
}
