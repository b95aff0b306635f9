package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import com.google.common.base.Splitter;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoding.BatchDecoder;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.decoding.Prompt;
import dev.lion.student.training.Trainer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.ScriptedTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained and decoded with long enough, a leak of one small tensor a step would show. */
class NativeMemoryTest {
    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final DecoderConfig SHAPE = DecoderConfig.builder()
            .vocabSize(512)
            .hiddenSize(64)
            .intermediateSize(128)
            .numHiddenLayers(2)
            .numAttentionHeads(4)
            .numKeyValueHeads(2)
            .headDim(16)
            .maxPositionEmbeddings(96)
            .build();

    @TempDir
    Path temp;

    @Test
    void trainAndDecode_twoHundredSteps_leaveNoArraysAndNoMemoryBehind() throws Exception {
        assumeThat(MEMORY).as("only Linux tells the memory of a process").exists();
        try (var decoder = Decoder.open(SHAPE, false);
                var threads = TensorThreads.of(2, SHAPE);
                var weights = DecoderModel.full(decoder, Parameters.random(decoder, 1))) {
            work(threads, weights);
            int arrays = arrays(decoder.manager());
            long pages = residentPages();

            work(threads, weights);

            assertThat(arrays(decoder.manager())).isEqualTo(arrays);
            assertThat(residentPages() - pages).isLessThan(30 * 256); // 30 MiB; one step's tensors are about 10
        }
    }

    private void work(TensorThreads threads, DecoderModel weights) throws Exception {
        var config = TrainingConfig.builder().epochs(200).batchSize(8).build();
        var examples = IntStream.range(0, 8)
                .mapToObj(i -> LabelledSequence.of(
                        "sequence " + i, new Random(i).ints(40, 0, 512).toArray(), 20))
                .toList();
        new Trainer(weights, threads, config).train(examples, ScriptedTraining.in(temp, 1));
        var prompt = new Prompt(new int[] {1, 2, 3}, 1);
        try (var batches = BatchDecoder.open(
                weights, threads, Arrays::toString, BatchingConfig.defaults().withRows(2), Set.of(0), Duration.ZERO)) {
            batches.decode(
                    Collections.nCopies(400, prompt), DecodingConfig.defaults().withMaxNewTokens(3));
        }
    }

    /** Arrays of a manager and of all managers under it. */
    private static int arrays(NDManager manager) {
        return ((BaseNDManager) manager).getManagedArrays().size();
    }

    private static long residentPages() throws Exception {
        System.gc();
        return Long.parseLong(
                Splitter.on(' ').splitToList(Files.readString(MEMORY)).get(1));
    }
}
