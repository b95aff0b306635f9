package dev.lion.loop;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A student that knows nothing but which imitations made it: {@code base+0+1} after two of them. */
final class DiaryStudent implements Student {
    private final List<List<Demonstration>> lessons = new ArrayList<>();
    private final List<String> restored = new ArrayList<>();
    private String diary = "base";
    private int failingImitation = -1;

    /** Breaks down in the middle of an iteration's imitation, once. */
    DiaryStudent failingIn(int iteration) {
        failingImitation = iteration;
        return this;
    }

    String diary() {
        return diary;
    }

    /** What it was taught, imitation by imitation. */
    List<List<Demonstration>> lessons() {
        return lessons;
    }

    /** The names of the directories it was restored from, in order. */
    List<String> restored() {
        return restored;
    }

    static String read(Path directory) {
        try {
            return Files.readString(directory.resolve("diary"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<Response> answer(List<Instruction> batch) {
        return batch.stream()
                .map(each -> Response.of(diary + " on " + each.id()))
                .toList();
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
        diary += "+" + context.iteration();
        if (context.iteration() == failingImitation) {
            failingImitation = -1;
            throw new IllegalStateException("out of memory");
        }
        lessons.add(List.copyOf(demonstrations));
        return ImitationSummary.ofAll(demonstrations.size(), 0, List.of());
    }

    @Override
    public void save(Path directory) throws IOException {
        Files.writeString(directory.resolve("diary"), diary);
    }

    @Override
    public void restore(Path directory) throws IOException {
        diary = Files.readString(directory.resolve("diary"));
        restored.add(String.valueOf(directory.getFileName()));
    }

    @Override
    public void close() {}
}
