package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
    @TempDir
    Path temp;

    private Path file() {
        return temp.resolve("answers.jsonl");
    }

    private Journal<Answer> journal() {
        return Journal.open(new Disk(), file(), RecordType.ANSWERS);
    }

    private static Answer answer(String id) {
        return new Answer(id, Response.of("answer to " + id));
    }

    @Test
    void append_reopened_recoversWhatWasAppended() {
        try (Journal<Answer> journal = journal()) {
            journal.append(answer("first"));
            journal.append(List.of(answer("second"), answer("third")));
            assertThat(Records.appended(file(), RecordType.ANSWERS).items())
                    .as("visible at once")
                    .hasSize(3);
        }
        try (Journal<Answer> journal = journal()) {
            assertThat(journal.recovered()).containsExactly(answer("first"), answer("second"), answer("third"));
            journal.append(answer("fourth"));
        }
        assertThat(Records.appended(file(), RecordType.ANSWERS).items()).hasSize(4);
    }

    @Test
    void append_manyThreads_keepsEachRecordOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (Journal<Answer> journal = journal()) {
            for (int thread = 0; thread < 8; thread++) {
                int first = 1000 * thread;
                threads.add(new Thread(() -> IntStream.range(first, first + 1000)
                        .mapToObj(i -> answer("answer-" + i))
                        .forEach(journal::append)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (Journal<Answer> journal = journal()) {
            assertThat(journal.recovered()).hasSize(8000).doesNotHaveDuplicates();
        }
    }

    @Test
    void append_threadInterrupted_isKeptAndTheFlagStays() {
        try (Journal<Answer> journal = journal()) {
            Thread.currentThread().interrupt();
            journal.append(answer("first"));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(answer("second"));
        }
        assertThat(Records.appended(file(), RecordType.ANSWERS).items()).hasSize(2);
    }

    @Test
    void append_nothingAppendedAfterwards_isForcedAllTheSame() throws InterruptedException {
        CountDownLatch forced = new CountDownLatch(1);
        Disk disk = new Disk() {
            @Override
            DiskFile open(Path path) throws IOException {
                return new DiskFile(path) {
                    @Override
                    void force() {
                        forced.countDown();
                    }
                };
            }
        };
        try (Journal<Answer> journal = Journal.open(disk, file(), RecordType.ANSWERS)) {
            journal.append(answer("first"));
            assertThat(forced.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void append_forcingFailed_isRefusedForGood() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        Disk disk = new Disk() {
            @Override
            DiskFile open(Path path) throws IOException {
                return new DiskFile(path) {
                    @Override
                    void force() throws IOException {
                        failed.countDown();
                        throw new IOException("Input/output error");
                    }
                };
            }
        };
        Journal<Answer> journal = Journal.open(disk, file(), RecordType.ANSWERS);
        journal.append(answer("first"));
        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(journal::close)
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("forcing it to disk failed: Input/output error");
    }

    @Test
    void append_closed_isRefused() {
        Journal<Answer> journal = journal();
        journal.close();
        assertThatThrownBy(() -> journal.append(answer("late")))
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("the stage has ended");
    }

    @Test
    void open_cutOffAtAnyByteOfTheLastLine_goesOnBehindTheLineBefore() throws IOException {
        try (Journal<Answer> journal = journal()) {
            journal.append(List.of(answer("first"), answer("second")));
        }
        byte[] whole = Files.readAllBytes(file());
        int firstLine = Files.readAllLines(file()).get(0).length() + 1;
        for (int length = firstLine; length < whole.length; length++) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            try (Journal<Answer> journal = journal()) {
                assertThat(journal.recovered()).containsExactly(answer("first"));
                journal.append(answer("second"));
            }
            assertThat(file()).as("cut off after %d bytes", length).hasBinaryContent(whole);
        }
    }
}
