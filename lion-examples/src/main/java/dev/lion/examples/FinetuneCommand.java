package dev.lion.examples;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.lion.LionException;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StoppedException;
import dev.lion.student.DjlStudent;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.ConversationFile;
import dev.lion.student.training.UnstableTrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

    @Mixin
    private StudentFolder student = new StudentFolder();

    @Mixin
    private BaseOption base = new BaseOption();

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
        options.check(faults, false);
        faults.refuse();
        requireNew(out);
        requireNew(beside(".last-good"));
        Path model = student.resolve();
        var conversations = conversations();
        var folder = TrainingFolder.open(beside(".training"), asked(model));
        var progress = new FineTuningProgress(folder.path(), seed, System.out);
        try (progress;
                DjlStudent learner = options.applyTo(
                                base.applyTo(DjlStudent.builder().checkpoint(model)), model)
                        .build()) {
            ImitationSummary summary = learn(learner, conversations, progress);
            PendingFolder.become(out, learner::save);
            folder.delete();
            progress.close();
            describe(summary);
        } catch (StoppedException e) {
            System.err.println(e.getMessage() + "; the same command continues");
            return Main.STOPPED;
        }
        return 0;
    }

    private static void requireNew(Path folder) {
        if (Files.exists(folder)) {
            throw new LionException(folder + " exists already; a trained student is written to a new folder");
        }
    }

    private List<Conversation> conversations() {
        var conversations = ConversationFile.read(data);
        if (conversations.isEmpty()) {
            throw new LionException(data + " holds no conversation");
        }
        return conversations;
    }

    /** What decides the training. */
    private Map<String, String> asked(Path model) throws IOException {
        var asked = new TreeMap<>(options.settings());
        asked.put("--student", model.toAbsolutePath().normalize().toString());
        asked.put(
                "--data",
                data.toAbsolutePath().normalize() + " with SHA-256 "
                        + MoreFiles.asByteSource(data).hash(Hashing.sha256()));
        asked.put("--seed", Long.toString(seed));
        return asked;
    }

    private ImitationSummary learn(DjlStudent learner, List<Conversation> conversations, FineTuningProgress progress)
            throws Exception {
        try {
            ImitationSummary summary =
                    StopOnSignal.during(() -> learner.learn(conversations, progress), progress::requestStop);
            if (summary.examples() == 0) {
                throw new LionException("nothing was learnt, and nothing is written: no conversation of " + data
                        + " has words in all of its answers");
            }
            return summary;
        } catch (UnstableTrainingException e) {
            Path kept = beside(".last-good");
            PendingFolder.become(kept, learner::save);
            throw new LionException(e.getMessage() + "\nThe student as it was before that step is in " + kept, e);
        }
    }

    private Path beside(String suffix) {
        Path whole = out.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + suffix);
    }

    private void describe(ImitationSummary summary) {
        var losses = summary.losses();
        System.out.printf(
                Locale.ROOT,
                "learnt from %s, %,d tokens in %s%s%n",
                Wording.count(summary.examples(), "example"),
                summary.tokens(),
                Wording.count(losses.size(), "step"),
                summary.skipped() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, "; left out %d, %,d tokens", summary.skipped(), summary.skippedTokens()));
        int tenth = Math.max(1, losses.size() / 10);
        System.out.printf(
                Locale.ROOT,
                "loss %.3f at first, %.3f at the end (means of a tenth of the steps)%n",
                mean(losses.subList(0, tenth)),
                mean(losses.subList(losses.size() - tenth, losses.size())));
        System.out.println("the student is in " + out);
        System.out.println();
        System.out.println("Ask it               " + CommandPrefix.get() + " chat --student " + out);
        System.out.println("Write it as a whole  " + CommandPrefix.get() + " export --student " + out + " --out DIR");
    }

    private static double mean(List<LossPoint> points) {
        return points.stream().mapToDouble(LossPoint::loss).average().orElseThrow();
    }
}
