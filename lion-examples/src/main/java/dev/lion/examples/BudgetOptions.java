package dev.lion.examples;

import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.Price;
import dev.lion.cost.PriceList;
import dev.lion.cost.Prices;
import dev.lion.data.InstructionPool;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.loop.AdversarialLoop;
import dev.lion.run.RunDirectory;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a run may cost, what its model's tokens cost, and whether only to say so. */
final class BudgetOptions {
    @Option(
            names = "--estimate",
            description = "print what the run, or its rest, is likely to cost, and end; asks nobody")
    private boolean estimateOnly;

    @Option(
            names = "--budget",
            paramLabel = "DOLLARS",
            description = "the most that the run may cost in US dollars, all sittings together; never exceeded")
    private Optional<BigDecimal> dollars = Optional.empty();

    @Option(names = "--budget-tokens", paramLabel = "N", description = "the most tokens, read and written")
    private Optional<Long> tokens = Optional.empty();

    @Option(names = "--budget-calls", paramLabel = "N", description = "the most calls, failed ones included")
    private Optional<Long> calls = Optional.empty();

    @Option(
            names = "--budget-time",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "the longest that the run may take, such as 90m, 2h or 1d, pauses left out")
    private Optional<Duration> time = Optional.empty();

    @Option(
            names = "--price-input",
            paramLabel = "DOLLARS",
            description = "price of a million tokens read (default: from --prices, else a small dated list)")
    private Optional<BigDecimal> inputPrice = Optional.empty();

    @Option(names = "--price-output", paramLabel = "DOLLARS", description = "price of a million tokens written")
    private Optional<BigDecimal> outputPrice = Optional.empty();

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "your price list: {\"prices\": [{\"model\": .., \"input\": .., \"output\": ..}]}")
    private Optional<Path> prices = Optional.empty();

    /** {@code 90s}, {@code 90m}, {@code 2h}, {@code 1d}. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            String number = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
            if (!number.matches("\\d{1,6}")) {
                throw new TypeConversionException("'" + text + "' is not a time such as 90m, 2h or 1d");
            }
            long count = Long.parseLong(number);
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                case 'd' -> Duration.ofDays(count);
                default -> throw new TypeConversionException("'" + text + "' is not a time such as 90m, 2h or 1d");
            };
        }
    }

    boolean isEstimateOnly() {
        return estimateOnly;
    }

    /**
     * Adds what is wrong with these options; reads the price list.
     *
     * @param models the name of the model that plays a role
     */
    OptionFaults check(OptionFaults faults, Function<PaidRole, String> models) {
        faults.require(dollars.map(BigDecimal::signum).orElse(1) > 0, "--budget must be above 0")
                .require(tokens.orElse(1L) > 0, "--budget-tokens must be 1 or more")
                .require(calls.orElse(1L) > 0, "--budget-calls must be 1 or more")
                .require(!time.orElse(Duration.ofDays(1)).isZero(), "--budget-time must be above 0")
                .require(
                        inputPrice.isPresent() == outputPrice.isPresent(),
                        "--price-input and --price-output must be given together")
                .require(isAtLeastZero(inputPrice) && isAtLeastZero(outputPrice), "a price must be 0 or more");
        if (dollars.isPresent()) {
            for (String model : names(models)) {
                faults.require(
                        price(model).isPresent(),
                        "--budget needs the price of the model " + model + ": give --price-input and --price-output, or"
                                + " --prices with a list that has it; --budget-tokens and --budget-calls need none");
            }
        }
        return faults;
    }

    private static Set<String> names(Function<PaidRole, String> models) {
        return Stream.of(PaidRole.values()).map(models).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isAtLeastZero(Optional<BigDecimal> price) {
        return price.map(BigDecimal::signum).orElse(0) >= 0;
    }

    private Optional<PriceList.Entry> listed(String model) {
        return prices.map(PriceList::read).orElseGet(PriceList::bundled).find(model);
    }

    private Optional<Price> price(String model) {
        return inputPrice.isPresent() && outputPrice.isPresent()
                ? Optional.of(new Price(new Money(inputPrice.get()), new Money(outputPrice.get())))
                : listed(model).map(PriceList.Entry::price);
    }

    /** Gives a loop its budget and its prices by the names of the models that play the roles. */
    void applyTo(AdversarialLoop.Builder loop, Function<PaidRole, String> models) {
        loop.budget(budget()).prices(prices(models));
    }

    /** The limits. */
    Budget budget() {
        Budget budget = Budget.unlimited();
        budget = dollars.map(Money::new).map(budget::withMoney).orElse(budget);
        budget = tokens.map(budget::withTokens).orElse(budget);
        budget = calls.map(budget::withCalls).orElse(budget);
        return time.map(budget::withTime).orElse(budget);
    }

    /** What is known of the prices of the models that play the roles. */
    Prices prices(Function<PaidRole, String> models) {
        Prices prices = Prices.unknown();
        for (PaidRole role : PaidRole.values()) {
            Optional<Price> price = price(models.apply(role));
            if (price.isPresent()) {
                prices = prices.with(role, price.get());
            }
        }
        return prices;
    }

    /**
     * Says what the run is likely to cost: all of it when that is all that is wanted, else in a line, when every price is known.
     *
     * @param callsPerMinute the rate that the estimated time goes by, when one is given
     */
    void announce(
            AdversarialLoop.Builder loop,
            InstructionPool seeds,
            Path out,
            Function<PaidRole, String> models,
            Optional<Integer> callsPerMinute,
            PrintStream print) {
        Set<String> names = names(models);
        if (!estimateOnly && names.stream().anyMatch(model -> price(model).isEmpty())) {
            return;
        }
        CostEstimate estimate = estimate(loop, seeds, out, callsPerMinute);
        if (estimateOnly) {
            print.print(estimate);
            names.forEach(model -> print.println(price(model)
                    .map(known -> "- " + model + " costs " + known + source(model))
                    .orElse("- no price of " + model
                            + " is known: give --price-input and --price-output, or --prices")));
        } else {
            String prices = names.stream()
                    .map(model -> (names.size() == 1 ? "" : model + " at ")
                            + price(model).orElseThrow()
                            + source(model))
                    .collect(Collectors.joining("; "));
            print.println("expected cost: " + estimate.expected(purpose -> true).knownMoney() + ", from "
                    + estimate.low(purpose -> true).knownMoney() + " to "
                    + estimate.high(purpose -> true).knownMoney() + " (--estimate shows how), at " + prices);
        }
    }

    private String source(String model) {
        return inputPrice.isPresent()
                ? ""
                : listed(model)
                        .flatMap(PriceList.Entry::asOf)
                        .map(month -> ", as seen in " + month + "; prices change")
                        .orElse("");
    }

    private static CostEstimate estimate(
            AdversarialLoop.Builder loop, InstructionPool seeds, Path out, Optional<Integer> callsPerMinute) {
        Assumptions assumptions =
                callsPerMinute.map(Assumptions.usual()::withCallsPerMinute).orElseGet(Assumptions::usual);
        if (!Files.exists(out.resolve("run.json"))) {
            return loop.estimate(seeds, assumptions);
        }
        try (RunDirectory begun = RunDirectory.read(out)) {
            return loop.estimateRest(seeds, assumptions, begun);
        }
    }
}
