package dev.lion.examples.bench.decoding;

import dev.lion.examples.bench.Medians;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The medians over all rounds of what each case and each peer was measured at, and how many times a peer's speed a case has. */
final class DecodingTable {
    private final Map<Key, List<Row>> rows = new LinkedHashMap<>();

    private record Key(String shape, String name, int batch) {}

    private record Row(DecodingFigures own, List<DecodingFigures> peers) {}

    /** What a case and, in the same round, the peers were measured at. */
    void add(String shape, DecodingFigures own, List<DecodingFigures> peers) {
        var key = new Key(shape, own.name(), own.batch());
        rows.computeIfAbsent(key, name -> new ArrayList<>()).add(new Row(own, peers));
    }

    /** A line for each case and peer, with two ratios to each peer: decoding alone, and with the prompts. */
    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-26s %5s %10s %12s %10s %10s %8s   %s%n",
                "case or peer",
                "batch",
                "tokens/s",
                "with prompts",
                "first ms",
                "bandwidth",
                "(work)",
                "x peer: decoding alone, least-most; with prompts"));
        rows.forEach((key, measured) -> text.append(line(key, measured)));
        return text.toString();
    }

    private static String line(Key key, List<Row> measured) {
        return String.format(
                Locale.ROOT,
                "%-26s %5d %10.1f %12.1f %10.1f %10s %8s   %s%n",
                key.name(),
                key.batch(),
                median(measured, row -> row.own().decodedPerSecond()),
                median(measured, row -> row.own().tokensPerSecond()),
                median(measured, row -> row.own().firstTokenMillis()),
                known("%.2f", median(measured, row -> row.own().ofBandwidth())),
                known("%.0f", median(measured, row -> row.own().perProcessorSecond())),
                ratios(measured));
    }

    private static double median(List<Row> rows, ToDoubleFunction<Row> value) {
        return Medians.of(rows.stream().mapToDouble(value).boxed().toList());
    }

    private static String known(String format, double value) {
        return value == 0 ? "" : String.format(Locale.ROOT, format, value);
    }

    private static String ratios(List<Row> rows) {
        var text = new StringBuilder();
        for (int peer = 0; peer < rows.get(0).peers().size(); peer++) {
            int one = peer;
            var alone = rows.stream()
                    .map(row ->
                            row.own().decodedPerSecond() / row.peers().get(one).decodedPerSecond())
                    .sorted()
                    .toList();
            double all = median(
                    rows,
                    row -> row.own().tokensPerSecond() / row.peers().get(one).tokensPerSecond());
            text.append(String.format(
                    Locale.ROOT,
                    "%s %.2f (%.2f-%.2f) %.2f   ",
                    rows.get(0).peers().get(one).name(),
                    Medians.of(alone),
                    alone.get(0),
                    alone.get(alone.size() - 1),
                    all));
        }
        return text.toString();
    }
}
