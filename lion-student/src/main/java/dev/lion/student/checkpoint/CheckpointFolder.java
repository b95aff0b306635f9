package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A llama checkpoint in a Hugging Face folder: its configuration, checked when it is opened, and its weights, read when
 * they are asked for.
 *
 * <p>Read are {@code config.json}, {@code generation_config.json} where there is one, and {@code model.safetensors} or
 * the shards of {@code model.safetensors.index.json}. Nothing is held open; the instance is immutable and may be shared
 * by threads.
 */
public final class CheckpointFolder implements TensorSource {
    private static final String CONFIG = "config.json";
    private static final String GENERATION_CONFIG = "generation_config.json";
    private static final String CONTENTS = CONFIG + ", tokenizer.json, tokenizer_config.json, and "
            + FolderTensors.SINGLE + " or shards with " + FolderTensors.INDEX;

    /** Stored beside the weights by older writers, and derived from the configuration. */
    private static final Pattern DERIVED_BUFFER = Pattern.compile(".*\\.rotary_emb\\.inv_freq");

    private final Path folder;
    private final ModelConfig model;
    private final FolderTensors tensors;

    private CheckpointFolder(Path folder, ModelConfig model, FolderTensors tensors) {
        this.folder = folder;
        this.model = model;
        this.tensors = tensors;
    }

    /**
     * Reads the configuration and compares every tensor's shape with it.
     *
     * @throws CheckpointException when a file is missing or damaged, when the model is one that lion cannot run, or when
     *     tensors are missing, unexpected or of another shape; the message lists all of them
     */
    public static CheckpointFolder open(Path folder) throws IOException {
        requireFiles(folder);
        ModelConfig model = ModelConfigReader.read(
                folder.resolve(CONFIG), JsonFile.read(folder.resolve(CONFIG)), generationConfig(folder));
        FolderTensors tensors = FolderTensors.read(folder);
        requireFittingTensors(folder, model.decoder(), tensors);
        return new CheckpointFolder(folder, model, tensors);
    }

    /**
     * Writes configuration and fp32 weights into an existing, empty directory, forced to the disk.
     *
     * @param weights asked once for each name of {@link DecoderConfig#parameterShapes()}, in its order
     * @throws CheckpointException when the folder does not exist or is not empty
     * @throws IOException naming the file, when it cannot be written in full
     */
    public static void write(Path folder, DecoderConfig config, SpecialTokenIds specialTokens, TensorSource weights)
            throws IOException {
        requireEmpty(folder);
        var model = new ModelConfig(config, specialTokens);
        SafetensorsFile.write(folder.resolve(FolderTensors.SINGLE), config.parameterShapes(), weights);
        JsonFile.write(folder.resolve(CONFIG), model.toConfigJson());
        JsonFile.write(folder.resolve(GENERATION_CONFIG), model.toGenerationConfigJson());
    }

    /** The folder that was opened. */
    public Path path() {
        return folder;
    }

    /** The shape of the decoder whose weights these are. */
    public DecoderConfig config() {
        return model.decoder();
    }

    /** The special tokens of {@code config.json}, with the further end-of-text tokens of {@code generation_config.json}. */
    public SpecialTokenIds specialTokens() {
        return model.specialTokens();
    }

    /**
     * The values of a parameter of {@link DecoderConfig#parameterShapes()} as fp32, rows first; see {@link
     * SafetensorsFile#floats}.
     */
    @Override
    public FloatBuffer floats(String name) throws IOException {
        return tensors.floats(name);
    }

    private static void requireFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(folder + ": there is no such folder; a checkpoint is one with " + CONTENTS);
        }
        var missing = new ArrayList<String>();
        for (String name : List.of(CONFIG, "tokenizer.json", "tokenizer_config.json")) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                missing.add(name);
            }
        }
        if (!Files.exists(folder.resolve(FolderTensors.SINGLE)) && !Files.exists(folder.resolve(FolderTensors.INDEX))) {
            missing.add(FolderTensors.SINGLE);
        }
        if (!missing.isEmpty()) {
            throw new CheckpointException(folder + ": " + String.join(" and ", missing)
                    + " missing; a checkpoint's folder holds " + CONTENTS);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
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

    private static ObjectNode generationConfig(Path folder) throws IOException {
        Path file = folder.resolve(GENERATION_CONFIG);
        return Files.exists(file) ? JsonFile.read(file) : JsonNodeFactory.instance.objectNode();
    }

    private static void requireFittingTensors(Path folder, DecoderConfig config, FolderTensors tensors) {
        Map<String, List<Long>> expected = config.parameterShapes();
        var faults = new ArrayList<String>();
        expected.forEach((name, shape) -> {
            List<Long> found = tensors.shapes().get(name);
            if (found == null) {
                faults.add(name + " is missing, expected " + shape);
            } else if (!found.equals(shape)) {
                faults.add(name + " has shape " + found + ", expected " + shape);
            }
        });
        tensors.shapes().forEach((name, shape) -> {
            if (!expected.containsKey(name) && !isIgnored(name)) {
                faults.add(name + " of shape " + shape + " is unexpected");
            }
        });
        if (!faults.isEmpty()) {
            throw CheckpointException.ofFaults(folder, "the tensors do not fit " + CONFIG, faults);
        }
    }

    /** Not expected, so it belongs to a model with tied embeddings, as a second copy of them. */
    private static boolean isIgnored(String name) {
        return name.equals("lm_head.weight") || DERIVED_BUFFER.matcher(name).matches();
    }
}
