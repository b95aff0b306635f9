package dev.lion.examples.watch;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.LionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at a run from outside, without reading more than what is new: which of its files changed, who has it open, and how
 * far the stage under way is. The run may not be there yet, and its files may come and go during a look: one that is gone
 * before it is opened is not there. For any thread.
 */
public final class RunWatch {
    private static final Pattern ITERATION = Pattern.compile("iteration-(\\d{1,6})");
    private static final Pattern HOLDER = Pattern.compile("process (\\d{1,18})(?:, started (\\S+))?\\s*");
    private static final List<String> OF_THE_RUN = List.of("run.json", "times.jsonl", "ending.json");
    private static final List<String> JOURNALS =
            List.of("student-answers.jsonl", "single-verdicts.jsonl", "proposals.jsonl", "answers.jsonl");
    private static final List<String> NAMES =
            List.of("answers of the student", "verdicts", "replies of the generator", "answers of the teacher");

    private final Path run;
    private final Map<Path, LineCount> counts = new HashMap<>();

    /** Watches a directory that may become a run's. */
    public RunWatch(Path run) {
        this.run = run;
    }

    /** How far a run is. */
    public enum Phase {
        /** There is none yet. */
        WAITING,
        /** A process has it open. */
        RUNNING,
        /** No process has it open. */
        ENDED
    }

    /**
     * What a look found.
     *
     * @param phase how far the run is
     * @param version another one whenever the report would show something else
     * @param words the same for a person, in a sentence
     */
    public record State(Phase phase, String version, String words) {}

    /** The directory. */
    public Path run() {
        return run;
    }

    /**
     * Looks at the run.
     *
     * @throws LionException when its directory cannot be read
     */
    public synchronized State look() {
        if (!Files.exists(run.resolve("run.json"))) {
            return waiting();
        }
        try {
            List<Path> iterations = iterations();
            boolean open = isOpen();
            String words = open ? underWay(iterations) : ended(iterations);
            return new State(open ? Phase.RUNNING : Phase.ENDED, version(iterations), words);
        } catch (NoSuchFileException e) { // the directory itself: other files may be missing
            return waiting();
        } catch (IOException | UncheckedIOException e) { // unchecked, from a stream over a directory
            throw new LionException("cannot look at " + run + ": " + e.getMessage(), e);
        }
    }

    private State waiting() {
        return new State(Phase.WAITING, "", "Waiting: there is no run in " + run + " yet.");
    }

    private List<Path> iterations() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> ITERATION
                            .matcher(String.valueOf(file.getFileName()))
                            .matches())
                    .sorted((a, b) -> Integer.compare(number(a), number(b)))
                    .toList();
        }
    }

    private static int number(Path iteration) {
        Matcher name = ITERATION.matcher(String.valueOf(iteration.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /** The names, sizes and times of the files that are written when a stage or an iteration ends. */
    private String version(List<Path> iterations) throws IOException {
        Hasher hash = Hashing.sha256().newHasher();
        for (String name : OF_THE_RUN) {
            add(hash, run.resolve(name));
        }
        for (Path iteration : iterations) {
            add(hash, iteration.resolve("summary.json"));
        }
        return hash.hash().toString().substring(0, 16);
    }

    private static void add(Hasher hash, Path file) throws IOException {
        hash.putString(file.toString(), StandardCharsets.UTF_8);
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            hash.putLong(found.size()).putLong(found.lastModifiedTime().toMillis());
        } catch (NoSuchFileException e) {
            return; // not written yet: its name alone counts
        }
    }

    /** Whether the process that the lock names is alive, and still the same. */
    private boolean isOpen() throws IOException {
        Matcher holder = HOLDER.matcher(lock());
        return holder.matches()
                && ProcessHandle.of(Long.parseLong(holder.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> isSame(process, Optional.ofNullable(holder.group(2))))
                        .isPresent();
    }

    /** What the lock says; nothing when there is none. */
    private String lock() throws IOException {
        try {
            return Files.readString(run.resolve("lock"));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static boolean isSame(ProcessHandle process, Optional<String> started) {
        Optional<Instant> start = process.info().startInstant();
        return started.isEmpty()
                || start.isEmpty()
                || started.get().equals(start.get().toString());
    }

    private String underWay(List<Path> iterations) throws IOException {
        if (iterations.isEmpty()) {
            return "The run begins.";
        }
        Path last = iterations.get(iterations.size() - 1);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < JOURNALS.size(); i++) {
            Path journal = last.resolve("in-progress").resolve(JOURNALS.get(i));
            String name = NAMES.get(i);
            counts.computeIfAbsent(journal, LineCount::new)
                    .lines()
                    .ifPresent(lines -> parts.add(String.format(Locale.ROOT, "%,d %s", lines, name)));
        }
        String detail = parts.isEmpty() ? "" : ": " + String.join(", ", parts);
        return "Iteration " + number(last) + " is under way" + detail + ".";
    }

    private String ended(List<Path> iterations) {
        if (Files.exists(run.resolve("ending.json"))) {
            return "The run has ended, before its last iteration.";
        }
        boolean unfinished = iterations.stream().anyMatch(i -> !Files.exists(i.resolve("summary.json")));
        return unfinished
                ? "The run is not under way, and an iteration is unfinished; the command that began it continues it."
                : "The run has ended.";
    }
}
