package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lion.LionException;
import dev.lion.loop.LoopResult;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happened to a file: it is read as it was written, or refused by its name, never read as something else. */
class DamageTest {
    @TempDir
    static Path finished;

    @TempDir
    Path temp;

    @BeforeAll
    static void runWhole() {
        SmallRun.on(finished, FaultyDisk.sound(), ScriptedRoles.prompt());
    }

    private Path copy() {
        Path copy = temp.resolve("copy");
        Trees.copy(finished, copy);
        return copy;
    }

    /** All that lion reads of a run. */
    private static List<Object> contents(Path directory) {
        RunDirectory run = RunDirectory.read(directory);
        return List.of(
                run.manifest(),
                run.seeds(),
                run.summaries(),
                run.instructions(),
                run.teacherAnswers(),
                run.studentAnswers(1),
                run.judgements(1),
                run.generated(1),
                run.rejected(1));
    }

    static Stream<String> lineFiles() {
        return Stream.of(
                "seeds.jsonl",
                "iteration-0/answers.jsonl",
                "iteration-1/answers.jsonl",
                "iteration-1/student-answers.jsonl",
                "iteration-1/verdicts.jsonl",
                "iteration-1/generated.jsonl",
                "iteration-1/rejected.jsonl");
    }

    static Stream<String> files() {
        return Stream.concat(lineFiles(), Stream.of("iteration-0/summary.json", "iteration-1/summary.json"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void read_anyBitFlipped_isRefusedByFileAndLineOrHarmless(String name) throws IOException {
        Path run = copy();
        List<Object> undamaged = contents(run);
        Path file = run.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(name.hashCode());
        for (int position = 0; position < bytes.length; position += 1 + random.nextInt(12)) {
            byte[] damaged = bytes.clone();
            damaged[position] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertRefusedOrEqual(run, file, undamaged, "byte " + position);
        }
    }

    private static void assertRefusedOrEqual(Path run, Path file, List<Object> undamaged, String damage) {
        List<Object> read = new ArrayList<>();
        Throwable refusal = catchThrowable(() -> read.addAll(contents(run)));
        if (refusal == null) {
            assertThat(read).as(damage).isEqualTo(undamaged);
        } else {
            assertThat(refusal)
                    .as(damage)
                    .isInstanceOf(DamagedRunException.class)
                    .hasMessageStartingWith(file + ": ");
            if (file.toString().endsWith(".jsonl")) {
                assertThat(refusal).as(damage).hasMessageMatching("(?s).*: line \\d+: .*");
            }
        }
    }

    /** Damage to whole lines, and the line that is named for it. */
    private record Damage(String name, IntUnaryOperator line, UnaryOperator<List<String>> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Damage damage(String name, IntUnaryOperator line, Function<List<String>, Stream<String>> change) {
        return new Damage(name, line, lines -> change.apply(lines).toList());
    }

    static Stream<Arguments> damages() {
        List<Damage> damages = List.of(
                damage("last line lost", lines -> lines, lines -> lines.stream().limit(lines.size() - 1)),
                damage("first line lost", lines -> 1, lines -> lines.stream().skip(1)),
                damage("first line twice", lines -> 2, lines -> Stream.concat(Stream.of(lines.get(0)), lines.stream())),
                damage("blank line", lines -> 2, lines -> spliced(lines, "")),
                damage(
                        "last line twice",
                        lines -> lines + 1,
                        lines -> Stream.concat(lines.stream(), lines.stream().skip(lines.size() - 1))),
                damage("line of another kind", lines -> 2, lines -> spliced(lines, "{\"id\":\"x\"}")),
                damage("lines exchanged", lines -> 1, lines -> Stream.of(lines.get(1), lines.get(0))));
        return lineFiles().flatMap(file -> damages.stream().map(damage -> Arguments.of(file, damage)));
    }

    private static Stream<String> spliced(List<String> lines, String line) {
        return Stream.concat(Stream.of(lines.get(0), line), lines.stream().skip(1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("damages")
    void read_linesDamaged_isRefusedByFileAndLine(String name, Damage damage) throws IOException {
        Path run = copy();
        Path file = run.resolve(name);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).as("lines to damage").hasSizeGreaterThan(1);
        List<String> damaged = damage.change().apply(lines);
        Files.writeString(file, String.join("\n", damaged) + "\n");
        assertThatThrownBy(() -> contents(run))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageStartingWith(file + ": line " + damage.line().applyAsInt(lines.size()) + ": ");
    }

    @ParameterizedTest
    @MethodSource("files")
    void read_cutOffAnywhere_isRefusedByFile(String name) throws IOException {
        Path run = copy();
        Path file = run.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = bytes.length - 2; length > 0; length -= 17) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> contents(run))
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedRunException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }

    @ParameterizedTest
    @MethodSource("lineFiles")
    void read_markAtTheStartOrOtherLineEnds_isHarmless(String name) throws IOException {
        Path run = copy();
        List<Object> undamaged = contents(run);
        Path file = run.resolve(name);
        Files.writeString(file, "\ufeff" + Files.readString(file).replace("\n", "\r\n"));
        assertThat(contents(run)).isEqualTo(undamaged);
    }

    @Test
    void read_bytesThatAreNotUtf8_isRefusedByFileAndLine() throws IOException {
        Path run = copy();
        Path file = run.resolve("iteration-0/answers.jsonl");
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.write(file, text.replaceFirst("teacher on", "t\u00e9acher on").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> contents(run)).hasMessageContaining("line 1: holds bytes that are not UTF-8");
    }

    static Stream<String> neededFiles() {
        return Stream.concat(files(), Stream.of("student/iteration-1"))
                .filter(name -> !name.equals("iteration-1/summary.json"));
    }

    @ParameterizedTest
    @MethodSource("neededFiles")
    void open_fileRemoved_isRefusedByItsNameAndNothingIsPaidAgain(String name) throws IOException {
        Path run = copy();
        Disk disk = new Disk();
        disk.delete(run.resolve(name));
        ScriptedRoles roles = ScriptedRoles.prompt();
        assertThatThrownBy(() -> SmallRun.on(run, FaultyDisk.sound(), roles))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageStartingWith(run.resolve(name) + ": is missing, although ");
        assertThat(roles.served()).isEmpty();
    }

    @Test
    void open_studentOfAnEarlierIterationRemoved_isFine() {
        Path run = copy();
        new Disk().delete(run.resolve("student/iteration-0"));
        ScriptedRoles roles = ScriptedRoles.prompt();
        assertThat(SmallRun.on(run, FaultyDisk.sound(), roles).status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(roles.served()).isEmpty();
    }

    @Test
    void open_directoryOfAnIterationRemoved_isRefused() {
        Path run = copy();
        new Disk().delete(run.resolve("iteration-0"));
        assertThatThrownBy(() -> RunDirectory.open(run))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageContaining("iteration-0");
    }

    @Test
    void open_summaryOfTheLastIterationRemoved_isRefused() throws IOException {
        Path run = copy();
        Files.delete(run.resolve("iteration-1/summary.json"));
        assertThatThrownBy(() -> RunDirectory.open(run))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageContaining(
                        "summary.json: is missing, although iteration-1/student-answers.jsonl is there; restore the file");
    }

    @Test
    void run_journalDamagedInTheMiddle_isRefusedByFileAndLineBeforeAnyCall() throws IOException {
        Path run = temp.resolve("run");
        Throwable killed = catchThrowable(() -> SmallRun.on(
                run,
                FaultyDisk.failingAt(FaultyDisk.Step.MOVE, 3, FaultyDisk.Afterwards.DEAD),
                ScriptedRoles.prompt()));
        assertThat(killed).isInstanceOf(LionException.class);
        Path journal = run.resolve("iteration-0/in-progress/answers.jsonl");
        String text = Files.readString(journal);
        Files.writeString(journal, text.replaceFirst("subject number", "subject member"));
        ScriptedRoles roles = ScriptedRoles.prompt();
        assertThatThrownBy(() -> SmallRun.on(run, FaultyDisk.sound(), roles))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageContaining(journal + ": line 1: is not what was written there: its check does not fit");
        assertThat(roles.served()).isEmpty();
        Files.writeString(journal, text);
        LoopResult result = SmallRun.on(run, FaultyDisk.sound(), roles);
        assertThat(Map.of("status", result.status(), "files", Trees.of(run)))
                .isEqualTo(Map.of("status", LoopResult.Status.COMPLETED, "files", Trees.of(finished)));
    }
}
