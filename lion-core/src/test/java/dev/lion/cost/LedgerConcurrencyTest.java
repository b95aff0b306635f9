package dev.lion.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads with random costs: the provider's own count never passes the limit, and nobody waits for ever. */
class LedgerConcurrencyTest {
    private static final int THREADS = 24;
    private static final List<PaidRole> ROLES = List.of(PaidRole.values());

    @TempDir
    private Path temp;

    private static List<Long> seeds() {
        return new Random(7).longs(8).boxed().toList();
    }

    /** What the provider charges: it counts when a request arrives, all that the request may yet take. */
    private static final class Provider {
        private final AtomicLong charged = new AtomicLong();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong mostCharged = new AtomicLong();

        TokenUsage serve(TokenUsage most, Random random) {
            calls.incrementAndGet();
            TokenUsage taken =
                    new TokenUsage(random.nextLong(most.inputTokens() + 1), random.nextLong(most.outputTokens() + 1));
            mostCharged.accumulateAndGet(charged.addAndGet(taken.total()), Math::max);
            return taken;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void begin_manyThreads_neverPassesTheLimitAndAlwaysEnds(long seed) throws Exception {
        Random random = new Random(seed);
        long tokens = 2_000L + random.nextInt(20_000);
        Budget budget = Budget.ofTokens(tokens).withCalls(100 + random.nextInt(100));
        Provider provider = new Provider();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RunDirectory run = LedgerTest.begun(temp.resolve("run" + seed));
                Ledger ledger = Ledger.open(run, budget, Prices.unknown(), notice -> {})) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(spender(ledger, provider, new Random(seed + thread), tokens)));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get())
                        .as("spent and set aside stayed within the limit")
                        .isTrue();
            }
            assertThat(ledger.exhausted()).isPresent();
            assertThat(ledger.committed()).isEqualTo(ledger.spent());
            assertThat(provider.mostCharged.get()).isLessThanOrEqualTo(tokens);
            assertThat(provider.calls.get()).isLessThanOrEqualTo(budget.calls().orElseThrow());
            assertThat(ledger.spent().calls()).isEqualTo(provider.calls.get());
            assertThat(ledger.spent().tokens().total()).isBetween(provider.charged.get(), tokens);
        } finally {
            threads.shutdownNow();
        }
        assertThat(spentOnDisk(temp.resolve("run" + seed))).isLessThanOrEqualTo(tokens);
    }

    private static Callable<Boolean> spender(Ledger ledger, Provider provider, Random random, long tokens) {
        return () -> {
            boolean within = true;
            while (true) {
                TokenUsage most = new TokenUsage(1 + random.nextInt(300), 1 + random.nextInt(300));
                Purpose purpose =
                        new Purpose(random.nextInt(3), Stage.DISCRIMINATION, ROLES.get(random.nextInt(ROLES.size())));
                var attempt = ledger.begin(purpose, most, () -> false);
                if (attempt.isEmpty()) {
                    return within;
                }
                within &= ledger.committed().tokens().total() <= tokens;
                TokenUsage taken = provider.serve(most, random);
                if (random.nextInt(4) == 0) {
                    Thread.onSpinWait();
                }
                if (random.nextInt(8) == 0) {
                    attempt.get().lost();
                } else {
                    attempt.get().settle(taken);
                }
                within &= ledger.committed().tokens().total() <= tokens;
            }
        };
    }

    private static long spentOnDisk(Path directory) {
        try (RunDirectory run = RunDirectory.open(directory)) {
            return run.spending().total().tokens().total();
        }
    }
}
