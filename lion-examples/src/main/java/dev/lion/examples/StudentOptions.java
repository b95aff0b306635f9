package dev.lion.examples;

import dev.lion.student.DjlStudentBuilder;
import dev.lion.student.Precision;
import dev.lion.student.checkpoint.AdapterFolder;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.LoraConfig.Target;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.training.RateSchedule;
import dev.lion.student.training.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How a student is trained, and in which words it is asked. */
final class StudentOptions {
    @Option(
            names = "--epochs",
            defaultValue = "3",
            paramLabel = "N",
            description = "passes over the examples (default: ${DEFAULT-VALUE}, the paper's)")
    private int epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "highest rate (default: 2e-5, the paper's; 2e-4 for an adapter; 1e-3 from scratch)")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--schedule",
            defaultValue = "cosine",
            description =
                    "how the rate goes on after the warm-up: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private RateSchedule schedule = RateSchedule.COSINE;

    @Option(
            names = "--warmup",
            defaultValue = "0.03",
            paramLabel = "SHARE",
            description = "share of the steps in which the rate rises from 0 (default: ${DEFAULT-VALUE}, the paper's)")
    private double warmup;

    @Option(
            names = "--weight-decay",
            defaultValue = "0",
            paramLabel = "D",
            description = "AdamW's decay of matrices (default: ${DEFAULT-VALUE}, the paper's)")
    private double weightDecay;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "examples a training step (default: 128, the paper's; 16 from scratch)")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--max-length",
            defaultValue = "1024",
            paramLabel = "N",
            description =
                    "longest example in tokens; longer ones are left out (default: ${DEFAULT-VALUE}, the paper's)")
    private int maxLength;

    @Option(
            names = "--tokens-per-pass",
            paramLabel = "N",
            description =
                    "tokens that go through the student at once: fewer take less memory (default: 512, fewer where the"
                            + " machine has too little for them)")
    private Optional<Integer> tokensPerPass = Optional.empty();

    @Option(
            names = "--recomputation",
            description = "compute the inside of layers twice instead of keeping it: less memory, a third more work")
    private boolean recomputation;

    @Option(
            names = "--lora-rank",
            paramLabel = "R",
            description = "train an adapter of this rank while the model stays as it is (default: train all weights)")
    private Optional<Integer> loraRank = Optional.empty();

    @Option(
            names = "--lora-alpha",
            paramLabel = "A",
            description = "the adapter's scale is A/R (default: twice the rank)")
    private Optional<Double> loraAlpha = Optional.empty();

    @Option(names = "--lora-dropout", paramLabel = "P", description = "dropout of the adapter's inputs (default: 0)")
    private Optional<Double> loraDropout = Optional.empty();

    @Option(
            names = "--lora-targets",
            split = ",",
            paramLabel = "LAYER",
            description = "linear layers with an adapter: q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj"
                    + " (default: all)")
    private List<String> loraTargets = List.of();

    @Option(
            names = "--base-type",
            paramLabel = "TYPE",
            description = "how the model's own weights are held beside an adapter: ${COMPLETION-CANDIDATES} (default:"
                    + " bfloat16)")
    private Optional<WeightType> baseType = Optional.empty();

    @Option(
            names = "--precision",
            defaultValue = "auto",
            description =
                    "number type of matrix products: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, bfloat16"
                            + " where the processor has it)")
    private Precision precision = Precision.AUTO;

    @Option(names = "--threads", paramLabel = "N", description = "processors to use (default: all)")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--prompt-format",
            paramLabel = "NAME",
            description =
                    "how the student is asked: alpaca, the paper's, or plain (default: as the student's folder says,"
                            + " its chat template among that; alpaca without)")
    private Optional<String> promptFormat = Optional.empty();

    /** Adds what is wrong. */
    void check(OptionFaults faults, boolean fromScratch) {
        boolean detailed = Stream.of(loraAlpha, loraDropout).anyMatch(Optional::isPresent) || !loraTargets.isEmpty();
        faults.atLeast(1, "--epochs", epochs)
                .require(
                        learningRate.map(rate -> rate > 0 && rate < 1).orElse(true),
                        "--learning-rate must be above 0 and below 1, but is " + learningRate.orElse(0.0))
                .require(warmup >= 0 && warmup < 1, "--warmup must be in [0, 1), but is " + warmup)
                .require(weightDecay >= 0 && weightDecay < 1, "--weight-decay must be in [0, 1), but is " + weightDecay)
                .atLeast(1, "--batch", batch.orElse(1))
                .atLeast(2, "--max-length", maxLength)
                .atLeast(1, "--tokens-per-pass", tokensPerPass.orElse(1))
                .atLeast(1, "--threads", threads.orElse(1))
                .atLeast(1, "--lora-rank", loraRank.orElse(1))
                .require(loraRank.isPresent() || !detailed, "the --lora options need --lora-rank")
                .require(
                        !fromScratch || loraRank.isEmpty(),
                        "--lora-rank needs --student: an adapter is trained beside a model that has learnt something")
                .require(
                        loraAlpha.map(alpha -> alpha > 0).orElse(true),
                        "--lora-alpha must be above 0, but is " + loraAlpha.orElse(0.0))
                .require(
                        loraDropout.map(share -> share >= 0 && share < 1).orElse(true),
                        "--lora-dropout must be in [0, 1), but is " + loraDropout.orElse(0.0))
                .require(
                        promptFormat
                                .map(name -> List.of("alpaca", "plain").contains(name))
                                .orElse(true),
                        "--prompt-format must be alpaca or plain, but is '" + promptFormat.orElse("") + "'");
        loraTargets.forEach(name -> faults.require(
                Target.named(name).isPresent(),
                "--lora-targets names '" + name
                        + "', which is none of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj," + " down_proj"));
    }

    /** Applies what was checked to a student that starts from a model's folder or an adapter's. */
    DjlStudentBuilder applyTo(DjlStudentBuilder student, Path folder) {
        return applyTo(student, TrainingConfig.builder(), Optional.of(folder));
    }

    /** Applies what was checked, over a training that has other settings set already; without a folder it is from scratch. */
    DjlStudentBuilder applyTo(DjlStudentBuilder student, TrainingConfig.Builder training, Optional<Path> folder) {
        boolean fromScratch = folder.isEmpty();
        boolean adapted =
                loraRank.isPresent() || folder.filter(AdapterFolder::isAdapter).isPresent();
        tokensPerPass.ifPresent(training::tokensPerPass);
        student.training(training.epochs(epochs)
                        .learningRate(learningRate.orElse(usualRate(fromScratch, adapted)))
                        .schedule(schedule)
                        .warmupRatio(warmup)
                        .weightDecay(weightDecay)
                        .batchSize(batch.orElse(fromScratch ? 16 : 128))
                        .maxLength(maxLength)
                        .recomputation(recomputation)
                        .build())
                .precision(precision);
        lora().ifPresent(student::lora);
        baseType.ifPresent(student::baseType);
        threads.ifPresent(student::threads);
        promptFormat
                .map(name -> name.equals("plain") ? PromptFormat.plain() : PromptFormat.alpaca())
                .ifPresent(student::promptFormat);
        return student;
    }

    private static double usualRate(boolean fromScratch, boolean adapted) {
        if (fromScratch) {
            return 1e-3;
        }
        return adapted ? 2e-4 : 2e-5;
    }

    private Optional<LoraConfig> lora() {
        return loraRank.map(rank -> {
            LoraConfig lora = LoraConfig.ofRank(rank)
                    .withAlpha(loraAlpha.orElse(2.0 * rank))
                    .withDropout(loraDropout.orElse(0.0));
            return loraTargets.isEmpty()
                    ? lora
                    : lora.withTargets(loraTargets.stream()
                            .flatMap(name -> Target.named(name).stream())
                            .toList());
        });
    }

    /** What decides the result beside the loop's own configuration. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("student.epochs", Integer.toString(epochs));
        settings.put("student.learningRate", inWords(learningRate));
        settings.put("student.schedule", schedule.name());
        settings.put("student.warmup", Double.toString(warmup));
        settings.put("student.weightDecay", Double.toString(weightDecay));
        settings.put("student.batch", inWords(batch));
        settings.put("student.maxLength", Integer.toString(maxLength));
        settings.put("student.lora", lora().map(LoraConfig::toString).orElse("none"));
        settings.put("student.baseType", inWords(baseType));
        settings.put("student.promptFormat", inWords(promptFormat));
        return settings;
    }

    private static String inWords(Optional<?> value) {
        return value.map(String::valueOf).orElse("default");
    }
}
