package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.InstructionPool;
import dev.lion.fixture.Fakes;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of another version, another configuration or no sense is refused, and left as it is. */
class ManifestFileTest {
    private static final InstructionPool SEEDS = Fakes.pool("first", "second");
    private static final RunManifest MANIFEST = RunManifest.of(
            42, SEEDS, Map.of("hardRule", "1.0", "rules", "all"), Map.of("prompts", "abc", "teacher", "m"));

    @TempDir
    Path temp;

    @BeforeEach
    void begin() {
        try (RunDirectory run = RunDirectory.open(temp)) {
            run.begin(MANIFEST, SEEDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, an older", "99, a newer", "123456789012345678901234567890, a newer"})
    void open_otherFormat_saysWhichVersionCanReadIt(String format, String version) throws IOException {
        // nothing else is as this version expects it
        Files.writeString(temp.resolve("run.json"), "{\"format\": " + format + ", \"settings\": 7}");
        Files.writeString(temp.resolve("half-written.pending"), "kept");
        Map<String, String> before = Trees.of(temp);
        assertThatThrownBy(() -> RunDirectory.open(temp))
                .isInstanceOf(RunFormatException.class)
                .hasMessage(temp.resolve("run.json") + ": the run was written by " + version + " version of lion,"
                        + " in format " + format + "; this version reads format 2 only."
                        + " Continue or read the run with the version that wrote it, or start a new run in another"
                        + " directory; nothing was changed");
        assertThatThrownBy(() -> RunDirectory.read(temp)).isInstanceOf(RunFormatException.class);
        assertThat(Trees.of(temp)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"format\": \"two\"}", "{\"format\": null}", "{\"format\": 2.5}", "{\"format\": 0}"})
    void open_noFormat_saysSo(String manifest) throws IOException {
        Files.writeString(temp.resolve("run.json"), manifest);
        assertThatThrownBy(() -> RunDirectory.open(temp))
                .isInstanceOf(RunFormatException.class)
                .hasMessageContaining("run.json: names no run format that any version of lion writes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"format\": 2", "[]", "not JSON", "{\"format\": 2}"})
    void open_manifestDamaged_isRefusedByName(String manifest) throws IOException {
        Files.writeString(temp.resolve("run.json"), manifest);
        assertThatThrownBy(() -> RunDirectory.open(temp))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageContaining(temp.resolve("run.json") + ": ")
                .hasMessageContaining("start a new run in another directory");
    }

    @Test
    void begin_otherManifest_namesEachDifferenceAndWhatToDo() {
        RunManifest other = RunManifest.of(
                43, Fakes.pool("first"), Map.of("hardRule", "1.5", "rules", "all"), Map.of("teacher", "m", "top", "k"));
        try (RunDirectory run = RunDirectory.open(temp)) {
            assertThatThrownBy(() -> run.begin(other, Fakes.pool("first")))
                    .isInstanceOf(ManifestMismatchException.class)
                    .hasMessage(String.join(
                            "\n",
                            temp + " was started with other settings than these (then → now):",
                            "  configuration.hardRule: 1.0 → 1.5",
                            "  seed: 42 → 43",
                            "  seedPool.fingerprint: " + SEEDS.fingerprint() + " → "
                                    + Fakes.pool("first").fingerprint(),
                            "  seedPool.instructions: 2 → 1",
                            "  settings.prompts: abc → (not set)",
                            "  settings.top: (not set) → k",
                            "A run is only continued under the settings that it was started with: go back to them, or start"
                                    + " a new run in another directory; nothing was changed"));
        }
    }
}
