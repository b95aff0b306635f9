package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.TensorSource;
import dev.lion.student.decoder.DecoderConfig;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A GGUF file of a llama, qwen2 or qwen3 in F32, F16 or Q8_0, as {@link GgufModel#write} makes them: what it says, checked
 * when it is opened, and its weights by their Hugging Face names, read when they are asked for. Nothing is held open; the
 * instance is immutable and may be shared by threads.
 */
public final class GgufFile implements TensorSource {
    /** Numbers that are read at a time; a multiple of every block. */
    private static final int CHUNK = 1 << 15;

    private final Path file;
    private final GgufContents contents;
    private final GgufModel model;

    private GgufFile(Path file, GgufContents contents, GgufModel model) {
        this.file = file;
        this.contents = contents;
        this.model = model;
    }

    /**
     * Reads and checks everything but the weights.
     *
     * @throws CheckpointException when the file is damaged, is of a model that lion does not have, or its tensors do not fit
     *     what it says
     */
    public static GgufFile open(Path file) throws IOException {
        GgufContents contents = GgufContents.read(file);
        var fields = new GgufFields(file, contents.metadata());
        boolean tied = !contents.tensors().containsKey(GgufNames.of("lm_head.weight"));
        try {
            var model = new GgufModel(
                    fields.text("general.name"),
                    GgufKeys.read(fields, tied),
                    VocabularyKeys.read(fields),
                    fields.text(VocabularyKeys.CHAT_TEMPLATE));
            requireTensors(file, contents, model.config());
            return new GgufFile(file, contents, model);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    private static void requireTensors(Path file, GgufContents contents, DecoderConfig config) {
        var expected = new LinkedHashMap<String, List<Long>>();
        config.parameterShapes().forEach((name, shape) -> expected.put(GgufNames.of(name), shape));
        if (contents.tensors().containsKey(GgufModel.ROPE_FACTORS)) {
            expected.put(GgufModel.ROPE_FACTORS, List.of((long) config.headDim() / 2));
        }
        var found = new LinkedHashMap<String, List<Long>>();
        contents.tensors().values().forEach(tensor -> found.put(tensor.name(), tensor.shape()));
        var faults = new ArrayList<String>();
        expected.forEach((name, shape) -> {
            if (!shape.equals(found.get(name))) {
                faults.add(name + " has shape " + Optional.ofNullable(found.get(name)) + ", expected " + shape);
            }
        });
        found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> faults.add(name + " is unexpected"));
        if (!faults.isEmpty()) {
            throw new CheckpointException(file + ": the tensors do not fit what the file says of the model: "
                    + String.join("; ", faults.subList(0, Math.min(faults.size(), 5)))
                    + (faults.size() > 5 ? "; and " + (faults.size() - 5) + " more" : ""));
        }
    }

    /**
     * What the file says beside the weights. A rope scaling is not among it: the file holds {@link #ropeFactors} instead; nor
     * is a window, nor that a llama was a mistral.
     */
    public GgufModel model() {
        return model;
    }

    /** By what the rotary frequencies are divided; empty where they are not scaled. */
    public Optional<float[]> ropeFactors() throws IOException {
        GgufTensor tensor = contents.tensors().get(GgufModel.ROPE_FACTORS);
        if (tensor == null) {
            return Optional.empty();
        }
        var factors = FloatBuffer.allocate(Math.toIntExact(tensor.count()));
        readTensor(tensor, factors::put);
        return Optional.of(factors.array());
    }

    /** The type of a parameter's numbers. */
    public GgufType typeOf(String parameter) {
        return tensor(parameter).type();
    }

    /** {@inheritDoc} Names and order of rows are Hugging Face's. */
    @Override
    public void read(String parameter, Consumer<FloatBuffer> chunks) throws IOException {
        var order = new RotaryOrder(model.config(), false);
        if (order.applies(parameter)) {
            order.read((name, sink) -> readTensor(tensor(name), sink), parameter, chunks);
        } else {
            readTensor(tensor(parameter), chunks);
        }
    }

    private GgufTensor tensor(String parameter) {
        GgufTensor tensor = contents.tensors().get(GgufNames.of(parameter));
        if (tensor == null) {
            throw new CheckpointException(file + ": there is no tensor for " + parameter);
        }
        return tensor;
    }

    private void readTensor(GgufTensor tensor, Consumer<FloatBuffer> chunks) throws IOException {
        var values = new float[CHUNK];
        var bytes = ByteBuffer.allocate((int) tensor.type().bytes(CHUNK)).order(ByteOrder.LITTLE_ENDIAN);
        long place = Objects.requireNonNull(contents.places().get(tensor.name()), tensor.name());
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long left = tensor.count(); left > 0; left -= CHUNK) {
                int count = (int) Math.min(left, CHUNK);
                readFully(channel, bytes.clear().limit((int) tensor.type().bytes(count)), place);
                place += bytes.limit();
                bytes.flip();
                for (int i = 0; i < count; i += tensor.type().block()) {
                    tensor.type().decode(bytes, values, i);
                }
                requireFinite(tensor, values, count);
                chunks.accept(FloatBuffer.wrap(values, 0, count));
            }
        }
    }

    private void readFully(FileChannel channel, ByteBuffer target, long place) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, place + target.position()) < 0) {
                throw new EOFException(file + " became shorter while it was read");
            }
        }
    }

    private void requireFinite(GgufTensor tensor, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CheckpointException(file + ": tensor " + tensor.name() + " has the number " + values[i]
                        + "; the weights are damaged");
            }
        }
    }
}
