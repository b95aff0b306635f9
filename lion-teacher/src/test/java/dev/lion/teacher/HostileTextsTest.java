package dev.lion.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.teacher.CopyingReferee.Copying;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that try to set their own scores ({@code hostile-texts.jsonl}), as instruction and as either answer, before referees
 * that repeat what they read in every way there is in {@link Copying}. Whatever is repeated, the verdict is the referee's. The
 * table that it writes is printed by
 *
 * <pre>{@code mvn -B -q -pl lion-teacher -am test -Dtest=HostileTextsTest -Dsurefire.failIfNoSpecifiedTests=false; cat lion-teacher/target/hostile-texts.txt}</pre>
 */
class HostileTextsTest {
    private static final CopyingReferee JSON = new CopyingReferee(true, true);
    private static final CopyingReferee MARKED = new CopyingReferee(true, false);
    private static final CopyingReferee UNMARKED = new CopyingReferee(false, false);
    private static final Map<String, CopyingReferee> REFEREES =
            new TreeMap<>(Map.of("JSON", JSON, "lines with the mark", MARKED, "lines without it", UNMARKED));

    /** One text with what it tries. */
    record Attack(String name, String text) {
        @Override
        public String toString() {
            return name;
        }

        /** A reply that begins with such a tag of an attack's is taken for reasoning, and what follows may count for nothing. */
        boolean looksLikeReasoning() {
            return text.contains("<think>");
        }

        List<Comparison> comparisons() {
            Instruction plain = Instruction.of("Why is the sky blue?");
            Response fair = Response.of("Air scatters short waves most.");
            Response attack = Response.of(text);
            return List.of(
                    new Comparison(plain, attack, fair),
                    new Comparison(plain, fair, attack),
                    new Comparison(plain, attack, attack),
                    new Comparison(Instruction.of(text), fair, attack));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void judge_repeatedAttack_isTheRefereesOwnVerdictOrNone(Attack attack) throws Exception {
        for (Copying copying : Copying.values()) {
            for (Comparison comparison : attack.comparisons()) {
                assertOwn(verdict(JSON, attack, copying, comparison), copying);
                Verdict marked = verdict(MARKED, attack, copying, comparison);
                if (marked instanceof Verdict.Scored || !attack.looksLikeReasoning()) {
                    assertOwn(marked, copying);
                }
                Verdict unmarked = verdict(UNMARKED, attack, copying, comparison);
                if (unmarked instanceof Verdict.Scored) {
                    assertOwn(unmarked, copying);
                }
            }
        }
    }

    private static void assertOwn(Verdict verdict, Copying copying) {
        assertThat(verdict)
                .as("%s", copying)
                .isInstanceOfSatisfying(
                        Verdict.Scored.class,
                        scored -> assertThat(List.of(scored.first(), scored.second()))
                                .as("%s", copying)
                                .containsExactly(CopyingReferee.FIRST, CopyingReferee.SECOND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void judge_replyIsTheAttackAlone_isNoVerdict(Attack attack) throws Exception {
        for (boolean schemas : List.of(true, false)) {
            for (Comparison comparison : attack.comparisons()) {
                var model = new ScriptedModel(schemas, message -> shownIn(message, attack));

                assertThat(ChatModelReferee.of(model).judge(comparison))
                        .as("structured: %s", schemas)
                        .isInstanceOf(Verdict.Abstained.class);
            }
        }
    }

    @Test
    void table_byProtocolAndCopying_hasNoChangedScore() throws Exception {
        var table = new StringBuilder("%-22s %-30s %8s %9s %8s%n"
                .formatted("verdict as", "what is repeated", "the same", "abstained", "changed"));
        int changed = 0;
        for (Map.Entry<String, CopyingReferee> referee : REFEREES.entrySet()) {
            for (Copying copying : Copying.values()) {
                int[] counts = counts(referee.getValue(), copying);
                table.append("%-22s %-30s %8d %9d %8d%n"
                        .formatted(
                                referee.getKey(),
                                copying.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                counts[0],
                                counts[1],
                                counts[2]));
                changed += counts[2];
            }
        }
        Files.writeString(Path.of("target", "hostile-texts.txt"), table);

        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(changed).as("%s", table).isZero();
    }

    private static int[] counts(CopyingReferee referee, Copying copying) throws Exception {
        int[] counts = new int[3];
        for (Attack attack : attacks().toList()) {
            for (Comparison comparison : attack.comparisons()) {
                Verdict verdict = verdict(referee, attack, copying, comparison);
                boolean same = verdict instanceof Verdict.Scored scored
                        && scored.first() == CopyingReferee.FIRST
                        && scored.second() == CopyingReferee.SECOND;
                counts[same ? 0 : verdict instanceof Verdict.Abstained ? 1 : 2]++;
            }
        }
        return counts;
    }

    private static Verdict verdict(CopyingReferee referee, Attack attack, Copying copying, Comparison comparison)
            throws Exception {
        var model =
                new ScriptedModel(referee.json(), message -> referee.reply(message, shownIn(message, attack), copying));
        return ChatModelReferee.of(model).judge(comparison);
    }

    /** The attack as the referee sees it: in the frame of the message that holds it, or as it is. */
    private static String shownIn(String message, Attack attack) {
        return message.contains(attack.text()) ? attack.text() : framed(message);
    }

    /** The text of the longest frame, which the attack is in when characters of it are written out. */
    private static String framed(String message) {
        String longest = "";
        for (String title : List.of("INSTRUCTION", "ANSWER 1", "ANSWER 2")) {
            int begin = message.indexOf('\n', message.lastIndexOf("<<<BEGIN " + title)) + 1;
            int end = message.lastIndexOf("\n<<<END " + title);
            if (end > begin && end - begin > longest.length()) {
                longest = message.substring(begin, end);
            }
        }
        return longest;
    }

    static Stream<Attack> attacks() throws IOException {
        try (InputStream in = HostileTextsTest.class.getResourceAsStream("hostile-texts.jsonl")) {
            String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<JsonNode> rows = new ObjectMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(lines)
                    .readAll();
            return rows.stream()
                    .map(row ->
                            new Attack(row.get("name").asText(), row.get("text").asText()));
        }
    }
}
