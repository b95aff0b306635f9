package dev.lion.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be in a run because of what else is there. A run writes its files in a fixed order, so where an earlier one is
 * missing, someone took it away; the run is refused then, rather than paid for again or continued from another past.
 */
final class Completeness {
    private final Path run;

    Completeness(Path run) {
        this.run = run;
    }

    /** @throws NotARunException when there is something else where a run is to be */
    static void requireNewOrRun(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new NotARunException(path + " is a file; give the path of a directory");
        }
        boolean foreign = Disk.list(path).stream().anyMatch(Completeness::isForeign);
        if (foreign && !Files.exists(path.resolve(ManifestFile.NAME))) {
            throw new NotARunException(path + " is not empty and holds no run (no run.json);"
                    + " give an empty or a new directory, or that of a run");
        }
    }

    // what a run that ended while it began may have left
    private static boolean isForeign(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.equals(RunLock.FILE) && !name.equals("seeds.jsonl") && !name.endsWith(Disk.PENDING);
    }

    /** @throws DamagedRunException naming a file that is missing */
    void require(List<Integer> iterations) {
        given(run.resolve(ManifestFile.NAME)).requireOneOf(file(run, RecordType.SEEDS));
        Disk.list(run.resolve("student")).stream()
                .filter(student -> !student.toString().endsWith(Disk.PENDING))
                .filter(student -> !student.endsWith(RunDirectory.BASE_STUDENT))
                .forEach(student -> given(student).requireOneOf(run.resolve(student.getFileName())));
        requireLatestStudent(iterations);
        int last = iterations.isEmpty() ? -1 : iterations.get(iterations.size() - 1);
        for (int iteration = 0; iteration <= last; iteration++) {
            if (iteration < last) {
                given(directory(last)).requireOneOf(directory(iteration).resolve("summary.json"));
            }
            requireFinished(iteration);
            requireStages(iteration);
        }
    }

    // those of earlier iterations may be deleted to make room
    private void requireLatestStudent(List<Integer> iterations) {
        iterations.stream()
                .filter(iteration -> Files.exists(directory(iteration).resolve("summary.json")))
                .reduce((earlier, later) -> later)
                .ifPresent(finished -> given(directory(finished).resolve("summary.json"))
                        .requireOneOf(student(finished), student(finished + 1)));
    }

    private void requireFinished(int iteration) {
        Rule finished = given(directory(iteration).resolve("summary.json"));
        records(iteration).forEach(finished::requireOneOf);
    }

    private Stream<Path> records(int iteration) {
        Stream<RecordType<?>> types = iteration == 0
                ? Stream.of(RecordType.ANSWERS)
                : Stream.of(
                        RecordType.ANSWERS,
                        RecordType.STUDENT_ANSWERS,
                        RecordType.VERDICTS,
                        RecordType.REJECTED,
                        RecordType.GENERATED);
        return types.map(type -> file(directory(iteration), type));
    }

    /** The files that finished iterations had, and no longer have; relative to the run. */
    List<Path> missing(List<Integer> iterations) {
        Stream<Path> needed = iterations.stream()
                .filter(iteration -> Files.exists(directory(iteration).resolve("summary.json")))
                .flatMap(this::records);
        return Stream.concat(Stream.of(file(run, RecordType.SEEDS)), needed)
                .filter(file -> !Files.exists(file))
                .map(run::relativize)
                .toList();
    }

    // each file, and what is written before it or is only removed after it
    private void requireStages(int iteration) {
        Path files = directory(iteration);
        Path summary = files.resolve("summary.json");
        Path progress = files.resolve("in-progress");
        Path discriminated = progress.resolve("discrimination.json");
        Path generated = progress.resolve("generation.json");
        for (RecordType<?> type : List.of(RecordType.STUDENT_ANSWERS, RecordType.VERDICTS)) {
            given(file(files, type)).requireOneOf(summary, discriminated, file(progress, RecordType.SINGLE_VERDICTS));
            given(discriminated).requireOneOf(file(files, type));
        }
        for (RecordType<?> type : List.of(RecordType.REJECTED, RecordType.GENERATED)) {
            given(file(files, type)).requireOneOf(summary, generated, file(progress, RecordType.PROPOSALS));
            given(generated).requireOneOf(file(files, type));
        }
        given(generated).requireOneOf(summary, discriminated);
        if (iteration > 0) {
            given(file(files, RecordType.ANSWERS)).requireOneOf(summary, generated);
        }
        given(file(files, RecordType.EVALUATION)).requireOneOf(summary, student(iteration));
        given(student(iteration)).requireOneOf(summary, progress.resolve("imitation.json"));
        given(student(iteration)).requireOneOf(file(files, RecordType.ANSWERS));
    }

    private Path directory(int iteration) {
        return run.resolve("iteration-" + iteration);
    }

    private Path student(int iteration) {
        return run.resolve("student").resolve("iteration-" + iteration);
    }

    private static Path file(Path directory, RecordType<?> type) {
        return directory.resolve(type.fileName());
    }

    private Rule given(Path present) {
        return new Rule(run, present);
    }

    /** What follows from the presence of a file. */
    private record Rule(Path run, Path present) {
        void requireOneOf(Path... needed) {
            if (Files.exists(present) && Stream.of(needed).noneMatch(Files::exists)) {
                throw new DamagedRunException(
                        needed[0], "is missing, although " + run.relativize(present) + " is there");
            }
        }
    }
}
