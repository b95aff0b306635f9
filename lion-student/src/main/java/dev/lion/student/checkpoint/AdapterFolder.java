package dev.lion.student.checkpoint;

import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A LoRA adapter in the folder layout of Hugging Face's PEFT: {@code adapter_config.json}, checked when it is opened, and
 * {@code adapter_model.safetensors}, read when its weights are asked for. Nothing is held open; the instance is immutable
 * and may be shared by threads.
 */
public final class AdapterFolder implements TensorSource {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";

    /** In the weights' metadata, which every reader skips: PEFT before 0.14 refuses fields that it does not know. */
    private static final String BASE = "lion_base_config_sha256";

    private final Path folder;
    private final AdapterDescription description;
    private final FolderTensors tensors;

    private AdapterFolder(Path folder, AdapterDescription description, FolderTensors tensors) {
        this.folder = folder;
        this.description = description;
        this.tensors = tensors;
    }

    /** Whether a folder holds an adapter. */
    public static boolean isAdapter(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /**
     * What the folder says beside the weights.
     *
     * @throws CheckpointException when the configuration is missing or damaged, or the adapter is of a kind that lion cannot
     *     run
     */
    public static AdapterDescription describe(Path folder) throws IOException {
        return AdapterConfig.read(folder.resolve(CONFIG), JsonFile.read(folder.resolve(CONFIG)));
    }

    /**
     * Reads the configuration and compares every tensor's shape with it and with the base.
     *
     * @param base the model to be adapted
     * @throws CheckpointException when a file is missing or damaged, when the adapter is of a kind that lion cannot run, or
     *     when it was made for another base: tensors are missing, unexpected or of another shape or type, or lion wrote it
     *     for a model with another configuration; the message lists the first ten
     */
    public static AdapterFolder open(Path folder, DecoderConfig base) throws IOException {
        requireFiles(folder);
        AdapterDescription description = describe(folder);
        var file = SafetensorsFile.open(folder.resolve(WEIGHTS));
        requireSameBase(file, base, description);
        FolderTensors tensors = FolderTensors.of(file);
        List<String> faults = tensors.faults(shapes(folder, description, base));
        if (!faults.isEmpty()) {
            throw CheckpointException.ofFaults(
                    file.path(),
                    "the tensors do not fit " + CONFIG + " and the base model" + named(description),
                    faults);
        }
        return new AdapterFolder(folder, description, tensors);
    }

    /**
     * Writes an adapter into an existing, empty directory, forced to the disk. When this throws, the folder holds a part of
     * it and is to be deleted.
     *
     * @param base the model that is adapted
     * @param weights asked once for each name of {@link dev.lion.student.decoder.LoraConfig#parameterShapes}, in its order
     * @throws CheckpointException when the folder does not exist or is not empty, or a weight is NaN, infinite or beyond the
     *     type's range
     * @throws IOException naming the file, when it cannot be written in full
     */
    public static void write(
            Path folder, DecoderConfig base, AdapterDescription adapter, StoredType type, TensorSource weights)
            throws IOException {
        CheckpointFolder.requireEmpty(folder);
        SafetensorsFile.write(
                folder.resolve(WEIGHTS),
                prefixed(adapter.lora().parameterShapes(base)),
                type,
                (name, chunks) -> weights.read(name.substring(PREFIX.length()), chunks),
                Map.of(BASE, ModelConfig.fingerprint(base)));
        JsonFile.write(folder.resolve(CONFIG), AdapterConfig.toJson(adapter));
    }

    /** The folder that was opened. */
    public Path path() {
        return folder;
    }

    /** What the folder says beside the weights. */
    public AdapterDescription description() {
        return description;
    }

    /** Reads one of {@link dev.lion.student.decoder.LoraConfig#parameterShapes}; see {@link SafetensorsFile#read}. */
    @Override
    public void read(String name, Consumer<FloatBuffer> chunks) throws IOException {
        tensors.read(PREFIX + name, chunks);
    }

    private static void requireFiles(Path folder) {
        for (String name : List.of(CONFIG, WEIGHTS)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new CheckpointException(folder + ": " + name + " is missing; an adapter's folder holds " + CONFIG
                        + " and " + WEIGHTS + ", as PEFT saves them with safe_serialization");
            }
        }
    }

    private static void requireSameBase(SafetensorsFile file, DecoderConfig base, AdapterDescription adapter) {
        String expected = ModelConfig.fingerprint(base);
        String found = file.metadata().getOrDefault(BASE, expected);
        if (!found.equals(expected)) {
            throw new CheckpointException(
                    file.path() + ": this adapter was made for another base model" + named(adapter)
                            + ", of another configuration than the one given; give the base that it was trained on");
        }
    }

    private static Map<String, List<Long>> shapes(Path folder, AdapterDescription adapter, DecoderConfig base) {
        try {
            return prefixed(adapter.lora().parameterShapes(base));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(folder.resolve(CONFIG) + ": " + e.getMessage(), e);
        }
    }

    private static String named(AdapterDescription adapter) {
        return adapter.baseModel()
                .map(name -> ", '" + CheckpointException.shortened(name) + "'")
                .orElse("");
    }

    private static Map<String, List<Long>> prefixed(Map<String, List<Long>> shapes) {
        var prefixed = new LinkedHashMap<String, List<Long>>();
        shapes.forEach((name, shape) -> prefixed.put(PREFIX + name, shape));
        return prefixed;
    }
}
