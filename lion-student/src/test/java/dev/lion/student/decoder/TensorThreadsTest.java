package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import dev.lion.role.StoppedException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TensorThreadsTest {
    private static final DecoderConfig LARGE = DecoderConfig.builder()
            .vocabSize(50_000)
            .hiddenSize(576)
            .intermediateSize(1536)
            .numHiddenLayers(30)
            .numAttentionHeads(9)
            .numKeyValueHeads(3)
            .headDim(64)
            .maxPositionEmbeddings(2048)
            .rmsNormEps(1e-5)
            .build();

    @Test
    void of_smallDecoder_runsSeveralPassesOfOneThread() {
        try (var threads = TensorThreads.of(3, TinyDecoders.TIED)) {
            assertThat(threads.passes()).isEqualTo(3);
            assertThat(threads.run(JniUtils::getNumThreads)).isEqualTo(1);
        }
    }

    @Test
    void of_largeDecoder_runsOnePassOfSeveralThreads() {
        try (var threads = TensorThreads.of(3, LARGE)) {
            assertThat(threads.passes()).isEqualTo(1);
            assertThat(threads.run(JniUtils::getNumThreads)).isEqualTo(3);
        }
    }

    @Test
    void onAll_smallDecoder_isDoneByTheSameThreadWhicheverAsks() {
        try (var threads = TensorThreads.of(3, TinyDecoders.TIED)) {
            Callable<List<Thread>> task = () -> List.of(Thread.currentThread(), threads.onAll(Thread::currentThread));
            List<List<Thread>> asked = threads.run(Collections.nCopies(9, task));

            Thread first = asked.get(0).get(1);
            assertThat(asked)
                    .allSatisfy(pair -> assertThat(pair.get(1)).isSameAs(first).isNotSameAs(pair.get(0)));
            assertThat(threads.run(() -> threads.onAll(JniUtils::getNumThreads)))
                    .isEqualTo(3);
            assertThat(threads.run(JniUtils::getNumThreads)).isEqualTo(1);
        }
    }

    @Test
    void onAll_largeDecoder_isDoneByTheThreadThatAsks() {
        try (var threads = TensorThreads.of(3, LARGE)) {
            assertThat(threads.run(() -> threads.onAll(Thread::currentThread) == Thread.currentThread()))
                    .isTrue();
        }
    }

    @Test
    void onAll_partFails_throwsItsFailure() {
        try (var threads = TensorThreads.of(2, TinyDecoders.TIED)) {
            assertThatThrownBy(() -> threads.run(() -> threads.onAll(() -> {
                        throw new IllegalStateException("no");
                    })))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
        }
    }

    @Test
    void run_poolsBeginAtTheSameTime_eachThreadHasItsOwnPoolsNumber() {
        for (int round = 0; round < 50; round++) {
            try (var small = TensorThreads.of(4, TinyDecoders.TIED);
                    var large = TensorThreads.of(3, LARGE)) {
                var ofLarge = new CompletableFuture<Integer>();
                large.begin(() -> ofLarge.complete(JniUtils.getNumThreads()));

                assertThat(small.run(Collections.nCopies(4, JniUtils::getNumThreads)))
                        .containsOnly(1);
                assertThat(ofLarge.join()).isEqualTo(3);
            }
        }
    }

    @Test
    void run_oneTaskFails_throwsItsFailureAfterTheOthersEnded() {
        var ended = new AtomicInteger();
        Callable<Integer> fails = () -> {
            throw new IllegalStateException("broken");
        };
        Callable<Integer> slow = () -> {
            Thread.sleep(50);
            return ended.incrementAndGet();
        };
        try (var threads = TensorThreads.of(2, TinyDecoders.TIED)) {
            assertThatThrownBy(() -> threads.run(List.of(fails, slow, slow))).hasMessage("broken");
            assertThat(ended).hasValue(2);
        }
    }

    @Test
    void run_processEnds_letsRunningTasksEndAndBeginsNoMore() {
        var ended = new AtomicInteger();
        try (var threads = TensorThreads.of(2, TinyDecoders.TIED)) {
            Callable<Integer> endsTheProcess = () -> {
                var hook = new Thread(threads::finishBeforeExit);
                hook.start();
                Thread.sleep(50);
                return ended.incrementAndGet();
            };

            assertThat(threads.run(endsTheProcess)).isEqualTo(1);
            assertThatThrownBy(() -> threads.run(ended::incrementAndGet))
                    .isInstanceOf(StoppedException.class)
                    .hasMessageContaining("process is ending");
            assertThat(ended).hasValue(1);
        }
    }

    @Test
    void run_interrupted_finishesAndKeepsTheInterrupt() {
        try (var threads = TensorThreads.of(2, TinyDecoders.TIED)) {
            Thread.currentThread().interrupt();

            assertThat(threads.run(() -> 5)).isEqualTo(5);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
