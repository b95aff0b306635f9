package dev.lion.run;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.ItemOutcome;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The durable state of a run. Everything that was paid for is in it before it is used, so a run that ended early, however
 * it ended, continues where it was.
 *
 * <p>{@link #open} is for running, by one process at a time; {@link #read} is for looking at a finished or a live run from
 * anywhere. The methods read the files when they are called. Not for several threads at once, except that any number of
 * readers may look at a live run.
 *
 * <pre>
 * run.json, seeds.jsonl         what the run was started with
 * iteration-k/                  answers, late-answers, student-answers, verdicts, generated, rejected, evaluation (.jsonl), summary.json
 * student/iteration-k/          the student after iteration k's imitation
 * student/base/                 the student that the run was given, when imitations start from it
 * iteration-k/in-progress/      journals and the training's progress, until the iteration is finished
 * ending.json                   why the run ended before its last iteration, when it did
 * times.jsonl                   how long the stages took
 * spending.jsonl                what calls took, once one took anything
 * lock                          locked while the run is open, and names the process that has it open
 * </pre>
 *
 * <p>Equal runs differ in {@code times.jsonl} and {@code spending.jsonl} only, which tell what happened, not what came of
 * it.
 */
public final class RunDirectory implements AutoCloseable {
    private static final Codec<String> ENDING = new EndingCodec();
    static final String BASE_STUDENT = "base";

    private static final Pattern ITERATION = Pattern.compile("iteration-(\\d{1,6})");

    private final Path path;
    private final Disk disk;
    private final ManifestFile manifest;
    private final Optional<RunLock> lock;

    private RunDirectory(Path path, Disk disk, Optional<RunLock> lock) {
        this.path = path;
        this.disk = disk;
        this.manifest = new ManifestFile(path);
        this.lock = lock;
    }

    /**
     * Opens a run for running: a new one when the directory is missing or empty, else the one that is there.
     *
     * @throws NotARunException when the directory holds something else
     * @throws RunLockedException when the run is open elsewhere
     * @throws RunFormatException when another version of lion wrote it, in another format
     * @throws DamagedRunException when the manifest cannot be read, or a file is missing
     * @throws RunStorageException when the disk failed, or may not be written to
     */
    public static RunDirectory open(Path path) {
        return open(path, new Disk());
    }

    static RunDirectory open(Path path, Disk disk) {
        Completeness.requireNewOrRun(path);
        disk.createDirectories(path);
        RunLock lock = RunLock.acquire(path);
        RunDirectory run = new RunDirectory(path, disk, Optional.of(lock));
        try {
            if (run.manifest.read().isPresent()) {
                new Completeness(path).require(run.iterations());
            }
            run.removeLeftovers();
            return run;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a run for reading only; nothing is locked, nothing is changed.
     *
     * @throws NotARunException when there is no run in the directory
     * @throws RunFormatException when another version of lion wrote it, in another format
     */
    public static RunDirectory read(Path path) {
        RunDirectory run = new RunDirectory(path, new Disk(), Optional.empty());
        run.manifest();
        return run;
    }

    private void removeLeftovers() {
        Stream.concat(Disk.list(path).stream(), Disk.list(students()).stream())
                .filter(file -> file.toString().endsWith(Disk.PENDING))
                .forEach(disk::delete);
        iterations().forEach(iteration -> files(iteration).removeLeftovers());
    }

    /**
     * Starts the run or, when it was started before, makes sure that it was started in the same way.
     *
     * @return whether it was started before
     * @throws ManifestMismatchException when it was started otherwise
     */
    public boolean begin(RunManifest manifest, InstructionPool seeds) {
        requireWritable();
        Optional<RunManifest> before = this.manifest.read();
        if (before.isPresent()) {
            this.manifest.requireEqual(before.get(), manifest);
            return true;
        }
        disk.replace(seedFile(), Records.lines(RecordType.SEEDS, seeds.instructions()));
        this.manifest.write(disk, manifest);
        return false;
    }

    /** The part of one iteration, for the loop to write. */
    public IterationDirectory iteration(int iteration) {
        requireWritable();
        return files(iteration);
    }

    private IterationDirectory files(int iteration) {
        return new IterationDirectory(disk, path, iteration);
    }

    /** Notes how long one sitting of a stage took. */
    public void addStageTime(StageTime time) {
        requireWritable();
        try (Journal<StageTime> times = Journal.open(disk, timesFile(), RecordType.TIMES)) {
            times.append(time);
        }
    }

    /** Opens the ledger for appending, for one journal at a time; the caller closes it. */
    public Journal<SpendingEntry> openSpending() {
        requireWritable();
        return Journal.open(disk, spendingFile(), RecordType.SPENDING);
    }

    /** Replaces the ledger, whose journal must be closed, by lines that mean the same; atomic. */
    public void replaceSpending(List<SpendingEntry> lines) {
        requireWritable();
        disk.replace(spendingFile(), Records.linesToGoOnFrom(RecordType.SPENDING, lines));
    }

    private Path spendingFile() {
        return path.resolve(RecordType.SPENDING.fileName());
    }

    private void requireWritable() {
        if (lock.filter(RunLock::isHeld).isEmpty()) {
            throw new IllegalStateException(
                    path + " was opened for reading, or is closed; use RunDirectory.open to run");
        }
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /**
     * What the run was started with.
     *
     * @throws NotARunException when it was not started yet
     */
    public RunManifest manifest() {
        return manifest.read().orElseThrow(() -> new NotARunException(path + " holds no run (no run.json)"));
    }

    private Path seedFile() {
        return path.resolve(RecordType.SEEDS.fileName());
    }

    private Path timesFile() {
        return path.resolve(RecordType.TIMES.fileName());
    }

    /** The seed instructions; none before the run was started. */
    public List<Instruction> seeds() {
        return Records.committed(seedFile(), RecordType.SEEDS);
    }

    /** The summaries of the finished iterations, in order. */
    public List<IterationSummary> summaries() {
        return iterations().stream()
                .flatMap(iteration -> files(iteration).summary().stream())
                .toList();
    }

    /** The files that finished iterations had, and no longer have, relative to the run; what they held reads as if there were none. */
    public List<Path> missingFiles() {
        return new Completeness(path).missing(iterations());
    }

    /** Every instruction of the run with its provenance: the seeds, then what each iteration accepted. */
    public List<Instruction> instructions() {
        List<Instruction> all = new ArrayList<>(seeds());
        iterations().forEach(iteration -> all.addAll(generated(iteration)));
        return Collections.unmodifiableList(all);
    }

    /** Every answer of the teacher so far, by instruction id. */
    public Map<String, Response> teacherAnswers() {
        Map<String, Response> answers = new LinkedHashMap<>();
        iterations().forEach(iteration -> {
            answers.putAll(byId(files(iteration).present(RecordType.ANSWERS)));
            answers.putAll(byId(files(iteration).present(RecordType.LATE_ANSWERS)));
        });
        return Collections.unmodifiableMap(answers);
    }

    /** How many instructions the teacher has answered for an iteration's imitation so far. */
    public int answered(int iteration) {
        return files(iteration).present(RecordType.ANSWERS).size();
    }

    /** Every committed answer of the teacher, with the texts left on disk; the caller closes it. */
    public AnswerStore teacherAnswers(Predicate<Response> usable) {
        AnswerStore store = new AnswerStore(usable);
        try {
            iterations().forEach(iteration -> {
                files(iteration).addTo(store, RecordType.ANSWERS);
                files(iteration).addTo(store, RecordType.LATE_ANSWERS);
            });
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /** The student's answers in an iteration's discrimination so far, by instruction id. */
    public Map<String, Response> studentAnswers(int iteration) {
        return Collections.unmodifiableMap(byId(files(iteration).present(RecordType.STUDENT_ANSWERS)));
    }

    /** The student's committed answers in an iteration's discrimination, with the texts left on disk; the caller closes it. */
    public AnswerStore studentAnswers(int iteration, Predicate<Response> usable) {
        AnswerStore store = new AnswerStore(usable);
        try {
            files(iteration).addTo(store, RecordType.STUDENT_ANSWERS);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /** Shows every answer of the teacher so far, record by record, without keeping any. */
    public void forEachTeacherAnswer(Consumer<Answer> visitor) {
        iterations().forEach(iteration -> {
            files(iteration).present(RecordType.ANSWERS, visitor);
            files(iteration).present(RecordType.LATE_ANSWERS, visitor);
        });
    }

    /** Shows the student's answers in an iteration's discrimination so far, record by record, without keeping any. */
    public void forEachStudentAnswer(int iteration, Consumer<Answer> visitor) {
        files(iteration).present(RecordType.STUDENT_ANSWERS, visitor);
    }

    /**
     * Shows the referee's judgements of an iteration, in the order of the Cache Pool, without keeping any; none before they
     * are committed.
     */
    public void forEachJudgement(int iteration, Consumer<Judgement> visitor) {
        files(iteration).present(RecordType.VERDICTS, visitor);
    }

    private static Map<String, Response> byId(List<Answer> answers) {
        Map<String, Response> byId = new LinkedHashMap<>();
        answers.forEach(answer -> byId.put(answer.instructionId(), answer.response()));
        return byId;
    }

    /** The referee's judgements of an iteration, in the order of the Cache Pool; none before they are committed. */
    public List<Judgement> judgements(int iteration) {
        return files(iteration).committed(RecordType.VERDICTS).orElse(List.of());
    }

    /** Single verdicts of an iteration that are kept until both orders are judged, in the order of their arrival. */
    public List<OrderedVerdict> singleVerdicts(int iteration) {
        return files(iteration).present(RecordType.SINGLE_VERDICTS);
    }

    /** The instructions that an iteration accepted, in order; none before they are committed. */
    public List<Instruction> generated(int iteration) {
        return files(iteration).committed(RecordType.GENERATED).orElse(List.of());
    }

    /** The instructions that an iteration rejected, in order; none before they are committed. */
    public List<Rejection> rejected(int iteration) {
        return files(iteration).committed(RecordType.REJECTED).orElse(List.of());
    }

    /** What became of each item of an iteration's evaluation, in its order; nothing where it only counts, or is not done. */
    public List<ItemOutcome> outcomes(int iteration) {
        return files(iteration).committed(RecordType.EVALUATION).orElse(List.of());
    }

    /** How long the stages took, in the order in which they were first entered; sittings of one stage are summed. */
    public List<StageTime> stageTimes() {
        Map<String, StageTime> times = new LinkedHashMap<>();
        for (StageTime sitting : Records.appended(timesFile(), RecordType.TIMES).items()) {
            times.merge(sitting.iteration() + " " + sitting.stage(), sitting, RunDirectory::sum);
        }
        return List.copyOf(times.values());
    }

    /** What was spent so far, also while the run goes on; nothing when no call took anything. */
    public Spending spending() {
        return Spending.of(Records.appended(spendingFile(), RecordType.SPENDING).items());
    }

    private static StageTime sum(StageTime a, StageTime b) {
        Duration duration = a.duration().plus(b.duration());
        return new StageTime(a.iteration(), a.stage(), duration);
    }

    /**
     * The run's student: the one that the last finished iteration kept; while no iteration is finished, the one that was
     * trained last. Empty before the first imitation is finished.
     */
    public Optional<Path> student() {
        List<IterationSummary> summaries = summaries();
        return summaries.isEmpty()
                ? latestStudent()
                : Optional.of(students()
                        .resolve("iteration-"
                                + summaries.get(summaries.size() - 1).keptIteration()));
    }

    private Optional<Path> latestStudent() {
        return iterations().stream()
                .sorted(Collections.reverseOrder())
                .flatMap(iteration -> files(iteration).student().stream())
                .findFirst();
    }

    /** An empty directory to save the student to that the run was given. */
    public Path pendingBaseStudent() {
        requireWritable();
        Path pending = students().resolve(BASE_STUDENT + Disk.PENDING);
        disk.delete(pending);
        disk.createDirectories(pending);
        return pending;
    }

    /** Keeps what was saved to {@link #pendingBaseStudent()}. */
    public void keepBaseStudent() {
        requireWritable();
        disk.commitDirectory(
                students().resolve(BASE_STUDENT + Disk.PENDING), students().resolve(BASE_STUDENT));
    }

    /** The student that the run was given; empty when it was not kept. */
    public Optional<Path> baseStudent() {
        return Optional.of(students().resolve(BASE_STUDENT)).filter(Files::isDirectory);
    }

    private Path students() {
        return path.resolve("student");
    }

    /** Notes why the run ended before its last iteration, or, with nothing, that it did not. */
    public void noteEarlyEnd(Optional<String> reason) {
        requireWritable();
        reason.ifPresentOrElse(
                words -> disk.replace(endingFile(), Records.document(words, ENDING)), () -> disk.delete(endingFile()));
    }

    /** Why the run ended before its last iteration; empty when it did not, or goes on. */
    public Optional<String> earlyEnd() {
        return Records.document(endingFile(), ENDING);
    }

    private Path endingFile() {
        return path.resolve("ending.json");
    }

    /** The iterations that have a directory, ascending. */
    public List<Integer> iterations() {
        return Disk.list(path).stream()
                .map(file -> ITERATION.matcher(String.valueOf(file.getFileName())))
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }

    /** Lets others open the run; idempotent. */
    @Override
    public void close() {
        lock.ifPresent(RunLock::close);
    }
}
