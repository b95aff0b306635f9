package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.cost.Range;
import dev.lion.data.Amount;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.judging.Judging;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.run.RunDirectory;
import dev.lion.run.Spending;
import dev.lion.run.Stage;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said before anything is spent, against the paper's figures and against what a run then takes. */
class CostEstimateTest {
    private static final Prices PRICES = Prices.of(Price.perMillionTokens(1, 4));

    @TempDir
    private Path temp;

    private static AdversarialLoop.Builder papers() {
        return LoopFixture.loop(ScriptedRoles.prompt())
                .config(LoopConfig.defaults())
                .prices(PRICES);
    }

    private static InstructionPool seeds(int count) {
        return InstructionPool.of(IntStream.range(0, count)
                .mapToObj(i -> Instruction.of("Explain to a child of ten what subject number " + i + " is about"))
                .toList());
    }

    @Test
    void estimate_papersConfiguration_comesNearItsCalls() {
        CostEstimate estimate = papers().estimate(seeds(52_000), Assumptions.usual());
        long calls = estimate.expected(purpose -> true).calls();
        assertThat(calls).isBetween(430_000L, 470_000L);
        long referees =
                estimate.expected(purpose -> purpose.role() == PaidRole.REFEREE).calls();
        assertThat((double) referees / calls).isBetween(0.75, 0.82);
        assertThat(estimate.low(purpose -> true).calls()).isEqualTo(70_000 + 2 * (52_000 + 58_000 + 64_000) + 18_000);
        assertThat(estimate.high(purpose -> true).calls()).isLessThan(520_000);
    }

    @Test
    void estimate_frugalJudging_expectsHalfOfTheRefereesCallsAndSaysWhy() {
        AdversarialLoop.Builder frugal =
                papers().config(LoopConfig.builder().judging(Judging.frugal()).build());
        CostEstimate estimate = frugal.estimate(seeds(5_200), Assumptions.usual());
        double papers = refereeCalls(papers().estimate(seeds(5_200), Assumptions.usual()));
        assertThat(refereeCalls(estimate) / papers).isBetween(0.45, 0.52);
        assertThat(estimate.assumptions())
                .contains("from iteration 2 on, the referee is asked about 0.5, 0.95 or 1.0 of the instructions,"
                        + " and each time in 1.0, 1.03 or 1.1 orders");
    }

    @Test
    void estimate_severalProposalsARequest_expectsFewerRequestsOfLongerReplies() {
        Generator plain = request -> GenerationResponse.of();
        Generator eight = new Generator() {
            @Override
            public GenerationResponse generate(GenerationRequest request) {
                return GenerationResponse.of();
            }

            @Override
            public int proposalsPerRequest() {
                return 8;
            }

            @Override
            public Optional<TokenUsage> mostTokens(GenerationRequest request) {
                return plain.mostTokens(request).map(one -> new TokenUsage(one.inputTokens(), 8 * one.outputTokens()));
            }
        };
        CostEstimate one = papers().generator(plain).estimate(seeds(520), Assumptions.usual());
        CostEstimate several = papers().generator(eight).estimate(seeds(520), Assumptions.usual());

        Amount ones = one.expected(purpose -> purpose.role() == PaidRole.GENERATOR);
        Amount eights = several.expected(purpose -> purpose.role() == PaidRole.GENERATOR);
        assertThat(ones.calls() / (double) eights.calls()).isBetween(7.99, 8.01);
        assertThat((double) eights.tokens().outputTokens() / ones.tokens().outputTokens())
                .isBetween(0.99, 1.01);
        assertThat(several.assumptions()).contains("each request to the generator brings up to 8 instructions");
    }

    private static double refereeCalls(CostEstimate estimate) {
        return estimate.expected(purpose -> purpose.role() == PaidRole.REFEREE).calls();
    }

    @Test
    void estimate_aRunThatFollows_takesWhatWasSaid() {
        InstructionPool seeds = seeds(40); // and roles with prompts of some 2 KB
        Random random = new Random(3);
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(instruction ->
                        new Response(words(random, 60), FinishReason.STOP, usage(500, 150 + random.nextInt(300))))
                .referee(comparison -> new Verdict.Scored(
                        random.nextInt(9) + 1, random.nextInt(9) + 1, "", usage(1000, 100 + random.nextInt(200))))
                .generator(request -> new GenerationResponse(
                        random.nextInt(3) == 0
                                ? java.util.List.of()
                                : java.util.List.of(Instruction.of(words(random, 12))),
                        usage(520, 10 + random.nextInt(20))))
                .student(new CountingStudent())
                .config(LoopFixture.config()
                        .maxConcurrentCalls(1)
                        .generatedPerIteration(20)
                        .build())
                .prices(PRICES)
                .build();
        CostEstimate estimate = loop.estimate(seeds, Assumptions.usual());
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            loop.run(seeds, run);
            Spending spending = run.spending();
            for (PaidRole role : PaidRole.values()) {
                assertBetween(
                        estimate.low(purpose -> purpose.role() == role),
                        spending.total(role),
                        estimate.high(purpose -> purpose.role() == role));
            }
            assertThat(spending.expected(purpose -> true)).isEqualTo(estimate.expected(purpose -> true));
        }
    }

    private static TokenUsage usage(long input, long output) {
        return new TokenUsage(input, output);
    }

    private static String words(Random random, int count) {
        return random.ints(count, 0, 90_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    }

    private static void assertBetween(Amount low, Amount taken, Amount high) {
        assertThat(taken.calls()).isBetween(low.calls(), high.calls());
        assertThat(taken.tokens().inputTokens())
                .isBetween(low.tokens().inputTokens(), high.tokens().inputTokens());
        assertThat(taken.tokens().outputTokens())
                .isBetween(low.tokens().outputTokens(), high.tokens().outputTokens());
        assertThat(taken.knownMoney()).isBetween(low.knownMoney(), high.knownMoney());
    }

    @Test
    void estimate_nothingAsked_untilTheRunBegins() {
        AtomicInteger asked = new AtomicInteger();
        AdversarialLoop.builder()
                .teacher(instruction -> Response.of("" + asked.incrementAndGet()))
                .referee(comparison -> Verdict.of(asked.incrementAndGet(), 1))
                .generator(request -> GenerationResponse.of(Instruction.of("" + asked.incrementAndGet())))
                .estimate(LoopFixture.SEEDS, Assumptions.usual());
        assertThat(asked.get()).isZero();
    }

    @Test
    void estimate_table_saysCallsMoneyTimeAndEveryAssumption() {
        CostEstimate estimate = papers().estimate(
                        seeds(1_000),
                        Assumptions.usual().withCallsPerMinute(500).withStudentSecondsPerItem(0.25));
        assertThat(estimate.toString())
                .contains("iteration 0  imitation, teacher", "iteration 3  generation, generator", "all of the referee")
                .contains("total", "calls", "tokens", "cost", "time: about", "$")
                .contains("at most 500 calls a minute", "0.25 s for each instruction", "1.02 or 1.1 attempts")
                .doesNotContain("null", "Optional");
        assertThat(estimate.toString().lines().filter(line -> !line.startsWith("- ")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
        assertThat(papers().prices(Prices.unknown()).estimate(seeds(5), Assumptions.usual()))
                .asString()
                .contains("no price");
    }

    @Test
    void estimate_rateOfTheProvider_bindsWhenItIsSlowerThanTheCalls() {
        Assumptions usual = Assumptions.usual();
        Duration free = papers().estimate(seeds(1_000), usual).expected();
        Duration bound =
                papers().estimate(seeds(1_000), usual.withCallsPerMinute(3)).expected(); // the paper's: one in 20 s
        assertThat(bound).isGreaterThan(free.multipliedBy(50));
        assertThat(papers().estimate(seeds(1_000), usual.withCallsPerMinute(1_000_000))
                        .expected())
                .isEqualTo(free);
        assertThat(papers().estimate(seeds(1_000), usual.withStudentSecondsPerItem(1))
                        .expected())
                .isGreaterThan(free.plusHours(5));
    }

    @Test
    void estimateRest_runUnderWay_leavesOutWhatIsDone() {
        AdversarialLoop.Builder loop = LoopFixture.loop(ScriptedRoles.prompt()).prices(PRICES);
        CostEstimate all = loop.estimate(LoopFixture.SEEDS, Assumptions.usual());
        LoopFixture.run(loop.budget(Budget.ofCalls(20)).build(), temp.resolve("run"));
        CostEstimate rest = rest(loop);
        assertThat(rest.low(purpose -> purpose.iteration() == 0))
                .extracting(Amount::calls)
                .isEqualTo(0L);
        assertThat(rest.low(purpose -> true).calls())
                .isEqualTo(all.low(purpose -> true).calls() - 20);
        assertThat(rest.assumptions()).anyMatch(line -> line.contains("has done already is left out"));

        LoopFixture.run(loop.budget(Budget.unlimited()).build(), temp.resolve("run"));
        assertThat(rest(loop).high(purpose -> true).calls()).isZero();
    }

    private CostEstimate rest(AdversarialLoop.Builder loop) {
        try (RunDirectory run = RunDirectory.read(temp.resolve("run"))) {
            return loop.estimateRest(LoopFixture.SEEDS, Assumptions.usual(), run);
        }
    }

    @Test
    void estimate_roleMissing_saysWhich() {
        assertThatThrownBy(() -> AdversarialLoop.builder().estimate(seeds(1), Assumptions.usual()))
                .isInstanceOf(LoopConfigException.class)
                .hasMessageContainingAll("no teacher", "no referee", "no generator");
    }

    @Test
    void of_rangeThatDoesNotAscend_isRefused() {
        assertThatThrownBy(() -> new Range(2, 1, 3)).hasMessageContaining("2.0, 1.0, 3.0");
        assertThatThrownBy(() -> new Range(0, 1, Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void estimate_stages_areThoseOfTheLoop() {
        CostEstimate estimate = papers().estimate(seeds(100), Assumptions.usual());
        assertThat(estimate.lines().stream().map(line -> line.purpose().stage()).limit(4))
                .containsExactly(Stage.IMITATION, Stage.DISCRIMINATION, Stage.GENERATION, Stage.IMITATION);
        assertThat(estimate.lines()).hasSize(1 + 3 * 3);
    }
}
