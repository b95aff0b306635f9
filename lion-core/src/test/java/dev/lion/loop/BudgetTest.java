package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.cost.Budget;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Instruction;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Teacher;
import dev.lion.role.Unbilled;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunStorageException;
import dev.lion.run.Spending;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run stays within its budget, stops cleanly at it, and ends under a larger one as if there had been none. */
class BudgetTest {
    private static final Prices CENT_A_TOKEN = Prices.of(Price.perMillionTokens(10_000, 10_000));

    @TempDir
    private Path temp;

    @TempDir
    private static Path finished;

    private static Map<String, String> whole = Map.of();

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong charged = new AtomicLong();

    @BeforeAll
    static void runWhole() {
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), finished);
        whole = Trees.of(finished);
    }

    private AdversarialLoop.Builder loop(ScriptedRoles roles) {
        Teacher teacher = roles.teacher();
        Referee referee = roles.referee();
        Generator generator = roles.generator();
        return LoopFixture.loop(roles)
                .teacher(instruction -> charge(teacher.answer(instruction), Response::usage))
                .referee(comparison -> charge(referee.judge(comparison), verdict -> verdict.usage()))
                .generator(request -> charge(generator.generate(request), response -> response.usage()));
    }

    private <T> T charge(T result, java.util.function.Function<T, TokenUsage> usage) {
        calls.incrementAndGet();
        charged.addAndGet(usage.apply(result).total());
        return result;
    }

    private static Stream<List<Budget>> growingBudgets() {
        return Stream.of(
                Stream.iterate(1L, calls -> calls < 400, calls -> calls * 2 + 7)
                        .map(Budget::ofCalls)
                        .toList(),
                Stream.iterate(6_000L, tokens -> tokens < 2_000_000, tokens -> tokens * 2)
                        .map(Budget::ofTokens)
                        .toList(),
                Stream.iterate(60.0, dollars -> dollars < 20_000, dollars -> dollars * 2)
                        .map(Budget::ofDollars)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("growingBudgets")
    void run_againUnderLargerBudgets_keepsWithinEachAndEndsWithTheSameFiles(List<Budget> budgets) {
        Path directory = temp.resolve("run");
        List<LoopResult.Status> statuses = new ArrayList<>();
        List<ScriptedRoles> sittings = new ArrayList<>();
        for (Budget budget : budgets) {
            ScriptedRoles roles = ScriptedRoles.slow(2);
            sittings.add(roles);
            LoopResult result = LoopFixture.run(
                    loop(roles).budget(budget).prices(CENT_A_TOKEN).build(), directory);
            statuses.add(result.status());
            assertWithin(budget, RunDirectory.read(directory).spending());
        }
        assertThat(statuses).startsWith(LoopResult.Status.BUDGET_EXHAUSTED).endsWith(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(directory)).isEqualTo(whole);
        assertThat(sittings.stream().flatMap(roles -> roles.served().stream())).doesNotHaveDuplicates();
    }

    private void assertWithin(Budget budget, Spending spending) {
        budget.calls().ifPresent(limit -> assertThat((long) calls.get()).isLessThanOrEqualTo(limit));
        budget.tokens().ifPresent(limit -> assertThat(charged.get()).isLessThanOrEqualTo(limit));
        budget.money()
                .ifPresent(limit ->
                        assertThat(Money.ofDollars(charged.get() / 100.0)).isLessThanOrEqualTo(limit));
        assertThat(spending.total().calls()).isEqualTo(calls.get());
        assertThat(spending.total().tokens().total()).isGreaterThanOrEqualTo(charged.get());
    }

    @Test
    void run_budgetReached_saysWhatIsSpentAndWhatToDo() {
        LoopResult result = LoopFixture.run(
                loop(ScriptedRoles.prompt()).budget(Budget.ofCalls(5)).build(), temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.BUDGET_EXHAUSTED);
        assertThat(result.reason())
                .isEqualTo(
                        "the budget is reached: 5 of 5 calls spent, and the next call of the teacher may take one more;"
                                + " run again with a larger budget to continue");
        assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers()).hasSize(5);
    }

    @Test
    void run_noBudgetAndFreeRoles_writesNoLedger() {
        LoopFixture.run(
                LoopFixture.loop(ScriptedRoles.prompt())
                        .teacher(instruction -> Response.of("yes " + instruction.text()))
                        .referee(comparison -> dev.lion.data.Verdict.of(9, 1))
                        .build(),
                temp.resolve("run"));
        assertThat(temp.resolve("run/spending.jsonl")).doesNotExist();
    }

    @Test
    void run_pricesWithoutBudget_tellsWhatWasSpentByIterationAndRole() {
        List<String> told = new ArrayList<>();
        LoopFixture.run(
                loop(ScriptedRoles.prompt())
                        .prices(CENT_A_TOKEN)
                        .listener(event -> {
                            if (event instanceof LoopEvent.StageFinished stage) {
                                told.add(stage.result());
                            }
                        })
                        .build(),
                temp.resolve("run"));
        Spending spending = RunDirectory.read(temp.resolve("run")).spending();
        assertThat(told.get(0)).endsWith("; $2.16 so far"); // 12 answers of 18 tokens
        assertThat(spending.total(purpose -> purpose.iteration() == 0).money()).hasValue(Money.ofDollars(2.16));
        assertThat(spending.total(PaidRole.GENERATOR).tokens()).isEqualTo(TokenUsage.NONE);
        assertThat(spending.total().tokens().total()).isEqualTo(charged.get());
    }

    @Test
    void run_budget_tellsEachHundredthOnce() {
        List<Long> told = new ArrayList<>();
        LoopFixture.run(
                loop(ScriptedRoles.slow(1))
                        .budget(Budget.ofCalls(100))
                        .listener(event -> {
                            if (event instanceof LoopEvent.Spent spent) {
                                told.add(spent.soFar().calls());
                            }
                        })
                        .build(),
                temp.resolve("run"));
        assertThat(told).hasSizeBetween(20, 100).endsWith(100L);
    }

    @ParameterizedTest(name = "{0} min")
    @ValueSource(ints = {3, 8, 30})
    void run_timeIsOver_stopsAndGoesOnUnderALongerTime(int minutes) {
        AtomicLong nanos = new AtomicLong();
        ScriptedRoles roles = ScriptedRoles.prompt();
        Teacher teacher = roles.teacher();
        LoopResult result = LoopFixture.run(
                loop(roles)
                        .teacher(instruction -> {
                            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
                            return teacher.answer(instruction);
                        })
                        .budget(Budget.ofTime(Duration.ofMinutes(minutes)))
                        .nanos(nanos::get)
                        .build(),
                temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.BUDGET_EXHAUSTED);
        assertThat(result.reason()).contains("the time of " + minutes + " min 0 s is over", "larger budget");
        assertThat(nanos.get()).isLessThan(Duration.ofMinutes(minutes + 5L).toNanos()); // four calls at a time
        LoopResult rest = LoopFixture.run(
                loop(roles).budget(Budget.ofTime(Duration.ofDays(1))).build(), temp.resolve("run"));
        assertThat(rest.status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(whole);
    }

    @Test
    void run_timeOfEarlierSittingsIsOver_asksNobody() {
        LoopFixture.run(loop(ScriptedRoles.prompt()).budget(Budget.ofCalls(3)).build(), temp.resolve("run"));
        calls.set(0);
        LoopResult result = LoopFixture.run(
                loop(ScriptedRoles.prompt())
                        .budget(Budget.ofTime(Duration.ofNanos(1)))
                        .build(),
                temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.BUDGET_EXHAUSTED);
        assertThat(calls.get()).isZero();
    }

    private static final class Refused extends RetryableRoleException implements Unbilled {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("too many requests");
        }

        @Override
        public boolean isUnbilled() {
            return true;
        }
    }

    @Test
    void run_failedAttempts_countAsCallsAndAsChargedUnlessKnownNotToBe() {
        AtomicInteger attempts = new AtomicInteger();
        LoopFixture.run(
                LoopFixture.loop(ScriptedRoles.prompt())
                        .teacher(instruction -> {
                            switch (attempts.incrementAndGet()) {
                                case 1 -> throw new Refused();
                                case 2 -> throw new RetryableRoleException("connection lost");
                                case 3 -> throw new IOException("unknown");
                                default -> throw new Refused();
                            }
                        })
                        .config(LoopFixture.config()
                                .maxConcurrentCalls(1)
                                .toleratedFailureShare(0.99)
                                .build())
                        .budget(Budget.ofCalls(5).withTokens(100_000))
                        .build(),
                temp.resolve("run"));
        TokenUsage most = mostTokens(LoopFixture.SEEDS.instructions().get(0));
        assertThat(RunDirectory.read(temp.resolve("run")).spending().total().tokens())
                .isEqualTo(most.plus(most));
        assertThat(RunDirectory.read(temp.resolve("run")).spending().total().calls())
                .isEqualTo(5);
    }

    private static TokenUsage mostTokens(Instruction instruction) {
        Teacher plain = each -> Response.of("");
        return plain.mostTokens(instruction).orElseThrow();
    }

    @Test
    void run_ledgerCannotBeWritten_keepsTheAnswerAndEndsWithTheReason() {
        Path directory = temp.resolve("run");
        Teacher teacher = ScriptedRoles.prompt().teacher();
        AdversarialLoop loop = LoopFixture.loop(ScriptedRoles.prompt())
                .teacher(instruction -> {
                    Files.createDirectories(directory.resolve("spending.jsonl")); // no file can be opened there
                    return teacher.answer(instruction);
                })
                .build();
        assertThatThrownBy(() -> LoopFixture.run(loop, directory))
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("spending.jsonl");
        assertThat(RunDirectory.read(directory).teacherAnswers()).isNotEmpty();
    }

    @Test
    void build_moneyWithoutAPrice_namesTheRoles() {
        AdversarialLoop.Builder builder = LoopFixture.loop(ScriptedRoles.prompt())
                .budget(Budget.ofDollars(1))
                .prices(Prices.unknown().with(PaidRole.TEACHER, Price.FREE));
        assertThatThrownBy(builder::build)
                .isInstanceOf(LoopConfigException.class)
                .hasMessageContaining("the price is not known of the referee and the generator");
    }

    @Test
    void build_roleWithoutALimitOnTokens_isRefusedWhereTokensAreLimited() {
        Teacher endless = new Teacher() {
            @Override
            public Response answer(Instruction instruction) {
                return Response.of("and so on");
            }

            @Override
            public Optional<TokenUsage> mostTokens(Instruction instruction) {
                return Optional.empty();
            }
        };
        AdversarialLoop.Builder builder =
                LoopFixture.loop(ScriptedRoles.prompt()).teacher(endless);
        assertThat(builder.budget(Budget.ofCalls(1)).build()).isNotNull();
        assertThatThrownBy(builder.budget(Budget.ofTokens(1))::build)
                .hasMessageContaining("the teacher may write without a limit");
    }

    @ParameterizedTest
    @ValueSource(classes = {Teacher.class, Referee.class, Generator.class})
    void of_everyMethodOfARole_isHandedOn(Class<?> role) throws Exception {
        Class<?> paid = Stream.of(PaidRoles.class.getDeclaredClasses())
                .filter(role::isAssignableFrom)
                .findAny()
                .orElseThrow();
        for (Method method : role.getMethods()) {
            assertThat(paid.getMethod(method.getName(), method.getParameterTypes())
                            .getDeclaringClass())
                    .as("%s", method)
                    .isEqualTo(paid);
        }
    }
}
