package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies as models write them, made by hand, with what must be read of each: {@code verdict-corpus.jsonl}. An entry has
 * {@code first} and {@code second}, the verdict's scores, or {@code reason}, what an abstention's reason begins with; and
 * {@code scale} where it is not from 1 to 10. The table that it writes is printed by
 *
 * <pre>{@code mvn -B -q -pl lion-teacher -am test -Dtest=VerdictCorpusTest -Dsurefire.failIfNoSpecifiedTests=false; cat lion-teacher/target/verdict-corpus.txt}</pre>
 */
class VerdictCorpusTest {
    private static final TokenUsage USAGE = new TokenUsage(300, 40);

    /** One reply and what is expected of it. */
    record Entry(JsonNode row) {
        Verdict verdict() {
            Scale scale = Scale.parse(row.path("scale").asText("1-10"));
            return VerdictParser.on(scale).read(new Response(row.get("reply").asText(), FinishReason.STOP, USAGE));
        }

        boolean isReadable() {
            return row.has("first");
        }

        boolean isRight() {
            return verdict() instanceof Verdict.Scored scored
                    ? isReadable()
                            && scored.first() == row.get("first").asDouble()
                            && scored.second() == row.get("second").asDouble()
                    : !isReadable()
                            && ((Verdict.Abstained) verdict())
                                    .reason()
                                    .startsWith(row.get("reason").asText());
        }

        String category() {
            return row.get("category").asText();
        }

        @Override
        public String toString() {
            return category() + ": " + row.get("name").asText();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void read_entry_givesItsScoresOrAbstainsForItsReason(Entry entry) {
        Verdict verdict = entry.verdict();

        assertThat(entry.isRight()).as("%s was read as %s", entry, verdict).isTrue();
        assertThat(verdict.usage()).isEqualTo(USAGE);
    }

    @Test
    void corpus_byCategory_hasNoWrongReading() throws IOException {
        Map<String, int[]> counts = new TreeMap<>();
        for (Entry entry : corpus().toList()) {
            int column = !entry.isRight() ? 2 : entry.isReadable() ? 0 : 1;
            counts.computeIfAbsent(entry.category(), category -> new int[3])[column]++;
        }
        int[] all = new int[3];
        var table =
                new StringBuilder("%-26s %11s %18s %6s%n".formatted("", "read right", "abstained rightly", "wrong"));
        counts.forEach((category, row) -> {
            table.append(line(category, row));
            for (int i = 0; i < all.length; i++) {
                all[i] += row[i];
            }
        });
        table.append(line("all " + (all[0] + all[1] + all[2]), all));
        Files.writeString(Path.of("target", "verdict-corpus.txt"), table);

        assertThat(all[2]).as("%s", table).isZero();
        assertThat(all[0] + all[1]).isGreaterThanOrEqualTo(160);
    }

    private static String line(String name, int[] counts) {
        return "%-26s %11d %18d %6d%n".formatted(name, counts[0], counts[1], counts[2]);
    }

    static Stream<Entry> corpus() throws IOException {
        try (InputStream in = VerdictCorpusTest.class.getResourceAsStream("verdict-corpus.jsonl")) {
            String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<JsonNode> rows = new ObjectMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(lines)
                    .readAll();
            return rows.stream().map(Entry::new);
        }
    }
}
