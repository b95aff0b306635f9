package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StoppedException;
import dev.lion.student.DjlStudent;
import dev.lion.student.prompt.ConversationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fine-tunes a model on conversations: the student alone, without a loop around it. */
@Command(
        name = "finetune",
        mixinStandardHelpOptions = true,
        description = {
            "Fine-tune a model's folder (llama, mistral, qwen2, qwen3) on conversations, in full or with an adapter.",
            "The same command continues a training that was stopped."
        })
final class FinetuneCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--student",
            required = true,
            paramLabel = "DIR",
            description = "a Hugging Face folder, or a PEFT adapter's, which is trained on")
    private Path student = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "JSON Lines of {\"messages\": [{\"role\": ..., \"content\": ...}, ...]}")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "the folder of the trained student, new; until it is there, DIR.training has the progress")
    private Path out = Path.of("");

    @Mixin
    private StudentOptions options = new StudentOptions();

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "where all randomness comes from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws Exception {
        OptionFaults faults = new OptionFaults(Objects.requireNonNull(command));
        options.check(faults);
        faults.refuse();
        if (Files.exists(out)) {
            throw new LionException(out + " exists already; a trained student is written to a new folder");
        }
        var conversations = ConversationFile.read(data);
        var progress = new FineTuningProgress(beside(".training"), seed, System.out);
        try (DjlStudent model = options.applyTo(DjlStudent.builder().checkpoint(student), false)
                        .build();
                progress) {
            ImitationSummary summary =
                    StopOnSignal.during(() -> model.learn(conversations, progress), progress::requestStop);
            save(model);
            progress.close();
            describe(summary);
        } catch (StoppedException e) {
            System.err.println(e.getMessage() + "; the same command continues");
            return Main.STOPPED;
        }
        return 0;
    }

    /** The folder appears complete or not at all. */
    private void save(DjlStudent model) throws IOException {
        Path pending = beside(".pending");
        StudentFiles.delete(pending);
        Files.createDirectories(pending);
        model.save(pending);
        Files.move(pending, out, StandardCopyOption.ATOMIC_MOVE);
        StudentFiles.delete(beside(".training"));
    }

    private Path beside(String suffix) {
        Path whole = out.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + suffix);
    }

    private void describe(ImitationSummary summary) {
        System.out.printf(
                Locale.ROOT,
                "learnt from %s, %,d tokens in %,d steps%s%n",
                Wording.count(summary.examples(), "example"),
                summary.tokens(),
                summary.losses().size(),
                summary.skipped() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, "; left out %d, %,d tokens", summary.skipped(), summary.skippedTokens()));
        var losses = summary.losses();
        System.out.printf(
                Locale.ROOT,
                "loss %.3f at first, %.3f at the end (means of a tenth of the steps)%n",
                mean(losses.subList(0, tenth(losses.size()))),
                mean(losses.subList(losses.size() - tenth(losses.size()), losses.size())));
        System.out.println("the student is in " + out);
    }

    private static int tenth(int steps) {
        return Math.max(1, steps / 10);
    }

    private static double mean(Iterable<LossPoint> points) {
        double sum = 0;
        int count = 0;
        for (LossPoint point : points) {
            sum += point.loss();
            count++;
        }
        return sum / count;
    }
}
