package dev.lion.examples;

import dev.lion.student.LoadConfig;
import dev.lion.student.QuantizationLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How the weights of a student that answers are held. */
final class WeightsOption {
    private static final int NEW_TOKENS = 64;
    private static final int POSITIONS = 512;

    private static final List<String> QUESTIONS = List.of(
            "Give three tips for staying healthy.",
            "What is the capital of France?",
            "Write a short story about a lighthouse keeper.",
            "Explain how a rainbow comes about.",
            "Rewrite this sentence politely: Send me the report now.",
            "Which is larger, 3/4 or 5/8? Say why.",
            "List the steps of making tea.",
            "Summarise in one sentence what a library is for.");

    @Option(
            names = "--weights",
            defaultValue = "fp32",
            paramLabel = "TYPE",
            description =
                    "how the weights are held: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); fewer bits take"
                            + " less memory and are faster, and what they cost is measured and printed")
    private HeldWeights type = HeldWeights.FP32;

    /** Whether it is anything but the default. */
    boolean isGiven() {
        return type != HeldWeights.FP32;
    }

    /** Applies it. */
    LoadConfig applyTo(LoadConfig config) {
        return config.withWeights(type.type());
    }

    /**
     * Says what the weights cost, on the student's own answers to a few questions; nothing where they are the folder's. Takes
     * as long as some answers do, and the student is not to be loaded meanwhile.
     */
    void printLoss(Path folder, LoadConfig config) throws IOException, InterruptedException {
        if (isGiven()) {
            System.out.println(
                    QuantizationLoss.ofOwnAnswers(folder, applyTo(config), QUESTIONS, NEW_TOKENS, POSITIONS));
        }
    }
}
