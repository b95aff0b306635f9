package dev.lion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.fixture.Fakes;
import dev.lion.fixture.RealData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionPoolTest {
    @TempDir
    Path temp;

    private Path file(String contents) throws IOException {
        return Files.writeString(temp.resolve("seeds.json"), contents);
    }

    private static void assertRefused(Path file, String... messageParts) {
        assertThatThrownBy(() -> InstructionPool.read(file))
                .isInstanceOf(SeedFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(messageParts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"instruction\":\"Add\",\"input\":\"1 2\",\"output\":\"3\"},{\"instruction\":\"Sing\",\"input\":\"\"}]",
                "[ {\"instruction\":\"Add\",\"input\":\"1 2\"},\n {\"instruction\":\"Sing\"} ]\n",
                "\uFEFF[{\"instruction\":\"Add\",\"input\":\"1 2\"},{\"instruction\":\"Sing\",\"input\":null}]",
                "{\"instruction\":\"Add\",\"input\":\"1 2\"}\n{\"instruction\":\"Sing\"}",
                "\uFEFF{\"instruction\":\"Add\",\"input\":\"1 2\"}\r\n\r\n{\"instruction\":\"Sing\"}\r\n",
                "{\"instruction\":\"Add\",\"instances\":[{\"input\":\"1 2\",\"output\":\"3\"},{\"input\":\"4\"}]}\n"
                        + "{\"instruction\":\"Sing\",\"instances\":[{\"input\":\"\",\"output\":\"la\"}]}",
            })
    void read_instructionObjects_givesTextAndInput(String contents) throws IOException {
        assertThat(InstructionPool.read(file(contents)).instructions())
                .containsExactly(Instruction.of("Add", "1 2"), Instruction.of("Sing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"system\",\"content\":\"Be kind\"},{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"Bye\"}]}",
                "[{\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"},{\"from\":\"gpt\",\"value\":\"Hello\"}]}]",
            })
    void read_conversations_givesTheFirstUserTurn(String contents) throws IOException {
        assertThat(InstructionPool.read(file(contents)).instructions()).containsExactly(Instruction.of("Hi"));
    }

    @Test
    void read_missingFile_saysSo() {
        assertRefused(temp.resolve("nowhere.json"), "there is no such file");
        assertRefused(temp, "is a directory");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "' \n ', is empty",
        "[], the array is empty",
        "'\n\nid;text', 'line 3: text, neither a JSON array nor JSON Lines'"
    })
    void read_nothingUsable_saysWhatIsAccepted(String contents, String expected) throws IOException {
        assertRefused(file(contents), expected);
    }

    @Test
    void read_severalFaultyLines_reportsAllByLineAndField() throws IOException {
        assertRefused(
                file("""
                        {"instruction":"fine"}
                        {"instruction":7}
                        {"prompt":"x"}
                        {"instruction":" "}
                        {"instruction":"x"

                        {"messages":[{"role":"system","content":"x"}]}
                        {"instruction":"x","input":[]}
                        """),
                "6 faulty entries, nothing was read",
                "line 2: field \"instruction\": expected text, found 7",
                "line 3: field \"instruction\" is missing",
                "line 4: field \"instruction\": expected text, found nothing or blanks only",
                "line 5: is not a JSON object",
                "line 7: field \"messages\": no turn whose \"role\"",
                "line 8: field \"input\": expected text, found an empty list",
                "Accepted are");
    }

    @Test
    void read_manyFaultyLines_reportsTenAndCountsTheRest() throws IOException {
        String contents = IntStream.range(0, 25).mapToObj(i -> "{}").collect(Collectors.joining("\n"));
        assertRefused(file(contents), "25 faulty entries", "line 10:", "and 15 more");
        assertThatThrownBy(() -> InstructionPool.read(file(contents))).message().doesNotContain("line 11:");
    }

    @Test
    void read_faultyArrayEntry_namesLineAndEntry() throws IOException {
        assertRefused(
                file("[\n{\"instruction\":\"a\"},\n{\"text\":\"b\"}\n]"), "line 3 (entry 2): field \"instruction\"");
        assertRefused(file("[\n{\"instruction\":\"a\"},\n{\"instruction\":"), "is not JSON");
        assertRefused(file("[{\"instruction\":\"a\"}]\nmore"), "line 2");
    }

    @Test
    void read_notUtf8_isRefusedByLine() throws IOException {
        Path file = temp.resolve("latin.jsonl");
        Files.write(
                file, "{\"instruction\":\"a\"}\n{\"instruction\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, "line 2: holds bytes that are not UTF-8");
    }

    @Test
    void of_equalInstructions_keepsTheFirstAndCounts() {
        InstructionPool pool = Fakes.pool("a", "b", "a", "c", "b");
        assertThat(pool.instructions()).extracting(Instruction::text).containsExactly("a", "b", "c");
        assertThat(pool.duplicates()).isEqualTo(2);
    }

    @Test
    void plus_someKnown_appendsTheOthers() {
        InstructionPool pool = Fakes.pool("a", "b");
        InstructionPool more = pool.plus(Fakes.pool("c", "a"));
        assertThat(more.instructions()).extracting(Instruction::text).containsExactly("a", "b", "c");
        assertThat(more.duplicates()).isEqualTo(1);
        assertThat(pool.size()).as("unchanged").isEqualTo(2);
    }

    @Test
    void fingerprint_otherOrder_differs() {
        assertThat(Fakes.pool("a", "b").fingerprint())
                .isEqualTo(Fakes.pool("a", "b").fingerprint())
                .isNotEqualTo(Fakes.pool("b", "a").fingerprint());
    }

    @ParameterizedTest
    @CsvSource({"seed-tasks-175.jsonl, 175", "instructions-42k.jsonl, 42555"})
    void read_realSeedFiles_readsEveryEntry(String name, int entries) {
        InstructionPool pool = InstructionPool.read(RealData.require(name));
        assertThat(pool.size() + pool.duplicates()).isEqualTo(entries);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALPACA_JSON", "JSON_LINES", "CHAT_MESSAGES"})
    void write_anyFormat_isReadBack(DemonstrationFormat format) throws IOException {
        List<Demonstration> demonstrations = List.of(
                new Demonstration(Instruction.of("Say \"ü\"\nand stop"), Response.of("ü")),
                new Demonstration(Instruction.of("Sing"), Response.of("la")));
        Path file = temp.resolve("out/train");
        format.write(demonstrations, file);
        format.write(demonstrations, file);
        assertThat(InstructionPool.read(file).instructions())
                .containsExactly(Instruction.of("Say \"ü\"\nand stop"), Instruction.of("Sing"));
        assertThat(temp.resolve("out")).isDirectoryNotContaining("glob:**.pending");
    }

    @Test
    void write_everyFormat_hasTheFieldsOfOtherTrainers() throws IOException {
        List<Demonstration> one = List.of(new Demonstration(Instruction.of("Add", "1 2"), Response.of("3")));
        String alpaca = "{\"instruction\":\"Add\",\"input\":\"1 2\",\"output\":\"3\"}";
        DemonstrationFormat.ALPACA_JSON.write(one, temp.resolve("a"));
        assertThat(temp.resolve("a")).hasContent("[\n" + alpaca + "\n]\n");
        DemonstrationFormat.JSON_LINES.write(one, temp.resolve("b"));
        assertThat(temp.resolve("b")).hasContent(alpaca + "\n");
        DemonstrationFormat.CHAT_MESSAGES.write(one, temp.resolve("c"));
        assertThat(temp.resolve("c"))
                .hasContent("{\"messages\":[{\"role\":\"user\",\"content\":\"Add\\n1 2\"},"
                        + "{\"role\":\"assistant\",\"content\":\"3\"}]}\n");
    }

    @Test
    void of_manyWithRepeats_isAMapInOrder() {
        Random random = new Random(11);
        List<Instruction> drawn = random.ints(5000, 0, 2000)
                .mapToObj(i -> Instruction.of("subject " + i))
                .toList();
        Map<String, Instruction> map = new LinkedHashMap<>();
        drawn.forEach(each -> map.putIfAbsent(each.id(), each));
        InstructionPool pool = InstructionPool.of(drawn.subList(0, 1000)).plus(drawn.subList(1000, 5000));
        assertThat(pool.instructions()).containsExactlyElementsOf(map.values());
        assertThat(pool.duplicates()).isEqualTo(5000 - map.size());
        map.forEach((id, each) -> assertThat(pool.find(id)).containsSame(each));
        assertThat(pool.contains(Instruction.idOf("subject 2000", ""))).isFalse();
        assertThat(InstructionPool.of(List.of()).find("any")).isEmpty();
    }
}
