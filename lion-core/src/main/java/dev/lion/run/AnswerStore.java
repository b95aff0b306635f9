package dev.lion.run;

import dev.lion.data.Response;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Predicate;

/**
 * Answers by instruction id, of which only the places in the run's files are in memory, some 30 bytes an answer; texts are
 * read when they are asked for. Of several answers to one instruction the last added counts. For any thread.
 */
public final class AnswerStore implements AutoCloseable {
    private static final int OFFSET_BITS = 46;
    private static final int FILE_BITS = 15;
    private static final long OFFSETS = (1L << OFFSET_BITS) - 1;
    private static final long FILES = (1L << FILE_BITS) - 1;
    private static final long PRESENT = 1L << 61;
    private static final long USABLE = 1L << 62;

    private final Predicate<Response> usable;
    private final IdTable places = new IdTable();
    private final List<Optional<LineReader>> files = new ArrayList<>();

    /** @param usable which answers {@link #isUsable} is true for */
    public AnswerStore(Predicate<Response> usable) {
        this.usable = usable;
    }

    /** Notes an answer that was appended to a file. */
    synchronized void add(int file, long offset, Answer answer) {
        long fitness = usable.test(answer.response()) ? USABLE : 0;
        places.put(answer.instructionId(), PRESENT | fitness | (long) file << OFFSET_BITS | offset);
    }

    /** Adds every answer of a committed file. */
    void addCommitted(Path file, RecordType<Answer> type) {
        int number = addFile(file);
        Scan.of(file, type, (answer, start) -> add(number, start, answer)).requireWhole(file);
    }

    /** Where answers begin in a file that is being written. */
    static final class Move {
        private final List<String> instructionIds;
        private final long[] starts;
        private int lines;

        Move(List<String> instructionIds) {
            this.instructionIds = instructionIds;
            this.starts = new long[instructionIds.size() + 1];
        }

        void written(byte[] line) {
            starts[lines + 1] = starts[lines] + line.length;
            lines++;
        }
    }

    /** From now on these answers are read from another file. */
    synchronized void move(Move move, Path file) {
        int number = addFile(file);
        for (int i = 0; i < move.lines; i++) {
            String id = move.instructionIds.get(i);
            long fitness = places.get(id) & (PRESENT | USABLE);
            places.put(id, fitness | (long) number << OFFSET_BITS | move.starts[i]);
        }
    }

    /** A file to read from; the number by which {@link #add} knows it. */
    synchronized int addFile(Path file) {
        if (files.size() > FILES) {
            throw new IllegalStateException("answers in more than " + FILES + " files");
        }
        files.add(Optional.of(LineReader.open(file)));
        return files.size() - 1;
    }

    /** Reads a file no more; its answers must have been moved. */
    synchronized void removeFile(Path file) {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).filter(each -> each.path().equals(file)).isPresent()) {
                files.set(i, Optional.empty()).ifPresent(LineReader::close);
            }
        }
    }

    /** Whether an instruction was answered. */
    public synchronized boolean contains(String instructionId) {
        return places.get(instructionId) != 0;
    }

    /** Whether an instruction has a usable answer. */
    public synchronized boolean isUsable(String instructionId) {
        return (places.get(instructionId) & USABLE) != 0;
    }

    /**
     * The answer to an instruction, if there is one, read from disk.
     *
     * @throws RunStorageException when the disk failed
     */
    public Optional<Response> find(String instructionId) {
        long place;
        LineReader file;
        synchronized (this) {
            place = places.get(instructionId);
            if (place == 0) {
                return Optional.empty();
            }
            file = files.get((int) (place >>> OFFSET_BITS & FILES)).orElseThrow();
        }
        String line = file.at(place & OFFSETS);
        return Optional.of(RecordType.ANSWERS.codec().read(Json.parse(line)).response());
    }

    /** The answers to these instructions, all of which there must be, each read when it is looked at. */
    public List<Answer> of(List<String> instructionIds) {
        return new Answers(instructionIds);
    }

    private final class Answers extends AbstractList<Answer> implements RandomAccess {
        private final List<String> ids;

        private Answers(List<String> ids) {
            this.ids = ids;
        }

        @Override
        public Answer get(int index) {
            String id = ids.get(index);
            return new Answer(id, find(id).orElseThrow());
        }

        @Override
        public int size() {
            return ids.size();
        }
    }

    /** How many instructions were answered. */
    public synchronized int size() {
        return places.size();
    }

    @Override
    public synchronized void close() {
        files.forEach(file -> file.ifPresent(LineReader::close));
        files.clear();
    }
}
