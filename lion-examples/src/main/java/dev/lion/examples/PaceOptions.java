package dev.lion.examples;

import dev.lion.examples.BudgetOptions.TimeConverter;
import dev.lion.teacher.chat.DependableChatModel;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How fast the model is asked: by default as fast as its provider bears, which is found out. */
final class PaceOptions {
    private static final int MOST_CALLS = 1000;
    private static final Duration LONGEST_QUEUE = Duration.ofHours(2);

    @Option(
            names = "--concurrency",
            defaultValue = "64",
            paramLabel = "N",
            description =
                    "the most calls at the same time; fewer where the provider bears fewer (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--calls-per-minute",
            paramLabel = "N",
            description =
                    "the most calls a minute, which the estimated time goes by too (default: what the provider bears)")
    private Optional<Integer> callsPerMinute = Optional.empty();

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description = "the most tokens a minute, read and written (default: what the provider bears)")
    private Optional<Long> tokensPerMinute = Optional.empty();

    @Option(
            names = "--call-timeout",
            defaultValue = "5m",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "the longest that one call may take, to the last byte (default: ${DEFAULT-VALUE})")
    private Duration callTimeout = Duration.ZERO;

    /** Adds what is wrong with these options. */
    OptionFaults check(OptionFaults faults) {
        return faults.within(1, MOST_CALLS, "--concurrency", concurrency)
                .atLeast(1, "--calls-per-minute", callsPerMinute.orElse(1))
                .require(tokensPerMinute.orElse(1L) > 0, "--tokens-per-minute must be 1 or more")
                .require(!callTimeout.isZero(), "--call-timeout must be above 0");
    }

    int concurrency() {
        return concurrency;
    }

    /** How long the loop gives a call: its deadline, and the time that it may wait for its turn. */
    Duration patience() {
        return callTimeout.plus(LONGEST_QUEUE);
    }

    Optional<Integer> callsPerMinute() {
        return callsPerMinute;
    }

    /** Paces a model. */
    DependableChatModel.Builder applyTo(DependableChatModel.Builder model) {
        callsPerMinute.ifPresent(model::requestsPerMinute);
        tokensPerMinute.ifPresent(model::tokensPerMinute);
        return model.maxConcurrency(concurrency).callDeadline(callTimeout);
    }
}
