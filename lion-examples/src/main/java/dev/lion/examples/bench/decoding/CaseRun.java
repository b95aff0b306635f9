package dev.lion.examples.bench.decoding;

import com.sun.management.OperatingSystemMXBean;
import dev.lion.examples.bench.Medians;
import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import dev.lion.student.decoder.ReadBandwidth;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Times one case: all prompts at once, each continued greedily by one token, and by many. What the many take longer is
 * decoding alone.
 */
final class CaseRun {
    private static final int WARM_UP_TOKENS = 24;
    private static final int FIRST_TOKENS = 9;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final LoadedStudent student;
    private final int batch;
    private final long seed;
    private double promptTokens;
    private int rounds;

    /** What so many tokens took. */
    private record Timed(int tokens, double seconds, double processorSeconds) {}

    CaseRun(LoadedStudent student, int batch, long seed) {
        this.student = student;
        this.batch = batch;
        this.seed = seed;
    }

    static LoadConfig config(DecodingCase which, int batch, int threads) {
        return LoadConfig.defaults()
                .withThreads(threads)
                .withWeights(which.weights())
                .withBatching(BatchingConfig.defaults().withRows(batch));
    }

    DecodingFigures measure(DecodingCase which, int newTokens, int repeats, int threads) throws InterruptedException {
        decode(batch, WARM_UP_TOKENS);
        var shorts = new ArrayList<Timed>();
        var longs = new ArrayList<Timed>();
        for (int i = 0; i < repeats; i++) {
            shorts.add(decode(batch, 1));
            longs.add(decode(batch, newTokens));
        }
        double firsts = least(shorts.stream().map(Timed::seconds).toList());
        double all = least(longs.stream().map(Timed::seconds).toList());
        double work = least(longs.stream().map(Timed::processorSeconds).toList())
                - least(shorts.stream().map(Timed::processorSeconds).toList());
        int tokens = longs.get(0).tokens();
        double decoded = (tokens - batch) / (all - firsts);
        double bytes = which.weightBytes() + batch * which.cacheBytes(promptTokens + newTokens / 2.0);
        double bandwidth = ReadBandwidth.measure(threads, which.weightBytes()).bytesPerSecond();
        return new DecodingFigures(
                which.toString(),
                batch,
                decoded,
                tokens / all,
                firstToken() * 1e3,
                decoded / batch * bytes / bandwidth,
                (tokens - batch) / work);
    }

    private static double least(List<Double> values) {
        return values.stream().min(Double::compare).orElseThrow();
    }

    private double firstToken() throws InterruptedException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < FIRST_TOKENS; i++) {
            String prompt = MixedPrompts.of(FIRST_TOKENS, seed, rounds).get(i);
            seconds.add(decode(List.of(prompt), 1).seconds());
        }
        return Medians.of(seconds);
    }

    private Timed decode(int count, int newTokens) throws InterruptedException {
        return decode(MixedPrompts.of(count, seed, rounds), newTokens);
    }

    /** Prompts of another round begin otherwise, so that nothing is left of them that would save work. */
    private Timed decode(List<String> prompts, int newTokens) throws InterruptedException {
        rounds++;
        var config = DecodingConfig.greedy(newTokens);
        long start = System.nanoTime();
        long worked = PROCESS.getProcessCpuTime();
        var begun = prompts.stream()
                .map(prompt -> student.answer(List.of(Message.user(prompt)), config, 0, text -> {}))
                .toList();
        int tokens = 0;
        for (Decoding one : begun) {
            tokens += one.await().tokens().size();
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        double processorSeconds = (PROCESS.getProcessCpuTime() - worked) * 1e-9;
        promptTokens = begun.stream().mapToInt(Decoding::promptTokens).average().orElseThrow();
        return new Timed(tokens, seconds, processorSeconds);
    }
}
