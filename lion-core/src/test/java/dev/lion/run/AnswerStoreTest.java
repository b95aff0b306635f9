package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers whose texts stay on disk, against a plain map. */
class AnswerStoreTest {
    @TempDir
    Path temp;

    private final Map<String, Response> plain = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Random random = new Random(7);

    @BeforeEach
    void inventAnswers() {
        for (int i = 0; i < 300; i++) {
            String id = Instruction.idOf("question " + i, "");
            // from nothing to several windows of the reader, with letters of one to four bytes
            String text = "aé漢😀\n".repeat(i % 50 == 0 ? 20_000 : random.nextInt(40));
            ids.add(id);
            plain.put(id, Response.of(text));
        }
    }

    private Response answer(String id) {
        return Objects.requireNonNull(plain.get(id));
    }

    private static AnswerStore store() {
        return new AnswerStore(response -> !response.text().isEmpty());
    }

    private RunDirectory begun() {
        RunDirectory run = RunDirectory.open(temp.resolve("run"));
        InstructionPool seeds = InstructionPool.of(List.of(Instruction.of("a")));
        run.begin(RunManifest.of(1, seeds, Map.of(), Map.of()), seeds);
        return run;
    }

    private void assertHoldsAll(AnswerStore store) {
        assertThat(store.size()).isEqualTo(plain.size());
        List<String> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, random);
        for (String id : shuffled) {
            assertThat(store.find(id)).contains(answer(id));
            assertThat(store.isUsable(id)).isEqualTo(!answer(id).text().isEmpty());
        }
    }

    @Test
    void find_whileAppendedAndAfterTheCommitAndAfterReopening_isWhatWasAppended() {
        try (RunDirectory run = begun();
                AnswerStore store = store()) {
            IterationDirectory files = run.iteration(0);
            try (AnswerJournal journal = files.journal(RecordType.ANSWERS, store)) {
                for (String id : ids) {
                    journal.append(new Answer(id, answer(id)));
                    assertThat(store.find(id)).contains(answer(id));
                }
            }
            assertHoldsAll(store);
            Collections.reverse(ids); // a commit has an order of its own
            files.commit(RecordType.ANSWERS, store, ids);
            files.discard(RecordType.ANSWERS);
            assertHoldsAll(store);
            try (AnswerStore again =
                    run.teacherAnswers(response -> !response.text().isEmpty())) {
                assertHoldsAll(again);
            }
            assertThat(run.teacherAnswers()).isEqualTo(plain);
        }
    }

    @Test
    void journal_resumed_bringsBackWhatWasAppended() {
        try (RunDirectory run = begun()) {
            try (AnswerStore store = store();
                    AnswerJournal journal = run.iteration(0).journal(RecordType.ANSWERS, store)) {
                ids.forEach(id -> journal.append(new Answer(id, answer(id))));
            }
            try (AnswerStore store = store();
                    AnswerJournal journal = run.iteration(0).journal(RecordType.ANSWERS, store)) {
                assertThat(journal.recovered()).containsExactlyInAnyOrderElementsOf(ids);
                assertHoldsAll(store);
            }
        }
    }

    @Test
    void find_unknownId_isNothing() {
        try (AnswerStore store = store()) {
            assertThat(store.find("0000000000000000")).isEmpty();
            assertThat(store.contains("0000000000000000")).isFalse();
            assertThat(store.isUsable("no id at all")).isFalse();
        }
    }

    @Test
    void find_fileWasCutMeanwhile_namesIt() throws IOException {
        try (RunDirectory run = begun();
                AnswerStore store = store()) {
            try (AnswerJournal journal = run.iteration(0).journal(RecordType.ANSWERS, store)) {
                ids.forEach(id -> journal.append(new Answer(id, answer(id))));
            }
            Path file = temp.resolve("run/iteration-0/in-progress/answers.jsonl");
            Files.write(file, new byte[0]);
            assertThatThrownBy(() -> store.find(ids.get(0)))
                    .isInstanceOf(DamagedRunException.class)
                    .hasMessageContaining("answers.jsonl");
        }
    }

    @Test
    void idTable_manyIds_isAMap() {
        IdTable table = new IdTable();
        Map<String, Long> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String id = i % 3 == 0 ? "id " + random.nextInt(5000) : String.format("%016x", random.nextInt(5000));
            long value = 1L + random.nextInt(1000);
            table.put(id, value);
            map.put(id, value);
        }
        assertThat(table.size()).isEqualTo(map.size());
        map.forEach((id, value) -> assertThat(table.get(id)).isEqualTo(value));
        assertThat(table.get("ffffffffffffffff")).isZero();
        assertThatThrownBy(() -> table.put("a", 0)).hasMessageContaining("above 0");
    }
}
