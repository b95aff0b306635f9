package dev.lion.examples;

import dev.lion.role.Teacher;
import dev.lion.teacher.chat.DependableChatModel;
import dev.lion.teacher.harvest.HarvestedTeacher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is kept of the calls to the model, and what is known already. */
final class TrafficOptions {
    @Option(
            names = "--cache",
            paramLabel = "FILE",
            description = "answer repeated requests from this file, at no cost; runs and processes may share it")
    private Optional<Path> cache = Optional.empty();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "append every call to this file of JSON Lines, requests and replies in full")
    private Optional<Path> record = Optional.empty();

    @Option(
            names = "--known-answers",
            paramLabel = "FILE",
            description = "instructions harvested from an application: the teacher is not asked for answers it holds")
    private Optional<Path> knownAnswers = Optional.empty();

    /** Adds what is wrong with these options. */
    OptionFaults check(OptionFaults faults) {
        faults.require(
                cache.isEmpty() || !whole(cache).equals(whole(record)),
                "--cache and --record must be different files, but both are "
                        + cache.map(Path::toString).orElse(""));
        requireFolder(faults, "--cache", cache);
        requireFolder(faults, "--record", record);
        knownAnswers.ifPresent(file -> faults.require(
                Files.isRegularFile(file), "--known-answers must be a file, and there is none at " + file));
        return faults;
    }

    private static Optional<Path> whole(Optional<Path> file) {
        return file.map(path -> path.toAbsolutePath().normalize());
    }

    private static void requireFolder(OptionFaults faults, String option, Optional<Path> given) {
        given.ifPresent(file -> {
            Path folder = file.toAbsolutePath().getParent();
            faults.require(
                    folder != null && Files.isDirectory(folder) && !Files.isDirectory(file),
                    option + " must be a file in a folder that exists, but is " + file);
        });
    }

    /** The teacher, with what it need not be asked. */
    Teacher knowing(Teacher teacher) {
        return knownAnswers
                .<Teacher>map(file -> HarvestedTeacher.of(teacher, file))
                .orElse(teacher);
    }

    /**
     * Gives a model its cache and its recording.
     *
     * @param address tells apart models of the same name behind different addresses; must not hold a key
     */
    DependableChatModel.Builder applyTo(DependableChatModel.Builder model, String address) {
        cache.ifPresent(file -> model.cache(file).cacheScope(address));
        record.ifPresent(model::record);
        return model;
    }
}
