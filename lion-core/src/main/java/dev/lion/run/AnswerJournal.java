package dev.lion.run;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Answers of a stage that is in progress: kept on disk before they are used, and to be found in a store from then on. May be
 * used from several threads.
 */
public final class AnswerJournal implements AutoCloseable {
    private final Journal<Answer> journal;
    private final AnswerStore store;
    private final int file;
    private final Set<String> recovered = new HashSet<>();

    AnswerJournal(Journal<Answer> journal, AnswerStore store) {
        this.journal = journal;
        this.store = store;
        this.file = store.addFile(journal.path());
        journal.recovered((answer, start) -> {
            store.add(file, start, answer);
            recovered.add(answer.instructionId());
        });
    }

    /** Which instructions an earlier sitting had answers to. */
    public Set<String> recovered() {
        return Collections.unmodifiableSet(recovered);
    }

    /** Keeps an answer, as {@link Journal#append} does. */
    public void append(Answer answer) {
        store.add(file, journal.append(answer), answer);
    }

    /** Waits until everything that was appended survives a power failure too. */
    public void force() {
        journal.force();
    }

    /** Forces everything to disk; idempotent. */
    @Override
    public void close() {
        journal.close();
    }
}
