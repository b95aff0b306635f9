package dev.lion.student.checkpoint;

import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model in a Hugging Face folder: its description, checked when it is opened, and its weights, read when they are asked
 * for.
 *
 * <p>Read are llama, mistral, qwen2 and dense qwen3, from {@code config.json}, {@code generation_config.json} where there is
 * one, and {@code model.safetensors} or the shards of {@code model.safetensors.index.json}, in F32, F16 or BF16. Nothing is
 * held open; the instance is immutable and may be shared by threads.
 */
public final class CheckpointFolder implements TensorSource {
    private static final String TOKENIZER = "tokenizer.json";

    /** Published ones have up to 35. */
    private static final int MOST_TOKENIZER_MEBIBYTES = 256;

    private static final String CONTENTS = ModelDescription.CONFIG + ", " + TOKENIZER + ", tokenizer_config.json, and "
            + FolderTensors.SINGLE + " or shards with " + FolderTensors.INDEX;

    private final Path folder;
    private final ModelDescription description;
    private final FolderTensors tensors;

    private CheckpointFolder(Path folder, ModelDescription description, FolderTensors tensors) {
        this.folder = folder;
        this.description = description;
        this.tensors = tensors;
    }

    /**
     * Reads the configuration and compares every tensor's shape with it; no weights are read yet.
     *
     * @throws CheckpointException when a file is missing or damaged, when the model is one that lion cannot run, or when
     *     tensors are missing, unexpected or of another shape or type; the message lists the first ten
     */
    public static CheckpointFolder open(Path folder) throws IOException {
        requireFiles(folder);
        requireSensible(folder.resolve(TOKENIZER));
        ModelDescription description = ModelDescription.read(folder);
        FolderTensors tensors = FolderTensors.read(folder);
        List<String> faults = tensors.faults(description.config().parameterShapes());
        if (!faults.isEmpty()) {
            throw CheckpointException.ofFaults(folder, "the tensors do not fit " + ModelDescription.CONFIG, faults);
        }
        return new CheckpointFolder(folder, description, tensors);
    }

    /**
     * Writes description and weights into an existing, empty directory, forced to the disk. When this throws, the folder
     * holds a part of it and is to be deleted.
     *
     * @param weights asked once for each name of {@link DecoderConfig#parameterShapes()}, in its order
     * @throws CheckpointException when the folder does not exist or is not empty, or a weight is NaN, infinite or beyond the
     *     range of the format's type
     * @throws IOException naming the file, when it cannot be written in full
     */
    public static void write(Path folder, ModelDescription description, CheckpointFormat format, TensorSource weights)
            throws IOException {
        requireEmpty(folder);
        FolderTensors.write(folder, description.config().parameterShapes(), format, weights);
        description.writeTo(folder, format.type());
    }

    /** The folder that was opened. */
    public Path path() {
        return folder;
    }

    /** What the folder says of its model, to be written again beside other weights. */
    public ModelDescription description() {
        return description;
    }

    /** The shape of the decoder whose weights these are. */
    public DecoderConfig config() {
        return description.config();
    }

    /** Reads one of {@link DecoderConfig#parameterShapes()}; see {@link SafetensorsFile#read}. */
    @Override
    public void read(String name, Consumer<FloatBuffer> chunks) throws IOException {
        tensors.read(name, chunks);
    }

    private static void requireFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(folder + ": there is no such folder; a checkpoint is one with " + CONTENTS);
        }
        var missing = new ArrayList<String>();
        for (String name : List.of(ModelDescription.CONFIG, TOKENIZER, "tokenizer_config.json")) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                missing.add(name);
            }
        }
        if (!Files.isRegularFile(folder.resolve(FolderTensors.SINGLE))
                && !Files.isRegularFile(folder.resolve(FolderTensors.INDEX))) {
            missing.add(FolderTensors.SINGLE + hint(folder));
        }
        if (!missing.isEmpty()) {
            throw new CheckpointException(folder + ": " + String.join(" and ", missing)
                    + " missing; a checkpoint's folder holds " + CONTENTS);
        }
    }

    /** Its reader takes it into memory. */
    private static void requireSensible(Path tokenizer) throws IOException {
        if (Files.size(tokenizer) > (long) MOST_TOKENIZER_MEBIBYTES << 20) {
            throw new CheckpointException(tokenizer + ": has more than " + MOST_TOKENIZER_MEBIBYTES
                    + " MiB, which no tokenizer has; is it another file?");
        }
    }

    private static String hint(Path folder) {
        for (String other : List.of("pytorch_model.bin", "pytorch_model.bin.index.json", "consolidated.safetensors")) {
            if (Files.exists(folder.resolve(other))) {
                return " (" + other + " is not read; save the model with transformers as safetensors)";
            }
        }
        return "";
    }

    /**
     * Requires a folder to write into.
     *
     * @throws CheckpointException when it does not exist or is not empty
     */
    public static void requireEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(
                    folder + ": a checkpoint is written into an existing folder; create it first");
        }
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new CheckpointException(
                        folder + ": a checkpoint is written into an empty folder; this one is not");
            }
        }
    }
}
