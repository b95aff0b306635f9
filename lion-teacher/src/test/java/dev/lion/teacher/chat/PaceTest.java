package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.teacher.chat.SimulatedLimit.Bucket;
import dev.lion.teacher.chat.SimulatedLimit.Concurrent;
import dev.lion.teacher.chat.SimulatedLimit.Sliding;
import dev.lion.teacher.chat.SimulatedLimit.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pace against simulated providers, a minute or more in milliseconds. */
class PaceTest {
    private static final int SEEDS = 20;
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    private interface Limits {
        SimulatedLimit from(Random random);
    }

    /** The means over the seeds. */
    private record Shares(double used, double refused) {}

    private static Shares shares(Limits limits, double from, double seconds, double named) {
        double used = 0;
        double refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedLimit limit = limits.from(new Random(seed));
            Pace pace = SimulatedProvider.pace();
            pace.name(named, UNKNOWN);
            var provider = new SimulatedProvider(limit, seed, pace);
            int before = provider.run(from).answered;
            var outcome = provider.run(seconds - from);
            used += (outcome.answered - before) / (limit.allowed(seconds) - limit.allowed(from)) / SEEDS;
            refused += outcome.refusedShare() / SEEDS;
        }
        return new Shares(used, refused);
    }

    private static Arguments unknown(String name, double leastUsed, double mostRefused, Limits limits) {
        return Arguments.of(name, leastUsed, mostRefused, limits);
    }

    static Stream<Arguments> unknownLimits() {
        return Stream.of(
                unknown("bucket of a second, 1200/min", 0.95, 0.01, random -> new Bucket(20, 20)),
                unknown("bucket of 5 s, 1200/min", 0.95, 0.01, random -> new Bucket(20, 100)),
                unknown("bucket of a minute, 1200/min", 0.95, 0.01, random -> new Bucket(20, 1200)),
                unknown("bucket of a second, 3000/min", 0.95, 0.01, random -> new Bucket(50, 50)),
                unknown(
                        "window of 10 s, 1200/min",
                        0.95,
                        0.01,
                        random -> new Window(200, 10, 10 * random.nextDouble())),
                unknown("window of a minute, 600/min", 0.95, 0.01, random -> new Window(600, 60, 0)),
                unknown("sliding minute, 1200/min", 0.95, 0.01, random -> new Sliding(1200, 60)),
                unknown("bucket that halves, 1200/min", 0.95, 0.015, random -> new Bucket(20, 20, 30, 0.5)),
                unknown("bucket that doubles, 600/min", 0.70, 0.015, random -> new Bucket(10, 10, 30, 2)),
                unknown("16 at the same time", 0.92, 0.01, random -> new Concurrent(16)),
                unknown("64 at the same time", 0.88, 0.01, random -> new Concurrent(64)),
                // a provider that saves up nothing loses a second at every refusal
                unknown("window of a second, 1200/min", 0.80, 0.01, random -> new Window(20, 1, random.nextDouble())),
                unknown("evenly spaced calls, 1200/min", 0.60, 0.01, random -> new Bucket(20, 1)),
                unknown("sliding 10 s, 1200/min", 0.75, 0.01, random -> new Sliding(200, 10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unknownLimits")
    void start_unknownLimit_usesItInTheFirstMinute(String name, double leastUsed, double mostRefused, Limits limits) {
        Shares shares = shares(limits, 0, 60, UNKNOWN);
        assertThat(shares.used()).as(name).isGreaterThan(leastUsed);
        assertThat(shares.refused()).as(name).isLessThan(mostRefused);
    }

    @Test
    void start_unknownBucketAfterAMinute_usesAllButTwoPerCent() {
        assertThat(shares(random -> new Bucket(20, 20), 60, 240, UNKNOWN).used())
                .isGreaterThan(0.98);
        assertThat(shares(random -> new Concurrent(16), 60, 240, UNKNOWN).used())
                .isGreaterThan(0.98);
    }

    static Stream<Arguments> namedLimits() {
        return Stream.of(
                Arguments.of((Limits) random -> new Bucket(10, 10)),
                Arguments.of((Limits) random -> new Window(10, 1, random.nextDouble())),
                Arguments.of((Limits) random -> new Window(600, 60, 60 * random.nextDouble())),
                Arguments.of((Limits) random -> new Sliding(100, 10)));
    }

    @ParameterizedTest
    @MethodSource("namedLimits")
    void start_namedLimit_usesItAndIsNotRefused(Limits limits) {
        Shares shares = shares(limits, 0, 60, 10);
        assertThat(shares.used()).isBetween(0.95, 1.0);
        assertThat(shares.refused()).isLessThan(0.001);
    }

    @Test
    void start_noSuccessYet_letsOneGo() {
        Pace pace = SimulatedProvider.pace();
        Pace.Call first = pace.start(0, 1);
        assertThat(pace.waitTime(1)).isEqualTo(Pace.UNTIL_A_CALL_ENDS);
        pace.failed(first);
        assertThat(pace.waitTime(Duration.ofSeconds(1).toNanos())).isZero();
        Pace.Call second = pace.start(Duration.ofSeconds(1).toNanos(), 1);
        assertThat(pace.waitTime(Duration.ofSeconds(2).toNanos())).isEqualTo(Pace.UNTIL_A_CALL_ENDS);
        pace.succeeded(second, 1);
        assertThat(pace.limit()).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void start_cap_isKept(int most) {
        var provider = new SimulatedProvider(new Bucket(1000, 1000), 1, new Pace(most, Duration.ofMinutes(5), 0));
        assertThat(provider.run(30).mostUnderWay).isEqualTo(most);
    }

    @Test
    void waitTime_afterARefusal_isWhatTheProviderWants() {
        Pace pace = SimulatedProvider.pace();
        pace.refused(pace.start(0, 1), 10, Optional.of(Duration.ofSeconds(7)));
        assertThat(pace.waitTime(10)).isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(pace.waitTime(10 + Duration.ofSeconds(7).toNanos())).isZero();
    }

    @Test
    void waitTime_pauseBeyondReason_isCutShort() {
        Pace pace = new Pace(8, Duration.ofMinutes(5), 0);
        pace.refused(pace.start(0, 1), 0, Optional.of(Duration.ofHours(20)));
        assertThat(pace.waitTime(0)).isEqualTo(Duration.ofMinutes(5).toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PT0S"})
    void refused_againAndAgain_isAskedLessAndLessOften(String wanted) {
        Optional<Duration> pause = wanted.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(wanted));
        Pace pace = SimulatedProvider.pace();
        long now = 0;
        int calls = 0;
        while (now < Duration.ofMinutes(10).toNanos()) {
            long wait = pace.waitTime(now);
            now += wait;
            if (wait == 0) {
                calls++;
                pace.refused(pace.start(now, 1), ++now, pause);
            }
        }
        assertThat(calls).isBetween(5, 30);
    }

    @Test
    void start_tokensNamed_keepsToThemByWhatWasReallyUsed() {
        Pace pace = SimulatedProvider.pace();
        pace.name(UNKNOWN, 1000);
        long now = 0;
        int calls = 0;
        while (now < Duration.ofMinutes(1).toNanos()) {
            long wait = pace.waitTime(now);
            now += wait;
            if (wait == 0) {
                calls++;
                pace.succeeded(pace.start(now, 5000), 100); // expected far too many
            }
        }
        assertThat(calls * 100 / 60.0).isBetween(950.0, 1000.0);
    }

    /** Lets nothing through for a time. */
    private record Outage(Bucket bucket, double from, double until, double pause) implements SimulatedLimit {
        @Override
        public double ask(double now) {
            return now < from || now > until ? bucket.ask(now) : pause;
        }

        @Override
        public double allowed(double seconds) {
            return bucket.allowed(seconds);
        }
    }

    @Test
    void start_afterAnOutage_isSoonWhereItWas() {
        var outage = new Outage(new Bucket(20, 20), 30, 330, 5);
        var provider = new SimulatedProvider(outage, 1, SimulatedProvider.pace());
        int before = provider.run(420).answered;
        assertThat(provider.run(60).answered - before).isGreaterThan(1000);
    }

    @Test
    void start_outageOfMoreThanOnePauseAndSlowRefusals_isNotTakenForALimit() {
        for (double roundTrip : new double[] {0.1, 0.2, 0.3}) {
            var outage = new Outage(new Bucket(20, 20), 60, 100, 30);
            var provider = new SimulatedProvider(outage, 1, SimulatedProvider.pace(), roundTrip);
            int before = provider.run(125).answered;
            assertThat(provider.run(60).answered - before)
                    .as("round trip of " + roundTrip + " s")
                    // the first pause counts as time of the cycle that it ended, the second does not
                    .isGreaterThan(400);
        }
    }

    @Test
    void start_firstCallIsRefusedForAMinute_isSoonAsFastAsIfItHadNotBeen() {
        var outage = new Outage(new Bucket(20, 20), 0, 30, 60);
        var provider = new SimulatedProvider(outage, 1, SimulatedProvider.pace());
        int before = provider.run(70).answered;
        assertThat(provider.run(60).answered - before).isGreaterThan(1000);
    }

    @Test
    void start_afterALongSilence_doesNotTakeItForASlowLimit() {
        Pace pace = SimulatedProvider.pace();
        pace.succeeded(pace.start(0, 1), 1);
        long later = Duration.ofHours(8).toNanos();
        for (int i = 0; i < 5; i++) {
            pace.succeeded(pace.start(later + i * Duration.ofMillis(100).toNanos(), 1), 1);
        }
        long now = later + Duration.ofMillis(500).toNanos();
        pace.refused(pace.start(now, 1), now, Optional.of(Duration.ofSeconds(1)));
        assertThat(pace.rate()).isGreaterThan(1);
    }
}
