package dev.lion.examples;

import dev.langchain4j.model.chat.BatchChatModel;
import dev.lion.examples.BudgetOptions.TimeConverter;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.Batching;
import dev.lion.role.Batches;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.batch.BatchTerms;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether teacher and referee are asked in batches of the provider, at half the price, and how long these are waited for. */
final class ProviderBatchOptions {
    @Option(
            names = "--provider-batches",
            description = "ask teacher and referee in batches of the provider, at half the price, and wait for them")
    private boolean wanted;

    @Option(
            names = "--provider-batch-requests",
            paramLabel = "N",
            description = "the most requests in a batch of the provider (default: " + Batches.LARGEST + ")")
    private Optional<Integer> requests = Optional.empty();

    @Option(
            names = "--provider-batch-pause",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "the longest pause between two looks at a batch (default: 10m)")
    private Optional<Duration> pause = Optional.empty();

    @Option(
            names = "--provider-batch-wait",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "how long a batch is waited for before it is cancelled and the rest asked one by one (default: 1d)")
    private Optional<Duration> wait = Optional.empty();

    boolean isWanted() {
        return wanted;
    }

    /**
     * Adds what is wrong with these options.
     *
     * @param provider who is asked, as the user named it
     * @param offered whether the provider has batches
     */
    OptionFaults check(OptionFaults faults, String provider, boolean offered) {
        return faults.require(!wanted || offered, "--provider-batches: " + provider + " has none that lion can use")
                .require(
                        wanted || (requests.isEmpty() && pause.isEmpty() && wait.isEmpty()),
                        "--provider-batch-… needs --provider-batches")
                .atLeast(1, "--provider-batch-requests", requests.orElse(1))
                .require(isPositive(pause), "--provider-batch-pause must be above 0")
                .require(isPositive(wait), "--provider-batch-wait must be above 0");
    }

    private static boolean isPositive(Optional<Duration> time) {
        return !time.orElse(Duration.ofDays(1)).isZero();
    }

    /**
     * Gives teacher and referee their batches, if they are wanted.
     *
     * @param model of the same provider and model as the single calls, built with {@code maxRetries(0)}
     */
    void applyTo(ChatModelTeacher.Builder teacher, ChatModelReferee.Builder referee, BatchChatModel model) {
        if (wanted) {
            BatchTerms terms = BatchTerms.usual().withLargest(requests.orElse(Batches.LARGEST));
            teacher.batches(model, terms);
            referee.batches(model, terms);
        }
    }

    /** Has a loop wait for batches so. */
    void applyTo(AdversarialLoop.Builder loop) {
        Batching usual = Batching.defaults();
        Duration longest = pause.orElse(usual.longestPause());
        Duration first = usual.firstPause().compareTo(longest) < 0 ? usual.firstPause() : longest;
        loop.batching(usual.withPauses(first, longest).withDeadline(wait.orElse(usual.deadline()), usual.margin()));
    }
}
