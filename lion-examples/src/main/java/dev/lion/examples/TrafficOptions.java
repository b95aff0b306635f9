package dev.lion.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.role.Teacher;
import dev.lion.teacher.chat.CachingChatModel;
import dev.lion.teacher.chat.RecordingChatModel;
import dev.lion.teacher.harvest.HarvestedTeacher;
import java.io.PrintStream;
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
                cache.isEmpty() || !cache.equals(record),
                "--cache and --record must be different files, but both are "
                        + cache.map(Path::toString).orElse(""));
        requireFolder(faults, "--cache", cache);
        requireFolder(faults, "--record", record);
        knownAnswers.ifPresent(file -> faults.require(
                Files.isRegularFile(file), "--known-answers must be a file, and there is none at " + file));
        return faults;
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
     * Puts the cache and the recording around a model, the recording outermost.
     *
     * @param model with all that paces, repeats and limits its calls, so that a known reply passes none of it
     * @param address tells apart models of the same name behind different addresses; must not hold a key
     */
    Traffic open(ChatModel model, String address) {
        Optional<CachingChatModel> caching =
                cache.map(file -> CachingChatModel.builder(model).scope(address).open(file));
        ChatModel cached = caching.<ChatModel>map(each -> each).orElse(model);
        try {
            Optional<RecordingChatModel> recording = record.map(file -> RecordingChatModel.open(cached, file));
            return new Traffic(recording.<ChatModel>map(each -> each).orElse(cached), caching, recording);
        } catch (RuntimeException e) {
            caching.ifPresent(CachingChatModel::close);
            throw e;
        }
    }

    /**
     * A model with its cache and recording; closing it leaves the model within as it is.
     *
     * @param model to be asked
     * @param cache when there is one
     * @param recording when there is one
     */
    record Traffic(ChatModel model, Optional<CachingChatModel> cache, Optional<RecordingChatModel> recording)
            implements AutoCloseable {
        /** Says what the cache saved and the recording holds; nothing when there is neither. */
        void print(PrintStream out) {
            cache.map(CachingChatModel::statistics)
                    .ifPresent(counts -> out.println("cache: " + Wording.count(counts.hits(), "request")
                            + " at no cost, " + counts.misses() + " asked, " + counts.kept() + " kept"
                            + (counts.failures() > 0
                                    ? "; it failed " + Wording.count(counts.failures(), "time")
                                    : "")));
            recording.ifPresent(each -> out.println("recording: " + Wording.count(each.recorded(), "call")
                    + (each.lost() > 0 ? "; " + each.lost() + " could not be written" : "")));
        }

        @Override
        public void close() {
            recording.ifPresent(RecordingChatModel::close);
            cache.ifPresent(CachingChatModel::close);
        }
    }
}
