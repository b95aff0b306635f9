package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.PaidRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchJournalTest {
    @TempDir
    Path temp;

    private static BatchEntry.Intended intended(int batch, Optional<List<String>> present) {
        return new BatchEntry.Intended(
                batch,
                Stage.DISCRIMINATION,
                PaidRole.REFEREE,
                7,
                Instant.ofEpochMilli(1_790_000_000_123L),
                List.of("a1 TEACHER_FIRST", "a1 STUDENT_FIRST"),
                present);
    }

    private Journal<BatchEntry> journal() {
        return Journal.open(new Disk(), temp.resolve("batches.jsonl"), RecordType.BATCHES);
    }

    @Test
    void append_everyKindOfEntry_isReadBackEqual() {
        List<BatchEntry> entries = List.of(
                intended(0, Optional.empty()),
                intended(1, Optional.of(List.of())),
                intended(2, Optional.of(List.of("earlier"))),
                new BatchEntry.Submitted(1, "msgbatch_01"),
                new BatchEntry.Closed(0, BatchEntry.Outcome.UNSENT),
                new BatchEntry.Closed(1, BatchEntry.Outcome.TAKEN),
                new BatchEntry.Closed(2, BatchEntry.Outcome.LOST));
        try (Journal<BatchEntry> journal = journal()) {
            entries.forEach(journal::append);
            journal.force();
        }
        try (Journal<BatchEntry> journal = journal()) {
            assertThat(journal.recovered()).isEqualTo(entries);
        }
    }

    @Test
    void open_questionsThatAreNoTexts_areRefused() throws IOException {
        try (Journal<BatchEntry> journal = journal()) {
            journal.append(intended(0, Optional.empty()));
        }
        Path file = temp.resolve("batches.jsonl");
        String line = Files.readString(file).replace("\"a1 TEACHER_FIRST\"", "12");
        String unsealed = line.substring(0, line.indexOf(",\"check\"")) + "}";
        Files.write(file, Seal.LINE.on(unsealed).seal(1));
        assertThatThrownBy(this::journal)
                .isInstanceOf(DamagedRunException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("\"questions\": expected texts, found 12");
    }
}
