package dev.lion.student.training;

import dev.lion.data.ImitationSummary;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.BaseWeights;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.TinyDecoders;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A model for tests with its decoder and two threads, equal for equal kinds. */
final class TinyModel implements AutoCloseable {
    private final Decoder decoder;
    private final DecoderModel model;
    private final TensorThreads threads = TensorThreads.of(2, TinyDecoders.TIED);

    /** What of a model is trained. */
    enum Kind {
        /** All weights. */
        FULL,
        /** An adapter with dropout. */
        LORA
    }

    private TinyModel(Decoder decoder, DecoderModel model) {
        this.decoder = decoder;
        this.model = model;
    }

    static TinyModel of(Kind kind) {
        return kind == Kind.FULL ? full() : adapted(LoraConfig.ofRank(4).withDropout(0.1));
    }

    static TinyModel full() {
        Decoder decoder = Decoder.open(TinyDecoders.TIED, false);
        return new TinyModel(decoder, DecoderModel.full(decoder, Parameters.random(decoder, 1)));
    }

    static TinyModel adapted(LoraConfig lora) {
        return adapted(lora, false, WeightType.FLOAT32);
    }

    static TinyModel adapted(LoraConfig lora, boolean bfloat16, WeightType type) {
        Decoder decoder = Decoder.open(TinyDecoders.TIED, bfloat16, type, lora);
        var random = new Random(2);
        try {
            var base = BaseWeights.read(decoder, (name, sink) -> sink.take(random(decoder, name, random)));
            return new TinyModel(decoder, DecoderModel.adapted(decoder, base, Parameters.lora(decoder, lora, 3)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static FloatBuffer random(Decoder decoder, String name, Random random) {
        var shape = decoder.config().parameterShapes().getOrDefault(name, List.of());
        var numbers =
                FloatBuffer.allocate(shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact));
        while (numbers.hasRemaining()) {
            numbers.put((float) (shape.size() == 1 ? 1 : 0.3 * random.nextGaussian()));
        }
        return numbers.flip();
    }

    DecoderModel model() {
        return model;
    }

    TensorThreads threads() {
        return threads;
    }

    Parameters weights() {
        return model.trainable();
    }

    Trainer trainer(TrainingConfig config) {
        return new Trainer(model, threads, config);
    }

    ImitationSummary train(TrainingConfig config, List<LabelledSequence> examples, TrainingContext context)
            throws IOException {
        return trainer(config).train(examples, context);
    }

    /** A copy of what is trained, as it is now. */
    List<ByteBuffer> contents() {
        return weights().names().stream()
                .map(name -> ByteBuffer.allocate(weights().bytes(name).remaining())
                        .put(weights().bytes(name))
                        .flip())
                .toList();
    }

    /** Random tokens: prompts of 3 to 12, then answers of 1 to 8. */
    static List<LabelledSequence> examples(int count, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int prompt = 3 + random.nextInt(10);
                    int answer = 1 + random.nextInt(8);
                    int[] tokens = random.ints(prompt + (long) answer, 0, TinyDecoders.TIED.vocabSize())
                            .toArray();
                    return LabelledSequence.of("example " + i, tokens, prompt);
                })
                .toList();
    }

    @Override
    public void close() {
        threads.close();
        model.close();
        decoder.close();
    }
}
