package dev.lion.run;

import dev.lion.data.ImitationSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One iteration's part of a run, as the loop writes it. What is unfinished lives in {@code in-progress/}, which goes when
 * the iteration's summary is written.
 *
 * <p>A stage commits its files one by one, each by an atomic rename, then its own summary: the stage is finished when
 * that is there. The loop calls this from its coordinating thread; only journals are shared between threads.
 */
public final class IterationDirectory {
    private static final Codec<IterationSummary> SUMMARY = new SummaryCodec();
    private static final Codec<IterationSummary.Discrimination> DISCRIMINATION = new SummaryCodec.DiscriminationCodec();
    private static final Codec<IterationSummary.Generation> GENERATION = new SummaryCodec.GenerationCodec();
    private static final Codec<ImitationSummary> IMITATION = new ImitationCodec();

    private final Disk disk;
    private final Path path;
    private final Path student;

    IterationDirectory(Disk disk, Path run, int iteration) {
        this.disk = disk;
        this.path = run.resolve("iteration-" + iteration);
        this.student = run.resolve("student").resolve("iteration-" + iteration);
    }

    /** Opens the journal of a kind of record; the caller closes it before it commits. */
    public <T> Journal<T> journal(RecordType<T> type) {
        return Journal.open(disk, inProgress().resolve(type.fileName()), type);
    }

    /** Writes a file of the iteration for good; its journal stays until it is discarded. */
    public <T> void commit(RecordType<T> type, List<T> records) {
        commit(type, records, line -> {});
    }

    private <T> void commit(RecordType<T> type, List<T> records, Consumer<byte[]> written) {
        disk.createDirectories(path);
        disk.replace(path.resolve(type.fileName()), Records.lines(type, records).peek(written));
    }

    /** Opens a journal of answers, which are added to the store; the caller closes it before it commits. */
    public AnswerJournal journal(RecordType<Answer> type, AnswerStore store) {
        return new AnswerJournal(journal(type), store);
    }

    /**
     * Writes the answers to these instructions, all of which the store must have, for good; the store reads them there from
     * now on.
     */
    public void commit(RecordType<Answer> type, AnswerStore store, List<String> instructionIds) {
        AnswerStore.Move move = new AnswerStore.Move(instructionIds);
        commit(type, store.of(instructionIds), move::written);
        store.move(move, path.resolve(type.fileName()));
        store.removeFile(inProgress().resolve(type.fileName()));
    }

    /** Removes a journal whose stage is finished. */
    public void discard(RecordType<?> type) {
        disk.delete(path.resolve("in-progress").resolve(type.fileName()));
    }

    /** What a committed file holds; empty when it is not committed. */
    public <T> Optional<List<T>> committed(RecordType<T> type) {
        Path file = path.resolve(type.fileName());
        return Files.exists(file) ? Optional.of(Records.committed(file, type)) : Optional.empty();
    }

    /** Shows what a committed file holds, record by record, without keeping any. */
    public <T> void committed(RecordType<T> type, Consumer<T> visitor) {
        Path file = path.resolve(type.fileName());
        Scan.of(file, type, (item, start) -> visitor.accept(item)).requireWhole(file);
    }

    /**
     * What a committed file or, before that, its journal holds. May be called beside the process that writes the run: when the
     * journal is not there, it may have become the committed file since that was looked for.
     */
    public <T> List<T> present(RecordType<T> type) {
        List<T> items = new ArrayList<>();
        present(type, items::add);
        return items;
    }

    /** Shows what {@link #present(RecordType)} gives, record by record, without keeping any. */
    <T> void present(RecordType<T> type, Consumer<T> visitor) {
        if (!showCommitted(type, visitor) && !showAppended(type, visitor)) {
            showCommitted(type, visitor);
        }
    }

    private <T> boolean showCommitted(RecordType<T> type, Consumer<T> visitor) {
        boolean isThere = Files.exists(path.resolve(type.fileName()));
        if (isThere) {
            committed(type, visitor);
        }
        return isThere;
    }

    private <T> boolean showAppended(RecordType<T> type, Consumer<T> visitor) {
        Path journal = path.resolve("in-progress").resolve(type.fileName());
        return Scan.ifThere(journal, type, (item, start) -> visitor.accept(item))
                .isPresent();
    }

    /** Adds all committed answers of a type to a store. */
    void addTo(AnswerStore store, RecordType<Answer> type) {
        Path file = path.resolve(type.fileName());
        if (Files.exists(file)) {
            store.addCommitted(file, type);
        }
    }

    /** Marks discrimination as finished. */
    public void finishDiscrimination(IterationSummary.Discrimination summary) {
        finish("discrimination", DISCRIMINATION, summary);
    }

    /** What discrimination did, once it is finished. */
    public Optional<IterationSummary.Discrimination> discrimination() {
        return finished("discrimination", DISCRIMINATION);
    }

    /** Marks generation as finished. */
    public void finishGeneration(IterationSummary.Generation summary) {
        finish("generation", GENERATION, summary);
    }

    /** What generation did, once it is finished. */
    public Optional<IterationSummary.Generation> generation() {
        return finished("generation", GENERATION);
    }

    /** Where the student keeps the progress of its training; made when missing. */
    public Path trainingDirectory() {
        Path directory = inProgress().resolve("training");
        disk.createDirectories(directory);
        return directory;
    }

    /** An empty directory to save the trained student to. */
    public Path pendingStudent() {
        Path pending = student.resolveSibling(student.getFileName() + Disk.PENDING);
        disk.delete(pending);
        disk.createDirectories(pending);
        return pending;
    }

    /** Marks imitation as finished: the pending student becomes the iteration's, the training's progress goes. */
    public void finishImitation(ImitationSummary summary) {
        finish("imitation", IMITATION, summary);
        disk.commitDirectory(student.resolveSibling(student.getFileName() + Disk.PENDING), student);
        disk.delete(path.resolve("in-progress").resolve("training"));
    }

    /** What imitation did, once it is finished. */
    public Optional<ImitationSummary> imitation() {
        return Files.isDirectory(student) ? finished("imitation", IMITATION) : Optional.empty();
    }

    /** Ends the iteration: writes its summary and removes what was in progress. */
    public void finish(IterationSummary summary) {
        disk.replace(path.resolve("summary.json"), Records.document(summary, SUMMARY));
        disk.delete(path.resolve("in-progress"));
    }

    /** The summary, once the iteration is finished. */
    public Optional<IterationSummary> summary() {
        return Records.document(path.resolve("summary.json"), SUMMARY);
    }

    /** The student that this iteration's imitation made, once it is finished. */
    public Optional<Path> student() {
        return Files.isDirectory(student) ? Optional.of(student) : Optional.empty();
    }

    void removeLeftovers() {
        if (Files.exists(path.resolve("summary.json"))) {
            disk.delete(path.resolve("in-progress"));
        }
    }

    private <S> void finish(String stage, Codec<S> codec, S summary) {
        disk.replace(inProgress().resolve(stage + ".json"), Records.document(summary, codec));
    }

    private <S> Optional<S> finished(String stage, Codec<S> codec) {
        return Records.document(path.resolve("in-progress").resolve(stage + ".json"), codec);
    }

    private Path inProgress() {
        Path directory = path.resolve("in-progress");
        disk.createDirectories(directory);
        return directory;
    }
}
